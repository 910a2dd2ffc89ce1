"""What the database itself refuses to do to the log."""

from paritrana.kernel.guards import Guard, register

GUARDS = register(
    Guard("audit_event_no_update", "audit_event", "UPDATE"),
    Guard("audit_event_no_delete", "audit_event", "DELETE"),
    Guard("audit_head_no_delete", "audit_head", "DELETE"),
)
