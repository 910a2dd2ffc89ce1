"""The judging app."""

from django.apps import AppConfig


class JudgingConfig(AppConfig):
    """How nominees are judged."""

    name = "judging"

    def ready(self) -> None:
        from . import guards  # noqa: F401 - names this app's guards for the system check
