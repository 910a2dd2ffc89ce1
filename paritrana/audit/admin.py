"""The log, to look at."""

from django.contrib import admin

from paritrana.kernel.admin import ReadOnlyAdmin

from .models import AuditEvent, AuditHead


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """Events, newest first."""

    list_display = ("chain", "seq", "at", "action", "actor_name", "object_label")
    list_filter = ("chain", "action")
    search_fields = ("object_label", "actor_name", "=object_id")
    ordering = ("-at", "-seq")


@admin.register(AuditHead)
class AuditHeadAdmin(ReadOnlyAdmin):
    """The last event of each chain."""

    list_display = ("chain", "seq", "hash")
