"""The nominees' app."""

from django.apps import AppConfig


class NomineesConfig(AppConfig):
    """Who is in the running."""

    name = "nominees"

    def ready(self) -> None:
        from . import messages  # noqa: F401 - registers this app's sentences
