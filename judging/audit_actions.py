"""What the log says of judging. One section per subject."""

from django.utils.translation import gettext_lazy as _

from paritrana.audit.actions import register

# Rounds and rules
ROUND_ADVANCED = register("round.advanced", _("Round moved on"))
STEP_BACK_REQUESTED = register("round.step_back_requested", _("Step back requested"))
STEP_BACK_WITHDRAWN = register("round.step_back_withdrawn", _("Step back withdrawn"))
ROUND_STEPPED_BACK = register("round.stepped_back", _("Round stepped back"))
ROUND_DATES_CHANGED = register("round.dates_changed", _("Dates of the round changed"))
PRACTICE_OPENED = register("practice.opened", _("Practice round opened"))
PRACTICE_CLOSED = register("practice.closed", _("Practice round closed"))
RULES_DRAFTED = register("rules.drafted", _("Rules drafted"))

# Panel
SEAT_ADDED = register("seat.added", _("Seat added"))
SEAT_DECLARED_VACANT = register("seat.declared_vacant", _("Seat declared vacant"))
OWN_SECTOR_SET = register("seat.own_sector_set", _("Own sector of a seat set"))
PERSON_SEATED = register("seating.begun", _("Person seated"))
SUBSTITUTE_SEATED = register("seating.substituted", _("Substitute seated"))
RECUSAL_DECLARED = register("recusal.declared", _("Recusal declared"))
RECUSAL_CONFIRMED = register("recusal.confirmed", _("Recusal confirmed"))
RECUSAL_DECLINED = register("recusal.declined", _("Recusal declined"))

# Rubrics
RUBRIC_CREATED = register("rubric.created", _("Rubric created"))
RUBRIC_VERSION_DRAFTED = register("rubric_version.drafted", _("Rubric version drafted"))
RUBRIC_ASSIGNED = register("rubric_version.assigned", _("Rubric assigned to a category"))
RUBRIC_VERSION_LOCKED = register("rubric_version.locked", _("Rubric version locked"))

# Interviews
ROOM_ADDED = register("room.added", _("Room added"))
ROOM_CHANGED = register("room.changed", _("Room changed"))
ROOM_CLOSED = register("room.closed", _("Room closed for some time"))
ROOM_REOPENED = register("room.reopened", _("Room open again"))
SESSIONS_SET = register("schedule.sessions_set", _("Interview sessions of a day set"))
SCHEDULE_RULES_SET = register("schedule.rules_set", _("Rules and wishes of the schedule set"))
CATEGORY_PLANNED = register("schedule.category_planned", _("Interviews of a category planned"))
ROLE_GROUP_SET = register("schedule.role_group_set", _("Mandatory seats set"))
ROLE_GROUP_REMOVED = register("schedule.role_group_removed", _("Mandatory seats removed"))
NOMINEE_PLANNED = register("schedule.nominee_planned", _("How a nominee is met set"))
ARRIVALS_SET = register("schedule.arrivals_set", _("Earliest arrival of a region set"))
PERSON_SHARED = register("schedule.person_shared", _("Person of several nominees named"))
PERSON_UNSHARED = register("schedule.person_unshared", _("Person of several nominees removed"))
ABSENCE_ENTERED = register("absence.entered", _("Absence of a seat entered"))
ABSENCE_REMOVED = register("absence.removed", _("Absence of a seat removed"))
INTERVIEW_PLACED = register("interview.placed", _("Interview placed"))
INTERVIEW_MOVED = register("interview.moved", _("Interview moved"))
INTERVIEW_CANCELLED = register("interview.cancelled", _("Interview cancelled"))
SCHEDULE_CHANGED = register("schedule.changed", _("Several interviews changed in one act"))
COMPUTING_ASKED = register("schedule.computing_asked", _("Computed schedule asked for"))
COMPUTING_STOPPED = register("schedule.computing_stopped", _("Computing of a schedule stopped"))
COMPUTING_FINISHED = register("schedule.computing_finished", _("Computing of a schedule ended"))
SCHEDULE_RELEASED = register("schedule.released", _("Interview schedule released"))
NOTICE_SENT = register("schedule.notice_sent", _("Message about the schedule sent"))
NOTICE_FAILED = register("schedule.notice_failed", _("Message about the schedule not delivered"))
CALENDAR_OPENED = register("calendar.opened", _("Address of a calendar made"))
CALENDAR_REVOKED = register("calendar.revoked", _("Address of a calendar revoked"))
INTERVIEW_LOCKED = register("interview.locked", _("Interview locked"))
INTERVIEW_UNLOCKED = register("interview.unlocked", _("Interview unlocked"))
INTERVIEW_STARTED = register("interview.started", _("Interview began"))
INTERVIEW_PUT_BACK = register("interview.put_back", _("Beginning of the interview taken back"))
INTERVIEW_LENGTHENED = register("interview.lengthened", _("Interview takes longer than planned"))
INTERVIEW_HELD = register("interview.held", _("Interview held"))
INTERVIEW_NO_SHOW = register("interview.no_show", _("Nominee did not come to the interview"))
ATTENDANCE_RECORDED = register("interview.attendance_recorded", _("Attendance recorded"))

