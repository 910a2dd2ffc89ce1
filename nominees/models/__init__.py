"""Who is in the running: editions, rounds, categories, nominees, nominations, imports."""

from .category import Category, Kind, Pool, PoolMode, Sector, SizeClass
from .edition import Edition
from .evidence import Evidence, EvidenceKind
from .import_batch import BatchState, ImportBatch
from .nomination import SCORED, Contact, CountedIndicator, Nomination, Status
from .nominee import BusinessProfile, Nominee
from .round import NATIONAL_SCOPE, STATE_LABELS, Level, Round, TimeZone
from .zone import Zone, ZoneProvince

__all__ = [
    "NATIONAL_SCOPE",
    "SCORED",
    "STATE_LABELS",
    "BatchState",
    "BusinessProfile",
    "Category",
    "Contact",
    "CountedIndicator",
    "Edition",
    "Evidence",
    "EvidenceKind",
    "ImportBatch",
    "Kind",
    "Level",
    "Nomination",
    "Nominee",
    "Pool",
    "PoolMode",
    "Round",
    "Sector",
    "SizeClass",
    "Status",
    "TimeZone",
    "Zone",
    "ZoneProvince",
]
