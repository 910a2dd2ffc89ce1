"""What the database itself refuses: submitted sheets, locked rubrics, frozen numbers, decisions and papers stay."""

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
    Guard("rule_set_no_delete", "judging_ruleset", "DELETE"),
    Guard("tabulation_part_no_update", "judging_tabulationpart", "UPDATE"),
    Guard("tabulation_part_no_delete", "judging_tabulationpart", "DELETE"),
    Guard(
        "tabulation_no_update",
        "judging_tabulation",
        "UPDATE",
        when="OLD.round_id <> NEW.round_id OR OLD.number <> NEW.number OR OLD.rules_id <> NEW.rules_id"
        " OR OLD.frozen_at <> NEW.frozen_at OR OLD.superseded_at IS NOT NULL",
    ),
    Guard("tabulation_no_delete", "judging_tabulation", "DELETE"),
    Guard("standing_no_update", "judging_standing", "UPDATE"),
    Guard("standing_no_delete", "judging_standing", "DELETE"),
    Guard(
        "decision_no_update",
        "judging_decision",
        "UPDATE",
        when="OLD.kind <> NEW.kind OR OLD.votes_for <> NEW.votes_for OR OLD.votes_against <> NEW.votes_against"
        " OR OLD.abstentions <> NEW.abstentions OR OLD.reason <> NEW.reason OR OLD.withdrawn_at IS NOT NULL",
    ),
    Guard("decision_no_delete", "judging_decision", "DELETE"),
    Guard(
        "award_no_update",
        "judging_award",
        "UPDATE",
        when="OLD.nomination_id <> NEW.nomination_id OR OLD.standing_id <> NEW.standing_id OR OLD.place <> NEW.place"
        " OR OLD.title <> NEW.title OR OLD.superseded_at IS NOT NULL",
    ),
    Guard("award_no_delete", "judging_award", "DELETE"),
    Guard(
        "document_no_update",
        "judging_document",
        "UPDATE",
        when="OLD.number <> NEW.number OR OLD.file <> NEW.file OR OLD.sha256 <> NEW.sha256"
        " OR OLD.check_code <> NEW.check_code OR OLD.revoked_at IS NOT NULL",
    ),
    Guard("document_no_delete", "judging_document", "DELETE"),
)

#: Over columns that came later, so that the migrations before them can still install the guards above.
GUARDS_OF_VERSIONS = register(
    Guard(
        "tabulation_version_no_update",
        "judging_tabulation",
        "UPDATE",
        when="OLD.engine_version <> NEW.engine_version OR OLD.software_version <> NEW.software_version",
    ),
)

#: Over the table of requests to reopen a sheet: what was asked stays, each answer is written once. What was granted may
#: still be given up, once.
GUARDS_OF_REOPENINGS = register(
    Guard(
        "reopening_no_update",
        "judging_reopening",
        "UPDATE",
        when="OLD.state NOT IN ('asked', 'endorsed', 'granted') OR OLD.sheet_id <> NEW.sheet_id"
        " OR OLD.version_id <> NEW.version_id OR OLD.reason <> NEW.reason OR OLD.asked_by_id <> NEW.asked_by_id"
        " OR OLD.asked_by_chair <> NEW.asked_by_chair OR OLD.asked_at <> NEW.asked_at"
        " OR (OLD.state = 'endorsed' AND (NEW.state NOT IN ('granted', 'refused', 'withdrawn')"
        " OR OLD.advised_by_id <> COALESCE(NEW.advised_by_id, 0)))"
        " OR (OLD.state = 'granted' AND (NEW.state <> 'given_up'"
        " OR OLD.advised_by_id <> COALESCE(NEW.advised_by_id, 0) OR OLD.advised_reason <> NEW.advised_reason"
        " OR OLD.decided_by_id <> COALESCE(NEW.decided_by_id, 0) OR OLD.decided_reason <> NEW.decided_reason"
        " OR NEW.decided_at IS NULL OR OLD.decided_at <> NEW.decided_at))",
    ),
    Guard("reopening_no_delete", "judging_reopening", "DELETE"),
)

#: Over a column that came later: the key that seals the reasons in the log stays.
GUARDS_OF_REASON_KEYS = register(
    Guard("reopening_key_no_update", "judging_reopening", "UPDATE", when="OLD.reason_key <> NEW.reason_key"),
)

