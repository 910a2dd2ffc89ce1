"""The berita acara of a plenary: who met, who stood aside, what was decided and on what it rests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from paritrana.kernel import wording

from .data import PanelMember
from .minutes_data import (
    CategoryResult,
    Confirmation,
    CorrectionLine,
    EarlierMeeting,
    Minutes,
    RecusalLine,
    Replaced,
    Resolution,
    ResultLine,
    StepBack,
    TieLine,
)
from .presenting import panel_rows, provenance_values, vote_text
from .rendering import head, printable, to_pdf

KINDS = {
    "tie": "Nilai sama",
    "deviation": "Penyimpangan dari hitungan",
    "exception": "Pengecualian kuorum",
    "special": "Penghargaan khusus",
}
OUTCOMES = {
    "carried": "Diterima",
    "rejected": "Ditolak",
    "withdrawn": "Ditarik oleh pengusul",
    "revoked": "Diterima, kemudian dicabut dalam rapat yang sama",
}
PRESENT = "Hadir"


def render_minutes(minutes: Minutes) -> bytes:
    """Return the minutes as a portrait F4 (folio) PDF with numbered pages."""
    return to_pdf("minutes.html", _values(minutes))


def _values(minutes: Minutes) -> dict[str, object]:
    day = wording.local_day(minutes.started_at, minutes.zone)
    return {
        "head": head(
            title=printable(f"Berita Acara {minutes.number}"),
            author=minutes.issuing_body,
            day=day,
            demo_mark=minutes.demo_mark,
        ),
        "footer": f"Berita Acara {minutes.number}",
        "issuing_body": minutes.issuing_body,
        "number": minutes.number,
        "occasion": minutes.occasion,
        "edition": minutes.edition,
        **_opening(minutes, day),
        "replaced": _replaced(minutes.replaced),
        "steps_back": [_step_back(step, minutes.zone) for step in minutes.steps_back],
        "earlier": [_earlier(one, minutes.zone) for one in minutes.earlier],
        "panel_name": minutes.panel_name,
        "panel": panel_rows(minutes.panel),
        "presence": _presence(minutes.panel),
        "recusals": [_recusal(line) for line in minutes.recusals],
        "left_out": [vars(line) for line in minutes.left_out],
        "ties": [_tie(line) for line in minutes.ties],
        "corrections": [_correction(line) for line in minutes.corrections],
        "resolutions": [_resolution(resolution) for resolution in minutes.resolutions],
        "moved": [vars(line) for line in minutes.moved],
        "results": _results(minutes.results),
        "pools": _results(minutes.pools),
        "specials": [vars(line) for line in minutes.specials],
        "provenance": provenance_values(minutes.provenance),
        "confirmations": [_confirmation(one, minutes.zone) for one in minutes.confirmations],
        "open_votes": [_open_vote(one) for one in minutes.resolutions if one.ballots],
        "copies": f"{minutes.copies} ({wording.terbilang(minutes.copies)})",
    }


def _opening(minutes: Minutes, day: date) -> dict[str, str]:
    """Day, date and times in words and digits, and the place."""
    return {
        "day_in_words": wording.date_in_words(day),
        "day_in_digits": f"{day:%d-%m-%Y}",
        "time": _time(minutes),
        "place": minutes.place,
        "venue": minutes.venue,
        "dateline": f"{minutes.place}, {wording.long_date(day)}",
        "tabulation": f"{minutes.tabulation} ({wording.terbilang(minutes.tabulation)})",
        "frozen_at": wording.date_time(minutes.frozen_at, minutes.zone),
    }


def _time(minutes: Minutes) -> str:
    if minutes.ended_at is None:
        return f"mulai {wording.clock_time(minutes.started_at, minutes.zone)}"
    return wording.time_range(minutes.started_at, minutes.ended_at, minutes.zone)


def _presence(panel: Sequence[PanelMember]) -> str:
    """How many of the seats were there: "8 (delapan) dari 9 (sembilan) unsur hadir"."""
    there, seats = sum(member.attendance == PRESENT for member in panel), len(panel)
    return f"{there} ({wording.terbilang(there)}) dari {seats} ({wording.terbilang(seats)}) unsur hadir"


def _replaced(replaced: Replaced | None) -> dict[str, object] | None:
    if replaced is None:
        return None
    return {
        "number": replaced.number,
        "day": wording.long_date(replaced.day),
        "differences": [vars(line) for line in replaced.differences],
    }


def _step_back(step: StepBack, zone: str) -> dict[str, str]:
    return {
        "matter": step.matter,
        "reason": step.reason,
        "asked": f"{step.asked_by}, {wording.date_time(step.asked_at, zone)}",
        "confirmed": f"{step.confirmed_by}, {wording.date_time(step.confirmed_at, zone)}",
    }


def _earlier(meeting: EarlierMeeting, zone: str) -> dict[str, object]:
    return {
        "opened": wording.date_time(meeting.opened_at, zone),
        "venue": meeting.venue,
        "given_up": wording.date_time(meeting.given_up_at, zone),
        "reason": meeting.reason.rstrip("."),
        "resolutions": [_resolution(resolution) for resolution in meeting.resolutions],
    }


def _recusal(line: RecusalLine) -> dict[str, str]:
    return {
        "member": line.member,
        "seat": line.seat,
        "nominee": line.nominee,
        "category": line.category,
        "reason": line.reason,
    }


def _tie(line: TieLine) -> dict[str, str]:
    score = line.official_score
    return {
        "category": line.category,
        "nominees": "; ".join(line.nominees),
        "score": "" if score is None else wording.decimal_number(score),
        "settled": line.settled,
    }


def _correction(line: CorrectionLine) -> dict[str, str]:
    return {
        "member": line.member,
        "seat": line.seat,
        "nominee": line.nominee,
        "reason": line.reason,
        "versions": f"{line.before} → {line.after}",
        "endorsed_by": line.endorsed_by,
        "granted_by": line.granted_by,
    }


def _resolution(resolution: Resolution) -> dict[str, object]:
    return {
        "title": _title(resolution),
        "category": resolution.category,
        "nominees": "; ".join(resolution.nominees),
        "matter": resolution.matter,
        "reason": resolution.reason.rstrip("."),
        "proposed_by": resolution.proposed_by,
        "way": "tertutup" if resolution.is_secret else "terbuka",
        "vote": vote_text(resolution.vote),
        "outcome": OUTCOMES[resolution.outcome],
    }


def _title(resolution: Resolution) -> str:
    kind = KINDS[resolution.kind]
    return f"Usul {resolution.number}: {kind}" if resolution.number else kind


def _open_vote(resolution: Resolution) -> dict[str, object]:
    """An open vote for the annex: who said what, seat by seat."""
    return {
        "title": _title(resolution),
        "category": resolution.category,
        "outcome": OUTCOMES[resolution.outcome],
        "ballots": [vars(ballot) for ballot in resolution.ballots],
    }


def _results(results: Sequence[CategoryResult]) -> list[dict[str, object]]:
    return [
        {
            "number": number,
            "category": result.category,
            "lines": [_line(line) for line in result.lines],
            "counts": _counts(result),
            "rubric_version": result.rubric_version,
            "rubric_hash": result.rubric_hash,
            "input_hash": result.input_hash,
            "answer_hash": result.answer_hash,
        }
        for number, result in enumerate(results, start=1)
    ]


def _line(line: ResultLine) -> dict[str, str]:
    score = line.official_score
    return {
        "award": line.award,
        "place": line.place,
        "nominee": line.nominee,
        "origin": line.origin,
        "score": "" if score is None else wording.decimal_number(score),
        "score_in_words": "" if score is None else wording.terbilang_decimal(score),
    }


def _counts(result: CategoryResult) -> str:
    ranked, unranked = result.nominees_ranked, result.nominees_unranked
    text = f"{ranked} ({wording.terbilang(ranked)}) nomine diberi peringkat"
    return f"{text}, {unranked} ({wording.terbilang(unranked)}) di luar peringkat" if unranked else text


def _confirmation(one: Confirmation, zone: str) -> dict[str, str]:
    return {"office": one.office, "name": one.name, "at": wording.date_time(one.at, zone)}
