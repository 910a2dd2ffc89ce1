"""How nominees are judged: rules, panel, rubrics, interviews, sheets, tabulations, decisions, papers."""

from .decision import Award, Decision, DecisionKind, Plenary, PlenaryAttendance, StateChange
from .document import Document, DocumentKind, Forwarding
from .interview import Attendance, Interview, InterviewState, Presence, Room
from .panel import Office, Recusal, RecusalState, Seat, Seating
from .paper_entry import PaperEntry, TypedSheet
from .paper_scan import PaperLook, PaperScan, ScanKind
from .private_note import PrivateNote
from .reopening import Reopening, ReopeningState
from .rubric import CategoryRubric, Rubric, RubricVersion
from .rules import RuleSet
from .scoresheet import SaveReceipt, SecretariatEntry, Sheet, SheetState, SheetVersion
from .sheet_workbook import HandedState, HandedWorkbook
from .tabulation import Standing, Tabulation, TabulationPart

__all__ = [
    "Attendance",
    "Award",
    "CategoryRubric",
    "Decision",
    "DecisionKind",
    "Document",
    "DocumentKind",
    "Forwarding",
    "HandedState",
    "HandedWorkbook",
    "Interview",
    "InterviewState",
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
    "Reopening",
    "ReopeningState",
    "Room",
    "Rubric",
    "RubricVersion",
    "RuleSet",
    "SaveReceipt",
    "ScanKind",
    "Seat",
    "Seating",
    "SecretariatEntry",
    "Sheet",
    "SheetState",
    "SheetVersion",
    "Standing",
    "StateChange",
    "Tabulation",
    "TabulationPart",
    "TypedSheet",
]
