"""What several papers print alike: who issues, for which edition, who sat, and on what the result rests."""

from datetime import date, datetime
from typing import Final

from judging.documents.data import PanelMember, Provenance, Signature
from judging.models import Office, Plenary, PlenaryAttendance, Seat, Seating, Tabulation
from nominees.models import Kind, Nomination, Round
from paritrana.audit.selectors import head_of
from paritrana.kernel import wording

DEMO_MARK: Final = "CONTOH: bukan hasil sebenarnya"
PRACTICE_MARK: Final = "LATIHAN: tidak dihitung"
ROLES: Final = {Office.CHAIR: "Ketua", Office.SECRETARY: "Sekretaris", Office.MEMBER: "Anggota"}
SIGNING_OFFICES: Final = (Office.SECRETARY, Office.CHAIR)


def signing_title(round: Round, office: Office) -> str:
    """Return what stands above a signature: "Ketua Tim 9 Penilai", nationally "Ketua Dewan Juri"."""
    return f"{ROLES[office]} {round.panel_title}"


def demo_mark(round: Round) -> str:
    """Return the mark that every paper of a practice round or of a demo edition carries, else nothing."""
    if round.practice:
        return PRACTICE_MARK
    return DEMO_MARK if round.edition.is_demo else ""


def issuing_body(round: Round) -> str:
    """Return who issues the papers of the round."""
    return f"Pemerintah {round.region.full_name}" if round.region else "Panitia Nasional Paritrana Award"


def edition_title(round: Round) -> str:
    """Return "Paritrana Award 2024 Tingkat Provinsi Nusa Tenggara Timur"."""
    level = f"Tingkat {round.region.full_name}" if round.region else round.place_name
    return f"{round.edition.name} {level}"


def category_title(name: str) -> str:
    """Return a category's name as papers print it, with the word before it."""
    return name if name.lower().startswith("kategori ") else f"Kategori {name}"


def origin(nomination: Nomination) -> str:
    """Return where a village or business belongs; empty for a government, whose name says it.

    Reads ``nominee.region`` and its two parents: load them with the nominations.
    """
    nominee, region = nomination.nominee, nomination.nominee.region
    if nominee.kind == Kind.GOVERNMENT:
        return ""
    above = [region] if nominee.kind == Kind.BUSINESS else [region.parent, region.parent and region.parent.parent]
    return ", ".join(one.full_name for one in above if one)


def recipient(nomination: Nomination) -> str:
    """Return the name on a certificate; a village's regency stands beside it, because villages share names."""
    nominee, district = nomination.nominee, nomination.nominee.region.parent
    if nominee.kind == Kind.VILLAGE and district and district.parent:
        return f"{nominee.name}, {district.parent.full_name}"
    return nominee.name


def seats_of(round: Round) -> list[Seat]:
    """Return the seats in order with all their seatings. Two queries."""
    return list(round.seats.prefetch_related("seatings").order_by("position"))


def holder(seat: Seat, day: date) -> Seating | None:
    """Return who held ``seat`` on ``day``; reads the prefetched seatings."""
    sat = [one for one in seat.seatings.all() if one.starts_on <= day and (one.ends_on is None or one.ends_on >= day)]
    return sat[-1] if sat else None


def signatures(round: Round, seats: list[Seat], day: date) -> tuple[Signature, ...]:
    """Return the signature blocks of a certificate: secretary, then chair, under whose block the date stands."""
    found = []
    for office in SIGNING_OFFICES:
        seat = next((one for one in seats if one.office == office), None)
        seating = holder(seat, day) if seat else None
        if seating:
            found.append(Signature(office=signing_title(round, office), name=seating.name, note=nip_text(seating.nip)))
    return tuple(found) or (Signature(office=signing_title(round, Office.CHAIR), name=""),)


def nip_text(nip: str) -> str:
    """Return a civil servant's number in its groups: "NIP 19700101 199503 2 001"; empty for none."""
    return f"NIP {nip[:8]} {nip[8:14]} {nip[14:15]} {nip[15:]}".rstrip() if nip else ""


def panel_members(plenary: Plenary, round: Round) -> tuple[PanelMember, ...]:
    """Return the nine seats with who sat there at the plenary. Three queries."""
    present = {attendance.seat_id: attendance for attendance in plenary.attendances.all()}
    day = wording.local_day(plenary.opened_at, round.time_zone)
    members = []
    for seat in seats_of(round):
        seating, attendance = holder(seat, day), present.get(seat.pk)
        name = (attendance.name if attendance else "") or (seating.name if seating else "")
        replaced = _replaced(seat, seating) if seating and seating.is_substitute else ""
        members.append(
            PanelMember(
                name=name,
                role=ROLES[Office(seat.office)],
                seat=seat.name,
                attendance=_attendance(name, attendance),
                substitutes_for=replaced,
                note=seat.vacant_reason,
            )
        )
    return tuple(members)


def _attendance(name: str, attendance: PlenaryAttendance | None) -> str:
    """The printed word; a seat that nobody holds is neither there nor away."""
    if not name:
        return "Lowong"
    return ("Hadir" if attendance.present else "Tidak hadir") if attendance else ""


def _replaced(seat: Seat, seating: Seating) -> str:
    earlier = [one for one in seat.seatings.all() if one.pk != seating.pk and one.starts_on <= seating.starts_on]
    return earlier[-1].name if earlier else ""


def provenance(tabulation: Tabulation, round: Round, at: datetime) -> Provenance:
    """Return what the result rests on: rules, engine, and the head of the event log as it stands now. One query."""
    number, digest = head_of(round.scope)
    rules = tabulation.rules
    return Provenance(
        rules_version=f"{rules.number} ({rules.note})" if rules.note else str(rules.number),
        engine_version=tabulation.engine_version,
        software_version=tabulation.software_version,
        audit_head=digest,
        audit_events=number,
        recorded_at=at,
        zone=round.time_zone,
    )
