"""The berita acara of a plenary: who met, who stood aside, what was decided and on what it rests."""

from __future__ import annotations

from collections.abc import Sequence

from paritrana.kernel import wording

from .data import CategoryResult, CorrectionLine, Minutes, RecusalLine, Resolution, ResultLine
from .presenting import panel_rows, provenance_values, vote_text
from .rendering import head, printable, to_pdf

KINDS = {"tie": "Nilai sama", "deviation": "Penyimpangan dari hitungan", "exception": "Pengecualian"}


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
        "day_in_words": wording.date_in_words(day),
        "day_in_digits": f"{day:%d-%m-%Y}",
        "time": _time(minutes),
        "place": minutes.place,
        "venue": minutes.venue,
        "dateline": f"{minutes.place}, {wording.long_date(day)}",
        "panel": panel_rows(minutes.panel),
        "recusals": [_recusal(line) for line in minutes.recusals],
        "corrections": [_correction(line) for line in minutes.corrections],
        "resolutions": [_resolution(resolution) for resolution in minutes.resolutions],
        "results": _results(minutes.results),
        "pools": _results(minutes.pools),
        "provenance": provenance_values(minutes.provenance),
        "copies": f"{minutes.copies} ({wording.terbilang(minutes.copies)})",
    }


def _time(minutes: Minutes) -> str:
    if minutes.ended_at is None:
        return wording.clock_time(minutes.started_at, minutes.zone)
    return wording.time_range(minutes.started_at, minutes.ended_at, minutes.zone)


def _recusal(line: RecusalLine) -> dict[str, str]:
    return {
        "member": line.member,
        "seat": line.seat,
        "nominee": line.nominee,
        "category": line.category,
        "reason": line.reason,
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
        "kind": KINDS[resolution.kind],
        "category": resolution.category,
        "nominees": "; ".join(resolution.nominees),
        "matter": resolution.matter,
        "reason": resolution.reason,
        "vote": vote_text(resolution.vote),
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
        }
        for number, result in enumerate(results, start=1)
    ]


def _line(line: ResultLine) -> dict[str, str]:
    score = line.official_score
    return {
        "award": line.award,
        "nominee": line.nominee,
        "origin": line.origin,
        "score": "" if score is None else wording.decimal_number(score),
        "score_in_words": "" if score is None else wording.terbilang_decimal(score),
    }


def _counts(result: CategoryResult) -> str:
    ranked, unranked = result.nominees_ranked, result.nominees_unranked
    text = f"{ranked} ({wording.terbilang(ranked)}) nomine diberi peringkat"
    return f"{text}, {unranked} ({wording.terbilang(unranked)}) di luar peringkat" if unranked else text
