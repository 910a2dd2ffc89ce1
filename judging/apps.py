"""The judging app."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class JudgingConfig(AppConfig):
    """How nominees are judged."""

    name = "judging"

    def ready(self) -> None:
        from . import guards, messages  # noqa: F401 - names this app's guards for the system check
        from .selectors.evidence import answer_nominees

        for module in iter_modules(messages.__path__):  # each registers its sentences
            import_module(f"{messages.__name__}.{module.name}")
        answer_nominees()
