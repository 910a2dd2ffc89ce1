"""What the database itself refuses: submitted sheets, locked rubrics and frozen numbers never change."""

from paritrana.kernel.guards import Guard, register

GUARDS = register(
    Guard("sheet_version_no_update", "judging_sheetversion", "UPDATE", when="OLD.state = 'submitted'"),
    Guard("sheet_version_no_delete", "judging_sheetversion", "DELETE", when="OLD.state = 'submitted'"),
    Guard("save_receipt_no_update", "judging_savereceipt", "UPDATE"),
    Guard("save_receipt_no_delete", "judging_savereceipt", "DELETE"),
    Guard(
        "rubric_version_no_update",
        "judging_rubricversion",
        "UPDATE",
        when="OLD.locked_at IS NOT NULL AND (OLD.content <> NEW.content OR OLD.content_hash <> NEW.content_hash"
        " OR NEW.locked_at IS NULL)",
    ),
    Guard("rubric_version_no_delete", "judging_rubricversion", "DELETE", when="OLD.locked_at IS NOT NULL"),
    Guard("rule_set_no_update", "judging_ruleset", "UPDATE"),
    Guard("tabulation_part_no_update", "judging_tabulationpart", "UPDATE"),
    Guard("tabulation_part_no_delete", "judging_tabulationpart", "DELETE"),
    Guard("standing_no_update", "judging_standing", "UPDATE"),
    Guard("standing_no_delete", "judging_standing", "DELETE"),
)