# Sheets
SHEET_STARTED = register("sheet.started", _("Score sheet started"))
SHEET_SAVED = register("sheet.saved", _("Score sheet saved"))
SHEET_SUBMITTED = register("sheet.submitted", _("Score sheet submitted"))
SHEET_CORRECTED = register("sheet.corrected", _("Corrected score sheet submitted"))
REOPENING_ASKED = register("reopening.asked", _("Reopening of a score sheet asked for"))
REOPENING_ENDORSED = register("reopening.endorsed", _("Reopening of a score sheet endorsed"))
REOPENING_DECLINED = register("reopening.declined", _("Reopening of a score sheet declined"))
REOPENING_GRANTED = register("reopening.granted", _("Score sheet reopened"))
REOPENING_REFUSED = register("reopening.refused", _("Reopening of a score sheet refused"))
REOPENING_WITHDRAWN = register("reopening.withdrawn", _("Reopening of a score sheet withdrawn"))
CORRECTION_GIVEN_UP = register("reopening.given_up", _("Correction of a score sheet given up"))
CALIBRATION_NAMED = register("calibration.named", _("Nominee scored for calibration named"))
CALIBRATION_ENDED = register("calibration.ended", _("Calibration ended before its first sheet"))
SECRETARIAT_SCORE_ENTERED = register("secretariat_score.entered", _("Administrative score entered"))
SECRETARIAT_SCORE_CORRECTED = register("secretariat_score.corrected", _("Administrative score corrected"))
REMINDER_SENT = register("reminder.sent", _("Reminder of missing sheets sent"))
REMINDER_FAILED = register("reminder.failed", _("Reminder of missing sheets not delivered"))

# Paper sheets
PAPER_ENTERED = register("paper_sheet.entered", _("Paper score sheet typed in"))
PAPER_CORRECTED = register("paper_sheet.corrected", _("Entry of a paper score sheet corrected"))
PAPER_COMPARED = register("paper_sheet.compared", _("Two readings of a paper score sheet looked at"))
PAPER_SETTLED = register("paper_sheet.settled", _("Differences on a paper score sheet settled"))
PAPER_DISCARDED = register("paper_sheet.discarded", _("Paper score sheet discarded"))
SCAN_ADDED = register("paper_scan.added", _("Scan of a paper score sheet attached"))
SCAN_OPENED = register("paper_scan.opened", _("Scan of a paper score sheet opened"))
SCAN_STRUCK = register("paper_scan.struck", _("Scan of a paper score sheet struck out"))

# Workbooks handed in for a member
WORKBOOK_HANDED_IN = register("workbook.handed_in", _("Workbook handed in for a member"))
WORKBOOK_TAKEN = register("workbook.taken", _("Handed-in workbook taken by its member"))
WORKBOOK_TURNED_DOWN = register("workbook.turned_down", _("Handed-in workbook turned down by its member"))
WORKBOOK_LAPSED = register("workbook.lapsed", _("Handed-in workbook dropped at the plenary"))

# Tabulation and plenary
TABULATION_FROZEN = register("tabulation.frozen", _("Tabulation frozen"))
POOL_FROZEN = register("tabulation.pool_frozen", _("Tabulation of a pool frozen"))
PLENARY_OPENED = register("plenary.opened", _("Plenary opened, sheets closed"))
PLENARY_ATTENDANCE_RECORDED = register("plenary.attendance_recorded", _("Attendance at the plenary recorded"))
DECISION_RECORDED = register("decision.recorded", _("Decision of the plenary recorded"))
DECISION_WITHDRAWN = register("decision.withdrawn", _("Decision of the plenary withdrawn"))
RESULT_CONFIRMED = register("plenary.confirmed", _("Result confirmed by the chair"))
CONFIRMATION_TAKEN_BACK = register("plenary.confirmation_taken_back", _("Chair's confirmation taken back"))
RESULT_COUNTERSIGNED = register("plenary.countersigned", _("Result countersigned: decided"))

