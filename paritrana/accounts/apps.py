"""The accounts' app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People who sign in, and what they may be in which round."""

    name = "paritrana.accounts"
    label = "accounts"
