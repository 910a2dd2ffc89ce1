"""What services are told about a nominee, as plain values."""

import re
from dataclasses import dataclass

from .codelists import SECTORS, SIZES

_KBLI = re.compile(r"[0-9]{5}")
_NIB = re.compile(r"[0-9]{13}")
_BPJS = re.compile(r"[0-9A-Za-z]{5,20}")


@dataclass(frozen=True, slots=True)
class BusinessFacts:
    """What only businesses have: codes of sector and size, KBLI of 5 and NIB of 13 digits, all as text."""

    name: str
    legal_name: str
    sector: str
    size_class: str
    kbli: str
    nib: str
    bpjs_number: str


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """How to reach the delegation; an empty text leaves what is recorded."""

    person: str = ""
    phone: str = ""
    email: str = ""

    def __bool__(self) -> bool:
        return bool(self.person or self.phone or self.email)


def first_wrong(facts: BusinessFacts) -> str:
    """Return the name of the first field that cannot be right, or an empty text."""
    checks = {
        "name": 0 < len(facts.name) <= 200,
        "legal_name": 0 < len(facts.legal_name) <= 200,
        "sector": facts.sector in SECTORS,
        "size_class": facts.size_class in SIZES,
        "kbli": bool(_KBLI.fullmatch(facts.kbli)),
        "nib": bool(_NIB.fullmatch(facts.nib)),
        "bpjs_number": bool(_BPJS.fullmatch(facts.bpjs_number)),
    }
    return next((field for field, fine in checks.items() if not fine), "")
