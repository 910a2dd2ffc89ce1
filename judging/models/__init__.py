"""How nominees are judged: rules, panel, rubrics, interviews, sheets, tabulations, decisions, papers."""

from .ceremony import Ceremony, CeremonyShow, Guest
from .certificate import (
    CertificateDesign,
    CertificateUse,
    DesignPicture,
    Frame,
    Orientation,
    PaperSize,
    PictureKind,
    PlacedPicture,
    SignatureBlock,
)
from .claim import Claim, ClaimVerdict
from .decision import Award, Decision, DecisionKind, Plenary, PlenaryAttendance, StateChange
from .decree import DecreeText, MinutesCorrection
from .document import Document, DocumentKind, Forwarding
from .handover import Handover, ProvinceReminder, ReceivedPackage, ReceivedWinner, TrustedKey
from .interview import Attendance, Interview, InterviewState, Presence, Room
from .invitation import Invitation, InvitationText
from .panel import Office, Recusal, RecusalState, Seat, Seating
from .paper_entry import PaperEntry, TypedSheet
from .paper_scan import PaperLook, PaperScan, ScanKind
from .plenary_room import Ballot, Choice, Motion, MotionState, SecretBallot, SpecialAward
from .print_batch import ItemState, NumberingScheme, PrintBatch, PrintItem, PrintState
from .private_note import PrivateNote
from .publication import Publication, PublicationRules
from .reopening import Reopening, ReopeningState
from .rubric import CategoryRubric, Rubric, RubricVersion
from .rules import RuleSet, Voting
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
from .signing import SignatureWay, SignedFile, SigningCertificate
from .tabulation import Standing, Tabulation, TabulationPart

__all__ = [
    "WEIGHTS",
    "Attendance",
    "Award",
    "Ballot",
    "CalendarFeed",
    "CategoryPlan",
    "CategoryRubric",
    "Ceremony",
    "CeremonyShow",
    "CertificateDesign",
    "CertificateUse",
    "ChangeKind",
    "Choice",
    "Claim",
    "ClaimVerdict",
    "Decision",
    "DecisionKind",
    "DecreeText",
    "DesignPicture",
    "Document",
    "DocumentKind",
    "Forwarding",
    "Frame",
    "Guest",
    "HandedState",
    "HandedWorkbook",
    "Handover",
    "Interview",
    "InterviewSession",
    "InterviewState",
    "Invitation",
    "InvitationText",
    "ItemState",
    "MinutesCorrection",
    "Motion",
    "MotionState",
    "NomineePlan",
    "NomineeSpan",
    "NomineeSpanKind",
    "NoticeState",
    "NumberingScheme",
    "Office",
    "Orientation",
    "PaperEntry",
    "PaperLook",
    "PaperScan",
    "PaperSize",
    "PictureKind",
    "PlacedPicture",
    "Plenary",
    "PlenaryAttendance",
    "Presence",
    "PrintBatch",
    "PrintItem",
    "PrintState",
    "PrivateNote",
    "ProvinceReminder",
    "Publication",
    "PublicationRules",
    "ReceivedPackage",
    "ReceivedWinner",
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
    "SecretBallot",
    "SecretariatEntry",
    "SharedPerson",
    "Sheet",
    "SheetState",
    "SheetVersion",
    "SignatureBlock",
    "SignatureWay",
    "SignedFile",
    "SigningCertificate",
    "SpecialAward",
    "Standing",
    "StateChange",
    "Tabulation",
    "TabulationPart",
    "TrustedKey",
    "TypedSheet",
    "Voting",
    "Weight",
]
