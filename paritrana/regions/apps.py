"""The regions' app."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Official administrative areas."""

    name = "paritrana.regions"
    label = "regions"