#: Over what was typed from paper: an entry stays once both are in, the sheet once it is submitted.
GUARDS_OF_PAPER = register(
    Guard(
        "paper_entry_no_update",
        "judging_paperentry",
        "UPDATE",
        when="OLD.final_at IS NOT NULL OR OLD.sheet_id <> NEW.sheet_id OR OLD.turn <> NEW.turn"
        " OR OLD.entered_by_id <> NEW.entered_by_id",
    ),
    Guard("paper_entry_no_delete", "judging_paperentry", "DELETE"),
    Guard(
        "typed_sheet_no_update",
        "judging_typedsheet",
        "UPDATE",
        when="OLD.version_id IS NOT NULL OR OLD.seat_id <> NEW.seat_id OR OLD.nomination_id <> NEW.nomination_id"
        " OR OLD.rubric_version_id <> NEW.rubric_version_id",
    ),
    Guard("typed_sheet_no_delete", "judging_typedsheet", "DELETE"),
)

#: Over scans of papers, looks at them, and columns that came later: what was discarded stays as it was.
GUARDS_OF_SCANS = register(
    Guard(
        "typed_sheet_discarded_no_update",
        "judging_typedsheet",
        "UPDATE",
        when="OLD.discarded_at IS NOT NULL OR OLD.seating_id <> COALESCE(NEW.seating_id, 0)",
    ),
    Guard(
        "paper_scan_no_update",
        "judging_paperscan",
        "UPDATE",
        when="OLD.struck_at IS NOT NULL OR OLD.sheet_id <> NEW.sheet_id OR OLD.kind <> NEW.kind"
        " OR OLD.file <> NEW.file OR OLD.size <> NEW.size OR OLD.sha256 <> NEW.sha256"
        " OR OLD.added_by_id <> NEW.added_by_id OR OLD.added_at <> NEW.added_at",
    ),
    Guard("paper_scan_no_delete", "judging_paperscan", "DELETE"),
    Guard("paper_look_no_update", "judging_paperlook", "UPDATE"),
    Guard("paper_look_no_delete", "judging_paperlook", "DELETE"),
)

#: Over workbooks handed in for a member: who handed in what stays; what became of it is written once.
GUARDS_OF_HANDED_WORKBOOKS = register(
    Guard(
        "handed_workbook_no_update",
        "judging_handedworkbook",
        "UPDATE",
        when="OLD.settled_at IS NOT NULL OR OLD.seating_id <> NEW.seating_id OR OLD.sha256 <> NEW.sha256"
        " OR OLD.day <> NEW.day OR OLD.handed_by_id <> NEW.handed_by_id OR OLD.handed_at <> NEW.handed_at"
        " OR OLD.content <> NEW.content",
    ),
    Guard("handed_workbook_no_delete", "judging_handedworkbook", "DELETE"),
)

#: Over the schedule: what was done to the draft and what people were told stays.
GUARDS_OF_SCHEDULE = register(
    *(
        Guard(f"{name}_no_{event.lower()}", f"judging_{table}", event)
        for name, table in (
            ("schedule_change", "schedulechange"),
            ("schedule_release", "schedulerelease"),
            ("released_interview", "releasedinterview"),
            ("released_seat", "releasedinterview_seats"),
        )
        for event in ("UPDATE", "DELETE")
    ),
)

#: Over invitation letters: what nominees were sent stays, also once another letter takes its place.
GUARDS_OF_INVITATIONS = register(
    Guard("invitation_no_update", "judging_invitation", "UPDATE"),
    Guard("invitation_no_delete", "judging_invitation", "DELETE"),
)

#: Over amendments of minutes: the words that were asked for stay; confirmed or withdrawn, nothing changes any more.
GUARDS_OF_AMENDMENTS = register(
    Guard(
        "minutes_correction_no_update",
        "judging_minutescorrection",
        "UPDATE",
        when="OLD.confirmed_at IS NOT NULL OR OLD.withdrawn_at IS NOT NULL OR OLD.plenary_id <> NEW.plenary_id"
        " OR OLD.minutes_id <> NEW.minutes_id OR OLD.serial <> NEW.serial OR OLD.number <> NEW.number"
        ' OR OLD.part <> NEW.part OR OLD.wrong <> NEW.wrong OR OLD."right" <> NEW."right"'
        " OR OLD.reason <> NEW.reason OR OLD.requested_by_id <> NEW.requested_by_id"
        " OR OLD.requested_at <> NEW.requested_at",
    ),
    Guard("minutes_correction_no_delete", "judging_minutescorrection", "DELETE"),
)

#: Over issued papers: which round they are of and what they are about, also in columns that came later.
GUARDS_OF_SUBJECTS = register(
    Guard(
        "document_subject_no_update",
        "judging_document",
        "UPDATE",
        when="OLD.kind <> NEW.kind OR OLD.serial <> NEW.serial OR OLD.round_id <> NEW.round_id OR "
        + " OR ".join(
            f"COALESCE(OLD.{name}_id, 0) <> COALESCE(NEW.{name}_id, 0)"
            for name in ("award", "category", "pool", "special_award", "nomination", "seating", "correction")
        ),
    ),
)

