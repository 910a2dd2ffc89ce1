"""The written table of addresses: which are public, and for pages of a round, which roles open them and when.

A new address without a line here fails the build (``test_urls``). ``kwargs`` names a sample object of the test world.
"""

from dataclasses import dataclass
from typing import Any

from nominees.core.lifecycle import State
from paritrana.accounts.models import Role

SECRETARIAT = frozenset({Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT})
EVERYBODY = frozenset(Role)
INSIDERS = EVERYBODY - {Role.PLATFORM_ADMIN}
OVERSEERS = SECRETARIAT | {Role.CHAIR}
MEMBER = frozenset({Role.PANEL_MEMBER})
CHAIR = frozenset({Role.CHAIR})
READERS = INSIDERS
ISSUERS = SECRETARIAT | {Role.ORGANISER}
LOG = OVERSEERS | {Role.AUDITOR}
RELEASE_READERS = SECRETARIAT | {Role.AUDITOR}
NOBODY: frozenset[Role] = frozenset()

#: Open to anybody, signed in or not.
PUBLIC = frozenset(
    {"home", "login", "check", "check_code", "calendar_feed", "service_worker", "manifest", "without_network"}
    | {"screen_entry", "screen", "screen_state"}
)
#: Public pages of results: open to anybody once there is a publication to read.
RESULTS: dict[str, dict[str, Any]] = {
    "results_archive": {},
    "results_year": {"year": 2024},
    "results": {"year": 2024, "place": "53"},
    "results_json": {"year": 2024, "place": "53"},
    "results_csv": {"year": 2024, "place": "53"},
    "results_picture": {"year": 2024, "place": "53"},
    "results_version": {"year": 2024, "place": "53", "version": 1},
    "results_json_version": {"year": 2024, "place": "53", "version": 1},
    "results_csv_version": {"year": 2024, "place": "53", "version": 1},
    "results_part": {"year": 2024, "place": "53", "part": "kategori-kategori-1"},
    "results_part_picture": {"year": 2024, "place": "53", "part": "kategori-kategori-1"},
}
#: Take a posted form only.
FORMS = frozenset({"logout", "set_language"})
#: Addresses below ``pengelola/``: Django's own administration, for superusers.
ADMINISTRATION = "admin"


#: Open to whoever is signed in.
SIGNED_IN = frozenset({"account"})
#: For the platform administrator; the value names a sample of the address.
ADMINISTRATORS = {
    "administration": "",
    "new_edition": "",
    "new_round": "",
    "new_person": "",
    "person": "person",
    "reset_password": "person",
    "switch_login": "person",
    "give_role": "person",
    "end_role": "grant",
}


@dataclass(frozen=True)
class Page:
    """Who opens a page of a round in ``state``; ``posted``: it only takes a form. ``answer``: what they get."""

    roles: frozenset[Role]
    state: State = State.SCORING
    kwargs: str = ""
    posted: bool = False
    answer: int = 200


