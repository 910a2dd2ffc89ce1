"""Turning the shared pieces of data into the words that several papers print alike."""

from __future__ import annotations

from collections.abc import Iterable

from paritrana.kernel import wording

from .data import PanelMember, Provenance
from .minutes_data import Vote

VACANT = "(lowong)"


#: Letters of a name in the foot of a page: it stands there on every page, and laying out thousands takes minutes.
LONGEST_IN_FOOT = 100


def in_foot(words: str) -> str:
    """Return ``words`` as the foot of a page names them: cut, with an ellipsis, where they are longer than a line."""
    return words if len(words) <= LONGEST_IN_FOOT else f"{words[:LONGEST_IN_FOOT].rstrip()}…"


def panel_rows(panel: Iterable[PanelMember]) -> list[dict[str, object]]:
    """Return the numbered rows of the nine seats for tables of attendance and signatures."""
    return [
        {
            "number": number,
            "name": member.name or VACANT,
            "role": member.role,
            "seat": member.seat,
            "attendance": member.attendance,
            "remark": _remark(member),
        }
        for number, member in enumerate(panel, start=1)
    ]


def provenance_values(provenance: Provenance) -> dict[str, str]:
    """Return the printed origin of a result: rules, program, and the head of the event log."""
    return {
        "rules_version": provenance.rules_version,
        "engine_version": provenance.engine_version,
        "software_version": provenance.software_version,
        "audit_head": provenance.audit_head,
        "audit_events": wording.decimal_number(provenance.audit_events),
        "recorded_at": wording.date_time(provenance.recorded_at, provenance.zone),
    }


def vote_text(vote: Vote | None) -> str:
    """Return a vote in one phrase with numbers in words, or nothing where no vote was taken."""
    if vote is None:
        return ""
    counts = [("setuju", vote.in_favour), ("tidak setuju", vote.against), ("abstain", vote.abstaining)]
    if vote.not_voting:
        counts.append(("tidak memberikan suara", vote.not_voting))
    return ", ".join(f"{label} {count} ({wording.terbilang(count)})" for label, count in counts)


def _remark(member: PanelMember) -> str:
    replaced = f"menggantikan {member.substitutes_for}" if member.substitutes_for else ""
    return "; ".join(filter(None, (replaced, member.note)))