#: Over what the public was told: a publication stays as it was, also once another takes its place.
GUARDS_OF_PUBLICATIONS = register(
    Guard("publication_no_update", "judging_publication", "UPDATE"),
    Guard("publication_no_delete", "judging_publication", "DELETE"),
)

#: Over the plenary: what was moved and how it was voted on stays once the vote is closed, a secret ballot at once.
GUARDS_OF_PLENARY_ROOM = register(
    Guard(
        "motion_no_update",
        "judging_motion",
        "UPDATE",
        when="OLD.state <> 'open' OR OLD.plenary_id <> NEW.plenary_id OR OLD.number <> NEW.number"
        ' OR OLD.kind <> NEW.kind OR OLD."order" <> NEW."order" OR OLD.details <> NEW.details'
        " OR OLD.reason <> NEW.reason OR OLD.proposed_by_id <> NEW.proposed_by_id OR OLD.is_secret <> NEW.is_secret"
        " OR OLD.opened_at <> NEW.opened_at",
    ),
    Guard("motion_no_delete", "judging_motion", "DELETE"),
    Guard(
        "ballot_no_update",
        "judging_ballot",
        "UPDATE",
        when="OLD.is_final OR OLD.motion_id <> NEW.motion_id OR OLD.seat_id <> NEW.seat_id",
    ),
    Guard("ballot_no_delete", "judging_ballot", "DELETE"),
    Guard("secret_ballot_no_update", "judging_secretballot", "UPDATE"),
    Guard("secret_ballot_no_delete", "judging_secretballot", "DELETE", when="OLD.is_final"),
    Guard(
        "special_award_no_update",
        "judging_specialaward",
        "UPDATE",
        when="OLD.decision_id <> NEW.decision_id OR OLD.title <> NEW.title OR OLD.recipient <> NEW.recipient"
        " OR OLD.citation <> NEW.citation OR OLD.superseded_at IS NOT NULL",
    ),
    Guard("special_award_no_delete", "judging_specialaward", "DELETE"),
    Guard(
        "decision_order_no_update",
        "judging_decision",
        "UPDATE",
        when='OLD."order" <> NEW."order" OR OLD.round_id <> NEW.round_id'
        " OR COALESCE(OLD.plenary_id, 0) <> COALESCE(NEW.plenary_id, 0)"
        " OR COALESCE(OLD.category_id, 0) <> COALESCE(NEW.category_id, 0)"
        " OR COALESCE(OLD.pool_id, 0) <> COALESCE(NEW.pool_id, 0)",
    ),
    *(
        Guard(f"{name}_nominations_no_{event.lower()}", f"judging_{name}_nominations", event)
        for name in ("decision", "motion")
        for event in ("UPDATE", "DELETE")
    ),
)

#: Over signatures: what was brought and registered stays; it is withdrawn once, and stays then as well.
GUARDS_OF_SIGNATURES = register(
    Guard(
        "signing_certificate_no_update",
        "judging_signingcertificate",
        "UPDATE",
        when="OLD.withdrawn_at IS NOT NULL OR OLD.round_id <> NEW.round_id OR OLD.name <> NEW.name"
        " OR OLD.content <> NEW.content OR OLD.sha256 <> NEW.sha256 OR OLD.fingerprint <> NEW.fingerprint",
    ),
    Guard("signing_certificate_no_delete", "judging_signingcertificate", "DELETE"),
    Guard(
        "signed_file_no_update",
        "judging_signedfile",
        "UPDATE",
        when="OLD.superseded_at IS NOT NULL OR OLD.document_id <> NEW.document_id OR OLD.way <> NEW.way"
        " OR OLD.file <> NEW.file OR OLD.sha256 <> NEW.sha256 OR OLD.signer <> NEW.signer"
        " OR OLD.report <> NEW.report OR OLD.registered_by_id <> NEW.registered_by_id"
        " OR OLD.registered_at <> NEW.registered_at",
    ),
    Guard("signed_file_no_delete", "judging_signedfile", "DELETE"),
)

