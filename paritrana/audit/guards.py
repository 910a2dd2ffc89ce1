"""What the database itself refuses to do to the log, and does for it."""

from paritrana.kernel.guards import Consequence, Guard, register

GUARDS = register(
    Guard("audit_event_no_update", "audit_event", "UPDATE"),
    Guard("audit_event_no_delete", "audit_event", "DELETE"),
    Guard("audit_head_no_delete", "audit_head", "DELETE"),
)

#: The head follows the event that continues the chain: no statement of its own while other writers wait for it.
HEAD = register(
    Consequence(
        "audit_head_follows",
        "audit_event",
        "UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash"
        " WHERE chain = NEW.chain AND seq = NEW.seq - 1 AND hash = NEW.prev_hash",
    )
)