# Documents and forwarding
DOCUMENT_ISSUED = register("document.issued", _("Document issued"))
DOCUMENT_REVOKED = register("document.revoked", _("Document revoked"))
NUMBERING_SET = register("numbering.set", _("Numbers of a kind of document set"))
PRINTING_ASKED = register("print_batch.asked", _("Batch of documents asked for"))
PRINTING_ENDED = register("print_batch.ended", _("Batch of documents ended"))
PRINTING_RESUMED = register("print_batch.resumed", _("Stopped batch of documents gone on with"))
PRINTING_RETRIED = register("print_batch.retried", _("Failed documents of a batch tried again"))
PRINTING_STOPPED = register("print_batch.stopped", _("Batch of documents stopped"))
DOCUMENT_SIGNED = register("document.signed", _("Signed form of a document registered"))
SIGNATURE_WITHDRAWN = register("document.signature_withdrawn", _("Signed form of a document withdrawn"))
SIGNING_CERTIFICATE_ADDED = register("signing.certificate_added", _("Certificate file for signing added"))
SIGNING_CERTIFICATE_WITHDRAWN = register("signing.certificate_withdrawn", _("Certificate file for signing withdrawn"))
INVITATION_ISSUED = register("invitation.issued", _("Invitation to an interview issued"))
INVITATION_TEXT_SAVED = register("invitation.text_saved", _("Text of the invitations saved"))
WINNER_FORWARDED = register("award.forwarded", _("Winner forwarded to the national round"))
NOMINATION_RECEIVED = register("nomination.received", _("Nomination received from a province"))

# Publication
PUBLICATION_RULES_SAVED = register("publication.rules_saved", _("What the public is told was set"))
RESULT_PUBLISHED = register("publication.published", _("Result published"))

# Ceremony
CEREMONY_ARRANGED = register("ceremony.arranged", _("Running order of the ceremony changed"))
CEREMONY_WORDS_SAVED = register("ceremony.words_saved", _("Words of the ceremony saved"))
SHOW_OPENED = register("ceremony.show_opened", _("Reveal opened"))
SHOW_ENDED = register("ceremony.show_ended", _("Reveal ended"))
GUEST_SAVED = register("ceremony.guest_saved", _("Guest of the ceremony saved"))
CERTIFICATE_TAKEN = register("ceremony.certificate_taken", _("Certificate taken away"))
CERTIFICATE_NOT_TAKEN = register("ceremony.certificate_not_taken", _("Certificate was not taken after all"))

# Hand-over packages
HANDOVER_MADE = register("handover.made", _("Hand-over package made"))
HANDOVER_SENT = register("handover.sent", _("Hand-over package sent"))
PACKAGE_RECEIVED = register("package.received", _("Hand-over package received"))
PACKAGE_REFUSED = register("package.refused", _("Hand-over package refused"))
PACKAGE_TAKEN = register("package.taken", _("Winners of a hand-over package taken over"))
PACKAGE_REPLACED = register("package.replaced", _("Hand-over package replaced by a newer one"))
NOMINATION_DROPPED = register("nomination.dropped", _("Nomination dropped with a replaced package"))
KEY_TRUSTED = register("key.trusted", _("Key of a province accepted"))
KEY_WITHDRAWN = register("key.withdrawn", _("Key of a province withdrawn"))
PROVINCE_REMINDED = register("province.reminded", _("Province reminded of its hand-over"))
PROVINCE_REMINDER_FAILED = register("province.reminder_failed", _("Reminder to a province not delivered"))

# How certificates look
CERTIFICATE_DESIGN_SAVED = register("certificate_design.saved", _("Look of certificates saved"))
DESIGN_PICTURE_ADDED = register("design_picture.added", _("Picture for certificates added"))
DESIGN_PICTURE_WITHDRAWN = register("design_picture.withdrawn", _("Picture for certificates taken away"))

# Decree and amendments of minutes
DECREE_WORDS_SAVED = register("decree.words_saved", _("Words of the decree saved"))
AMENDMENT_REQUESTED = register("minutes.amendment_requested", _("Amendment of the minutes asked for"))
AMENDMENT_CONFIRMED = register("minutes.amendment_confirmed", _("Amendment of the minutes confirmed"))
AMENDMENT_WITHDRAWN = register("minutes.amendment_withdrawn", _("Amendment of the minutes withdrawn"))
