"""The ranking sheet of one category: places, scores, what settled each tie, and where it all comes from."""

from __future__ import annotations

from fractions import Fraction

from paritrana.kernel import wording

from .charts import for_paper
from .data import Criterion, CriterionScore, Paper, RankedLine, RankingSheet, StatusLine
from .firmness_data import FirmnessPage
from .presenting import panel_rows, provenance_values
from .rendering import head, printable, to_pdf

SOURCES = {"panel": "nilai panel", "secretariat": "nilai sekretariat", "indicator": "indikator"}


def render_ranking_sheet(sheet: RankingSheet, paper: Paper = "A4") -> bytes:
    """Return the ranking sheet of one category as a landscape PDF with numbered pages."""
    return to_pdf("ranking_sheet.html", _values(sheet, paper))


def weight_text(weight: Fraction) -> str:
    """Return a criterion's share in percent: "12,5%", with as few digits as say it exactly, at most two."""
    digits = next((places for places in (0, 1) if weight * 10**places % 1 == 0), 2)
    return wording.decimal_number(weight, digits) + "%"


def score_text(cell: CriterionScore, digits: int) -> str:
    """Return a criterion's score rounded half up, or the word for its absence."""
    return cell.absence if cell.score is None else wording.decimal_number(cell.score, digits)


def _values(sheet: RankingSheet, paper: Paper) -> dict[str, object]:
    return {
        "head": head(
            title=printable(f"Peringkat {sheet.category}, {sheet.edition}"),
            author=sheet.issuing_body,
            day=sheet.day,
            demo_mark=sheet.demo_mark,
        ),
        "paper": f"{paper.lower()}-landscape",
        "footer": f"Lembar Peringkat {sheet.number}",
        "issuing_body": sheet.issuing_body,
        "edition": sheet.edition,
        "category": sheet.category,
        "number": sheet.number,
        "criteria": [_criterion(criterion) for criterion in sheet.criteria],
        "ranked": [_ranked(line, sheet.digits) for line in sheet.ranked],
        "unranked": [_unranked(line) for line in sheet.unranked],
        "rules": sheet.rules,
        "rubric_version": sheet.rubric_version,
        "rubric_hash": sheet.rubric_hash,
        "input_hash": sheet.input_hash,
        "provenance": provenance_values(sheet.provenance),
        "panel": panel_rows(sheet.panel),
        "dateline": f"{sheet.place}, {wording.long_date(sheet.day)}",
        "firmness": _firmness(sheet.firmness) if sheet.firmness else None,
    }


def _firmness(page: FirmnessPage) -> dict[str, object]:
    return {
        "state": page.state,
        "reasons": page.reasons,
        "places": [{"main": main, "more": more} for main, more in page.places],
        "charts": [for_paper(chart) for chart in page.charts],
        "table": {"heads": page.table.heads, "rows": page.table.rows},
        "note": page.note,
    }


def _criterion(criterion: Criterion) -> dict[str, str]:
    return {
        "name": criterion.name,
        "weight": weight_text(criterion.weight),
        "source": SOURCES[criterion.source],
    }


def _ranked(line: RankedLine, digits: int) -> dict[str, object]:
    return {
        "place": line.place,
        "nominee": line.nominee,
        "origin": line.origin,
        "award": line.award,
        "official_score": wording.decimal_number(line.official_score),
        "scores": [
            {"text": score_text(cell, digits), "seats": "" if cell.seats is None else str(cell.seats)}
            for cell in line.scores
        ],
        "tied": line.tied,
        "remarks": [remark for remark in (line.tie_step, line.deviation) if remark],
    }


def _unranked(line: StatusLine) -> dict[str, str]:
    return {"nominee": line.nominee, "origin": line.origin, "status": line.status, "reason": line.reason}
