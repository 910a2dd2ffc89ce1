"""The data of invitation letters, and how a letter is kept as text: what was printed can be printed again."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any, Final

from judging.documents.data import Signature
from judging.documents.schedule_data import InvitationLetter
from judging.models import Invitation, InvitationText, Office, ReleasedInterview
from judging.selectors.tabulations import canonical
from nominees.models import Kind, Nomination, Round
from paritrana.kernel import wording
from paritrana.kernel.check_code import grouped
from paritrana.regions.models import Region, RegionKind

from .common import (
    category_title,
    demo_mark,
    edition_title,
    holder,
    issuing_body,
    nip_text,
    recipient,
    seats_of,
    signing_title,
)

#: What letters say until the secretariat writes something else.
USUAL_ONLINE_NOTE: Final = "Tautan dan waktu uji coba sambungan disampaikan oleh sekretariat sehari sebelumnya."
USUAL_DRESS: Final = "batik atau tenun ikat daerah"
USUAL_BRING: Final = (
    "Pimpinan hadir sendiri dan dapat didampingi paling banyak 2 (dua) pejabat.\n"
    "Bahan paparan dan dokumen pendukung dibawa pada saat wawancara.\n"
    "Mohon hadir 15 menit sebelum waktu wawancara."
)
HEADS: Final = {RegionKind.PROVINCE: "Gubernur", RegionKind.REGENCY: "Bupati", RegionKind.CITY: "Wali Kota"}
PREFIXES: Final = ("Kabupaten ", "Kota ", "Provinsi ")


@dataclass(frozen=True, slots=True)
class Issue:
    """What a letter gets when it is issued; ``address`` is that of its check, ``calendar`` that of the nominee's."""

    number: str
    code: str
    address: str
    replaces: Invitation | None = None
    calendar: str = ""


def invitation_text(round: Round) -> InvitationText:
    """Return what the letters of ``round`` say, as it was saved or, unsaved, as it usually is. One query."""
    found = InvitationText.objects.filter(round=round).first()
    return found or InvitationText(round=round, online_note=USUAL_ONLINE_NOTE, dress=USUAL_DRESS, bring=USUAL_BRING)


def letter_maker(
    round: Round, text: InvitationText, day: date
) -> Callable[[ReleasedInterview, Issue], InvitationLetter]:
    """Return a function that makes the data of one letter, dated ``day``. Two queries, here.

    The function takes the interview with its nominee's region and two parents, and what the letter is issued with.
    """
    shared = {
        "issuing_body": issuing_body(round),
        "edition": edition_title(round),
        "place": round.city,
        "day": day,
        "zone": round.time_zone,
        "signature": _signature(round, text, day),
        "online_note": text.online_note,
        "dress": text.dress,
        "bring": _lines(text.bring),
        "contact": text.contact.rstrip(". "),
        "copies": _lines(text.copies),
        "demo_mark": demo_mark(round),
        "panel": round.panel_title,
    }

    def make(interview: ReleasedInterview, issue: Issue) -> InvitationLetter:
        nomination, former = interview.nomination, issue.replaces
        facts: dict[str, Any] = {
            **shared,
            **told_facts(interview, text),
            "number": issue.number,
            "recipient": addressed_to(nomination),
            "nominee": recipient(nomination),
            "category": category_title(nomination.category.name),
            "check_code": grouped(issue.code),
            "check_address": issue.address,
            "replaces": former.number if former else "",
            "replaces_day": wording.local_day(former.issued_at, round.time_zone) if former else None,
            "calendar": issue.calendar,
        }
        return InvitationLetter(**facts)

    return make


def told_facts(interview: ReleasedInterview, text: InvitationText) -> dict[str, Any]:
    """Return what a letter tells of when and where; where it differs from a letter, that one needs another."""
    return {
        "starts_at": interview.starts_at,
        "ends_at": interview.ends_at,
        "room": interview.room_name,
        "is_online": interview.is_online,
        "venue": "" if interview.is_online else text.venue,
    }


def written_letter(letter: InvitationLetter) -> str:
    """Return a letter as canonical JSON; see ``Invitation.content``."""
    facts = asdict(letter)
    del facts["signature"]["picture"]  # a letter prints none
    return canonical(_plain(facts))


def read_letter(text: str) -> InvitationLetter:
    """Return what :func:`written_letter` made."""
    row = json.loads(text)
    row |= {key: datetime.fromisoformat(row[key]) for key in ("starts_at", "ends_at")}
    row |= {key: date.fromisoformat(row[key]) if row[key] else None for key in ("day", "replaces_day")}
    row |= {key: tuple(row[key]) for key in ("recipient", "bring", "copies")}
    row["signature"] = Signature(**row["signature"])
    known = {field.name for field in fields(InvitationLetter)}
    return InvitationLetter(**{key: value for key, value in row.items() if key in known})


def addressed_to(nomination: Nomination) -> tuple[str, ...]:
    """Return whom a letter is addressed to, line by line: "Bupati Nagekeo"; a village or business with its place."""
    nominee, region = nomination.nominee, nomination.nominee.region
    if nominee.kind == Kind.GOVERNMENT:
        return (f"{HEADS.get(RegionKind(region.kind), 'Pimpinan')} {_bare(region.full_name)}",)
    if nominee.kind == Kind.BUSINESS:
        return (f"Pimpinan {nominee.name}", region.full_name)
    title = "Lurah" if region.kind == RegionKind.WARD else "Kepala Desa"
    return (f"{title} {region.name}", ", ".join(one.full_name for one in _above(region)))


def _above(region: Region) -> list[Region]:
    return [one for one in (region.parent, region.parent and region.parent.parent) if one]


def _bare(name: str) -> str:
    return next((name.removeprefix(prefix) for prefix in PREFIXES if name.startswith(prefix)), name)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _signature(round: Round, text: InvitationText, day: date) -> Signature:
    office = Office.CHAIR if text.is_signed_by_chair else Office.SECRETARY
    seat = next((one for one in seats_of(round) if one.office == office), None)
    seating = holder(seat, day) if seat else None
    title = signing_title(round, office)
    return Signature(office=title, name=seating.name if seating else "", note=nip_text(seating.nip) if seating else "")


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
