"""How nominees are judged: rules, panel, rubrics, interviews, sheets, tabulations, decisions, papers."""

from .decision import Award, Decision, DecisionKind, Plenary, PlenaryAttendance, StateChange
from .document import Document, DocumentKind, Forwarding
from .interview import Attendance, Interview, InterviewState, Presence, Room
from .invitation import Invitation, InvitationText
from .panel import Office, Recusal, RecusalState, Seat, Seating
from .paper_entry import PaperEntry, TypedSheet
from .paper_scan import PaperLook, PaperScan, ScanKind
from .private_note import PrivateNote
from .reopening import Reopening, ReopeningState
from .rubric import CategoryRubric, Rubric, RubricVersion
from .rules import RuleSet
from .schedule_change import ChangeKind, ScheduleChange
from .schedule_material import (
    WEIGHTS,
    CategoryPlan,
    InterviewSession,
    NomineePlan,
    NomineeSpan,
    NomineeSpanKind,
    RoleGroup,
    RoomClosure,
    ScheduleMaterial,
    SeatAbsence,
    SharedPerson,
    Weight,
)
from .schedule_release import CalendarFeed, NoticeState, ReleasedInterview, ScheduleNotice, ScheduleRelease
from .schedule_run import RunKind, RunState, RunStatus, ScheduleRun, ScheduleRunStep
from .scoresheet import SaveReceipt, SecretariatEntry, Sheet, SheetState, SheetVersion
from .sheet_workbook import HandedState, HandedWorkbook
from .tabulation import Standing, Tabulation, TabulationPart

__all__ = [
    "WEIGHTS",
    "Attendance",
    "Award",
    "CalendarFeed",
    "CategoryPlan",
    "CategoryRubric",
    "ChangeKind",
    "Decision",
    "DecisionKind",
    "Document",
    "DocumentKind",
    "Forwarding",
    "HandedState",
    "HandedWorkbook",
    "Interview",
    "InterviewSession",
    "InterviewState",
    "Invitation",
    "InvitationText",
    "NomineePlan",
    "NomineeSpan",
    "NomineeSpanKind",
    "NoticeState",
    "Office",
    "PaperEntry",
    "PaperLook",
    "PaperScan",
    "Plenary",
    "PlenaryAttendance",
    "Presence",
    "PrivateNote",
    "Recusal",
    "RecusalState",
    "ReleasedInterview",
    "Reopening",
    "ReopeningState",
    "RoleGroup",
    "Room",
    "RoomClosure",
    "Rubric",
    "RubricVersion",
    "RuleSet",
    "RunKind",
    "RunState",
    "RunStatus",
    "SaveReceipt",
    "ScanKind",
    "ScheduleChange",
    "ScheduleMaterial",
    "ScheduleNotice",
    "ScheduleRelease",
    "ScheduleRun",
    "ScheduleRunStep",
    "Seat",
    "SeatAbsence",
    "Seating",
    "SecretariatEntry",
    "SharedPerson",
    "Sheet",
    "SheetState",
    "SheetVersion",
    "Standing",
    "StateChange",
    "Tabulation",
    "TabulationPart",
    "TypedSheet",
    "Weight",
]
