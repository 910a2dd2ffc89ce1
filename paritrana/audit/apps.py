"""The audit log's app."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class AuditConfig(AppConfig):
    """The append-only log; it also watches over every database guard of the project."""

    name = "paritrana.audit"
    label = "audit"

    def ready(self) -> None:
        from paritrana.kernel.guards import check_guards

        from . import guards  # noqa: F401 - names this app's guards

        register(check_guards, Tags.database)
