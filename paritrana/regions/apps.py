"""The regions' app."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    """Official administrative areas."""

    name = "paritrana.regions"
    label = "regions"

    def ready(self) -> None:
        from . import messages  # noqa: F401 - registers this app's sentences
