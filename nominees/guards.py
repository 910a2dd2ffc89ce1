"""What the database itself refuses: evidence that the panel has seen stays as it was."""

from paritrana.kernel.guards import Guard, register

#: What was brought forward stays; it is withdrawn once, and nothing else of it is ever written.
GUARDS_OF_EVIDENCE = register(
    Guard(
        "evidence_no_update",
        "nominees_evidence",
        "UPDATE",
        when="OLD.withdrawn_at IS NOT NULL OR NEW.withdrawn_at IS NULL"
        + "".join(
            f" OR OLD.{column} <> NEW.{column}"
            for column in (
                "nomination_id",
                "criterion",
                "title",
                "kind",
                "file",
                "media_type",
                "size",
                "sha256",
                "address",
                "late_reason",
                "added_by_id",
                "added_at",
            )
        ),
    ),
    Guard("evidence_no_delete", "nominees_evidence", "DELETE"),
)
