"""The nominees' app."""

from django.apps import AppConfig


class NomineesConfig(AppConfig):
    """Who is in the running."""

    name = "nominees"