#: Over hand-over packages: what a province made and what came to the national round stays; sent, taken and replaced are
#: written once each.
GUARDS_OF_HANDOVERS = register(
    Guard(
        "handover_no_update",
        "judging_handover",
        "UPDATE",
        when="OLD.sent_at IS NOT NULL OR OLD.round_id <> NEW.round_id OR OLD.tabulation_id <> NEW.tabulation_id"
        " OR OLD.number <> NEW.number OR OLD.file <> NEW.file OR OLD.sha256 <> NEW.sha256"
        " OR OLD.fingerprint <> NEW.fingerprint OR OLD.made_by_id <> NEW.made_by_id OR OLD.made_at <> NEW.made_at",
    ),
    Guard("handover_no_delete", "judging_handover", "DELETE"),
    Guard(
        "received_package_no_update",
        "judging_receivedpackage",
        "UPDATE",
        when="OLD.replaced_at IS NOT NULL OR OLD.round_id <> NEW.round_id OR OLD.file <> NEW.file"
        " OR OLD.sha256 <> NEW.sha256 OR OLD.manifest <> NEW.manifest OR OLD.fingerprint <> NEW.fingerprint"
        " OR OLD.received_at <> NEW.received_at OR (OLD.accepted AND NOT NEW.accepted)"
        " OR OLD.taken_at <> COALESCE(NEW.taken_at, OLD.received_at)",
    ),
    Guard("received_package_no_delete", "judging_receivedpackage", "DELETE"),
    Guard("received_winner_no_update", "judging_receivedwinner", "UPDATE"),
    Guard("received_winner_no_delete", "judging_receivedwinner", "DELETE"),
    Guard(
        "trusted_key_no_update",
        "judging_trustedkey",
        "UPDATE",
        when="OLD.withdrawn_at IS NOT NULL OR OLD.region_id <> NEW.region_id OR OLD.public_key <> NEW.public_key"
        " OR OLD.fingerprint <> NEW.fingerprint OR OLD.note <> NEW.note OR OLD.trusted_by_id <> NEW.trusted_by_id",
    ),
    Guard("trusted_key_no_delete", "judging_trustedkey", "DELETE"),
    Guard("province_reminder_no_update", "judging_provincereminder", "UPDATE"),
    Guard("province_reminder_no_delete", "judging_provincereminder", "DELETE"),
)

_CLOSED_MOTION = "SELECT 1 FROM judging_motion m WHERE m.id = NEW.motion_id AND m.state <> 'open'"
_MEETING_OVER = (
    "SELECT 1 FROM judging_plenary p JOIN judging_tabulation t ON t.id = p.tabulation_id"
    " WHERE p.id IN ({rows}) AND (p.countersigned_at IS NOT NULL OR t.superseded_at IS NOT NULL)"
)

#: Over the meeting itself: once countersigned nothing of it changes, except that a step back takes both signatures
#: away, after the awards; who was there stays, and nobody votes on a motion that is closed.
GUARDS_OF_MEETINGS = register(
    Guard(
        "plenary_no_update",
        "judging_plenary",
        "UPDATE",
        when="OLD.opened_by_id <> NEW.opened_by_id OR OLD.opened_at <> NEW.opened_at OR OLD.place <> NEW.place"
        " OR (OLD.countersigned_at IS NOT NULL AND (NEW.countersigned_at IS NOT NULL"
        " OR NEW.countersigned_by_id IS NOT NULL OR NEW.confirmed_at IS NOT NULL OR NEW.confirmed_by_id IS NOT NULL"
        " OR OLD.tabulation_id <> NEW.tabulation_id OR OLD.minutes_number <> NEW.minutes_number"
        " OR OLD.shown <> NEW.shown))",
    ),
    Guard(
        "plenary_no_reopening",
        "judging_plenary",
        "UPDATE",
        when="OLD.countersigned_at IS NOT NULL AND NEW.countersigned_at IS NULL",
        found="SELECT 1 FROM judging_award a WHERE a.tabulation_id = OLD.tabulation_id AND a.superseded_at IS NULL",
    ),
    Guard("plenary_no_delete", "judging_plenary", "DELETE"),
    Guard(
        "plenary_attendance_no_insert",
        "judging_plenaryattendance",
        "INSERT",
        found=_MEETING_OVER.format(rows="NEW.plenary_id"),
    ),
    Guard(
        "plenary_attendance_no_update",
        "judging_plenaryattendance",
        "UPDATE",
        found=_MEETING_OVER.format(rows="OLD.plenary_id, NEW.plenary_id"),
    ),
    Guard(
        "plenary_attendance_no_delete",
        "judging_plenaryattendance",
        "DELETE",
        found=_MEETING_OVER.format(rows="OLD.plenary_id"),
    ),
    Guard("ballot_no_insert", "judging_ballot", "INSERT", found=_CLOSED_MOTION),
    Guard("secret_ballot_no_insert", "judging_secretballot", "INSERT", found=_CLOSED_MOTION),
)