ROUND_PAGES = {
    "nominees:list": Page(EVERYBODY),
    "nominees:add": Page(SECRETARIAT, State.NOMINATION),
    "nominees:detail": Page(EVERYBODY, kwargs="nomination"),
    "nominees:edit": Page(SECRETARIAT, State.NOMINATION, kwargs="nomination"),
    "nominees:indicators": Page(SECRETARIAT, kwargs="nomination"),
    "nominees:evidence": Page(SECRETARIAT, kwargs="nomination"),
    "nominees:evidence_file": Page(INSIDERS, kwargs="evidence"),
    "nominees:evidence_withdraw": Page(SECRETARIAT, kwargs="evidence"),
    "nominees:import": Page(SECRETARIAT, State.NOMINATION),
    "nominees:template": Page(SECRETARIAT, State.NOMINATION),
    "nominees:batch": Page(EVERYBODY, State.NOMINATION, kwargs="batch"),
    "nominees:problems": Page(EVERYBODY, State.NOMINATION, kwargs="batch"),
    "judging:round": Page(EVERYBODY),
    "judging:advance": Page(EVERYBODY, posted=True),  # who may take which step, the lifecycle table says
    "judging:step_back": Page(EVERYBODY, posted=True),
    "judging:dates": Page(SECRETARIAT, State.NOMINATION),
    "judging:categories": Page(EVERYBODY),
    "judging:add_category": Page(SECRETARIAT | {Role.PLATFORM_ADMIN}, State.PREPARATION),
    "judging:add_pool": Page(SECRETARIAT | {Role.PLATFORM_ADMIN}, State.PREPARATION),
    "judging:category": Page(SECRETARIAT | {Role.PLATFORM_ADMIN}, State.PREPARATION, kwargs="category"),
    "judging:calibration": Page(SECRETARIAT),
    "judging:practice": Page(SECRETARIAT, posted=True),
    "judging:rules": Page(EVERYBODY),
    "judging:panel": Page(EVERYBODY),
    "judging:seat": Page(EVERYBODY, kwargs="seat"),
    "judging:recusals": Page(EVERYBODY),
    "judging:recusal": Page(SECRETARIAT, kwargs="recusal"),
    "judging:rubrics": Page(EVERYBODY),
    "judging:rubric": Page(EVERYBODY, kwargs="rubric"),
    "judging:rubric_document": Page(EVERYBODY, kwargs="rubric_version"),
    "judging:schedule": Page(EVERYBODY),
    "judging:schedule_releases": Page(RELEASE_READERS),
    "judging:release_schedule": Page(SECRETARIAT),
    "judging:schedule_release": Page(RELEASE_READERS, kwargs="release"),
    "judging:send_schedule_notices": Page(SECRETARIAT, kwargs="release", posted=True),
    "judging:schedule_changes": Page(RELEASE_READERS),
    "judging:interview": Page(EVERYBODY, kwargs="nomination"),
    "judging:place_interview": Page(SECRETARIAT, kwargs="unplaced"),
    "judging:move_interview": Page(SECRETARIAT, kwargs="nomination"),
    "judging:record_interview": Page(SECRETARIAT, kwargs="nomination", posted=True),
    "judging:interview_day": Page(SECRETARIAT),
    "judging:interview_day_act": Page(SECRETARIAT, kwargs="nomination", posted=True),
    "judging:interview_day_attendance": Page(SECRETARIAT, kwargs="nomination"),
    "judging:interview_day_no_show": Page(SECRETARIAT, kwargs="nomination"),
    "judging:calendars": Page(SECRETARIAT | MEMBER),
    "judging:interview_file": Page(EVERYBODY, kwargs="nomination"),
    "judging:schedule_delay": Page(SECRETARIAT),
    "judging:schedule_board": Page(SECRETARIAT),
    "judging:schedule_board_print": Page(SECRETARIAT),
    "judging:schedule_board_probe": Page(SECRETARIAT, posted=True),
    "judging:schedule_board_move": Page(SECRETARIAT, posted=True),
    "judging:schedule_board_undo": Page(SECRETARIAT, posted=True),
    "judging:schedule_board_lock": Page(SECRETARIAT, posted=True),
    "judging:schedule_papers": Page(EVERYBODY),
    "judging:schedule_paper": Page(EVERYBODY, kwargs="schedule_paper"),
    "judging:schedule_workbook": Page(EVERYBODY),
    "judging:own_schedule_paper": Page(MEMBER),
    "judging:attendance_list": Page(OVERSEERS | ISSUERS | LOG),
    "judging:attendance_lists": Page(OVERSEERS | ISSUERS | LOG),
    "judging:invitations": Page(OVERSEERS | ISSUERS | LOG),
    "judging:invitations_archive": Page(OVERSEERS | ISSUERS | LOG),
    "judging:invitations_print": Page(OVERSEERS | ISSUERS | LOG, kwargs="file"),
    "judging:invitation": Page(OVERSEERS | ISSUERS | LOG, kwargs="invitation"),
    "judging:schedule_material": Page(SECRETARIAT),
    "judging:schedule_days": Page(SECRETARIAT),
    "judging:schedule_rooms": Page(SECRETARIAT),
    "judging:schedule_categories": Page(SECRETARIAT),
    "judging:schedule_category": Page(SECRETARIAT, kwargs="category"),
    "judging:schedule_nominees": Page(SECRETARIAT),
    "judging:schedule_nominee": Page(SECRETARIAT, kwargs="nomination"),
    "judging:schedule_members": Page(SECRETARIAT),
    "judging:schedule_rules": Page(SECRETARIAT),
    "judging:schedule_document": Page(SECRETARIAT),
    "judging:schedule_offer": Page(SECRETARIAT, kwargs="schedule_offer"),
    "judging:schedule_repair": Page(SECRETARIAT),
    "judging:why_not": Page(SECRETARIAT, kwargs="nomination"),
    "judging:schedule_runs": Page(SECRETARIAT),
    "judging:schedule_run": Page(SECRETARIAT, kwargs="schedule_run"),
    "judging:schedule_run_state": Page(SECRETARIAT, kwargs="schedule_run"),
    "judging:stop_schedule_run": Page(SECRETARIAT, kwargs="schedule_run", posted=True),
    "judging:take_schedule_run": Page(SECRETARIAT, kwargs="schedule_run", posted=True),
    "judging:availability": Page(MEMBER),
    "judging:score_sheets": Page(SECRETARIAT | MEMBER),
    "judging:score_sheets_file": Page(SECRETARIAT | MEMBER, kwargs="file"),
    "judging:score_sheets_archive": Page(SECRETARIAT | MEMBER),
    "judging:paper_entries": Page(SECRETARIAT),
    "judging:paper_entry": Page(SECRETARIAT, kwargs="untyped_paper"),
    "judging:paper_settle": Page(SECRETARIAT | MEMBER, kwargs="paper"),
    "judging:paper_scans": Page(SECRETARIAT | MEMBER, kwargs="paper"),
    "judging:open_paper_scan": Page(SECRETARIAT | MEMBER, kwargs="scan", posted=True),
    "judging:strike_paper_scan": Page(SECRETARIAT, kwargs="scan"),
    "judging:paper_discard": Page(SECRETARIAT, kwargs="paper"),
    "judging:my_day": Page(MEMBER),
    "judging:day_review": Page(MEMBER),
    "judging:provisions": Page(MEMBER),
    "judging:sheet": Page(MEMBER, kwargs="nomination"),
    "judging:sheet_review": Page(MEMBER, kwargs="nomination", answer=302),  # nothing saved yet to review,
    "judging:private_note": Page(MEMBER, kwargs="nomination"),
    "judging:sheet_workbook": Page(MEMBER, kwargs="day"),
    "judging:sheet_workbook_page": Page(MEMBER, kwargs="day"),
    "judging:sheet_workbook_save": Page(MEMBER, kwargs="day", posted=True),
    "judging:handed_workbooks": Page(SECRETARIAT),
    "judging:handed_workbook": Page(MEMBER, kwargs="handed"),
    "judging:handed_workbook_take": Page(MEMBER, kwargs="handed", posted=True),
    "judging:handed_workbook_turn_down": Page(MEMBER, kwargs="handed"),
    "judging:ask_reopening": Page(MEMBER, kwargs="nomination", answer=302),  # nothing submitted yet to reopen
    "judging:reopenings": Page(OVERSEERS),
    "judging:reopening": Page(OVERSEERS, kwargs="reopening"),
    "judging:secretariat_scores": Page(SECRETARIAT),
    "judging:progress": Page(OVERSEERS),
    "judging:progress_seat": Page(OVERSEERS, kwargs="seat"),
    "judging:remind": Page(SECRETARIAT, kwargs="seat", posted=True),
    "judging:remind_late": Page(SECRETARIAT),
    "judging:ranking": Page(READERS, State.DECIDED),
    "judging:firmness": Page(READERS, State.DECIDED),
    "judging:standing": Page(READERS, State.DECIDED, kwargs="nomination"),
    "judging:standing_sheet": Page(READERS, State.DECIDED, kwargs="nomination"),
    "judging:package": Page(READERS, State.DECIDED),
    "judging:scores_csv": Page(READERS, State.DECIDED),
    "judging:verifier": Page(READERS, State.DECIDED),
    "judging:compare": Page(READERS, State.DECIDED),
    "judging:plenary": Page(READERS, State.DECIDED),
    "judging:plenary_open": Page(CHAIR, posted=True),
    "judging:plenary_attendance": Page(OVERSEERS, State.PLENARY, posted=True),
    "judging:plenary_tie": Page(OVERSEERS, State.PLENARY, kwargs="subject", posted=True),
    "judging:plenary_deviation": Page(OVERSEERS, State.PLENARY, kwargs="subject", posted=True),
    "judging:plenary_exception": Page(OVERSEERS, State.SCORING, kwargs="nomination", posted=True),
    "judging:plenary_special": Page(OVERSEERS, State.PLENARY, posted=True),
    "judging:plenary_hands": Page(OVERSEERS, State.PLENARY, kwargs="motion", posted=True),
    "judging:plenary_all_in_favour": Page(OVERSEERS, State.PLENARY, kwargs="motion"),
    "judging:plenary_close": Page(OVERSEERS, State.PLENARY, kwargs="motion", posted=True),
    "judging:plenary_withdraw_motion": Page(OVERSEERS, State.PLENARY, kwargs="motion", posted=True),
    "judging:plenary_ballot": Page(READERS, State.DECIDED, kwargs="motion"),
    "judging:plenary_screen": Page(READERS, State.DECIDED),
    "judging:plenary_screen_state": Page(READERS, State.DECIDED),
    "judging:minutes_draft": Page(OVERSEERS, State.PLENARY),
    "judging:plenary_show": Page(OVERSEERS, State.PLENARY, posted=True),
    "judging:plenary_withdraw": Page(OVERSEERS, State.PLENARY, kwargs="decision", posted=True),
    "judging:plenary_confirm": Page(CHAIR, State.PLENARY, posted=True),
    "judging:plenary_take_back": Page(CHAIR, State.PLENARY, posted=True),
    "judging:plenary_countersign": Page(SECRETARIAT, State.PLENARY, posted=True),
    "judging:documents": Page(READERS),
    "judging:certificates": Page(READERS, State.DECIDED),
    "judging:document": Page(READERS, State.DECIDED, kwargs="document"),
    "judging:revoke_document": Page(ISSUERS, State.DECIDED, kwargs="document"),
    "judging:document_history": Page(READERS, State.DECIDED, kwargs="document"),
    "judging:documents_archive": Page(READERS, State.DECIDED),
    "judging:documents_print": Page(READERS, State.DECIDED),
    "judging:document_labels": Page(ISSUERS, kwargs="labels"),
    "judging:document_numbers": Page(ISSUERS),
    "judging:print_batches": Page(READERS, State.DECIDED),
    "judging:print_batch": Page(READERS, State.DECIDED, kwargs="print_batch"),
    "judging:print_batch_state": Page(READERS, State.DECIDED, kwargs="print_batch"),
    "judging:stop_print_batch": Page(ISSUERS, State.DECIDED, kwargs="print_batch", posted=True),
    "judging:resume_print_batch": Page(ISSUERS, State.DECIDED, kwargs="print_batch", posted=True),
    "judging:retry_print_batch": Page(ISSUERS, State.DECIDED, kwargs="print_batch", posted=True),
    "judging:signing": Page(READERS, State.DECIDED),
    "judging:signed_archive": Page(READERS, State.DECIDED),
    "judging:paper_signatures": Page(READERS, State.DECIDED, kwargs="document"),
    "judging:signed_file": Page(READERS, State.DECIDED, kwargs="signed"),
    "judging:signature_withdraw": Page(ISSUERS, State.DECIDED, kwargs="signed"),
    "judging:signing_certificates": Page(ISSUERS, State.DECIDED),
    "judging:signing_certificate_withdraw": Page(ISSUERS, State.DECIDED, kwargs="signing_certificate"),
    "judging:signed_outside": Page(ISSUERS, State.DECIDED),
    "judging:unsigned_archive": Page(ISSUERS, State.DECIDED),
    "judging:decree": Page(ISSUERS, State.DECIDED),
    "judging:decree_preview": Page(ISSUERS, State.DECIDED, posted=True),
    "judging:amendments": Page(READERS, State.DECIDED),
    "judging:amendment": Page(READERS, State.DECIDED, kwargs="correction"),
    "judging:amendment_preview": Page(OVERSEERS, State.DECIDED, kwargs="correction"),
    "judging:confirm_amendment": Page(OVERSEERS, State.DECIDED, kwargs="correction", posted=True),
    "judging:withdraw_amendment": Page(OVERSEERS, State.DECIDED, kwargs="correction", posted=True),
    "judging:certificate_designs": Page(ISSUERS),
    "judging:certificate_design": Page(ISSUERS, kwargs="use"),
    "judging:certificate_sample": Page(ISSUERS, kwargs="use"),
    "judging:add_design_picture": Page(ISSUERS, kwargs="use", posted=True),
    "judging:design_picture": Page(ISSUERS, kwargs="picture"),
    "judging:withdraw_design_picture": Page(ISSUERS, kwargs="picture", posted=True),
    "judging:ceremony": Page(OVERSEERS | ISSUERS),
    "judging:ceremony_order": Page(ISSUERS, posted=True),
    "judging:ceremony_guests": Page(OVERSEERS | ISSUERS, State.DECIDED),
    "judging:certificates_taken": Page(OVERSEERS | ISSUERS, State.DECIDED),
    "judging:announcer_script": Page(OVERSEERS | ISSUERS, State.DECIDED),
    "judging:guest_list": Page(OVERSEERS | ISSUERS, State.DECIDED),
    "judging:guest_workbook": Page(OVERSEERS | ISSUERS, State.DECIDED),
    "judging:open_show": Page(ISSUERS, posted=True),
    "judging:ceremony_show": Page(ISSUERS, kwargs="show"),
    "judging:ceremony_show_state": Page(ISSUERS, kwargs="show"),
    "judging:end_show": Page(ISSUERS, kwargs="show", posted=True),
    "judging:forwarding": Page(READERS, State.DECIDED),
    "judging:make_package": Page(SECRETARIAT, State.DECIDED, posted=True),
    "judging:package_file": Page(RELEASE_READERS, State.DECIDED, kwargs="handover"),
    "judging:package_sent": Page(SECRETARIAT, State.DECIDED, kwargs="handover"),
    # Of the national round: in a province nobody opens them (``tests/judging/web/test_provinces.py``).
    "judging:provinces": Page(NOBODY, State.DECIDED),
    "judging:province": Page(NOBODY, State.DECIDED, kwargs="province"),
    "judging:remind_provinces": Page(NOBODY, State.DECIDED),
    "judging:bring_package": Page(NOBODY, State.DECIDED, posted=True),
    "judging:received_package": Page(NOBODY, State.DECIDED, kwargs="package"),
    "judging:received_file": Page(NOBODY, State.DECIDED, kwargs="package"),
    "judging:accept_key": Page(NOBODY, State.DECIDED, kwargs="package"),
    "judging:forget_key": Page(NOBODY, State.DECIDED, kwargs="key"),
    # Likewise (``tests/judging/web/test_zones.py``, ``test_claims.py``).
    "judging:zones": Page(NOBODY, State.NOMINATION),
    "judging:zone": Page(NOBODY, State.NOMINATION, kwargs="zone"),
    "judging:remove_zone": Page(NOBODY, State.NOMINATION, kwargs="zone"),
    "judging:category_zone": Page(NOBODY, State.NOMINATION, kwargs="zone"),
    "judging:claims": Page(NOBODY, State.NOMINATION),
    "judging:claims_of": Page(NOBODY, State.NOMINATION, kwargs="number"),
    "judging:claim": Page(NOBODY, State.NOMINATION, kwargs="claim"),
    "judging:national_news": Page(OVERSEERS | ISSUERS | {Role.AUDITOR}, State.DECIDED),
    "judging:audit": Page(LOG),
    "judging:audit_export": Page(LOG),
    "judging:publication": Page(ISSUERS, State.DECIDED),
    "judging:publish": Page(ISSUERS, State.ANNOUNCED, posted=True),
    "judging:publication_preview": Page(ISSUERS, State.DECIDED),
    "judging:publication_preview_picture": Page(ISSUERS, State.DECIDED),
    "judging:publication_preview_part": Page(ISSUERS, State.DECIDED, kwargs="published_part"),
    "judging:publication_preview_part_picture": Page(ISSUERS, State.DECIDED, kwargs="published_part"),
}
