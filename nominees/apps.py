"""The nominees' app."""

from django.apps import AppConfig


class NomineesConfig(AppConfig):
    """Who is in the running."""

    name = "nominees"

    def ready(self) -> None:
        from . import guards, messages  # noqa: F401 - name this app's guards and sentences
