"""How firm a result is, for the ranking sheet: sentences in Indonesian and three charts. Paper is Indonesian only."""

from collections.abc import Mapping
from typing import Final

from judging.core.robustness.data import Reason
from judging.documents.charts import Chart, Part, Table, spread_chart, stability_chart, totals_chart
from judging.documents.charts.drawing import table
from judging.documents.firmness_data import FirmnessPage
from judging.documents.ranking_sheet import weight_text
from judging.models import Tabulation
from judging.selectors.chart_rows import LARGEST, spread_rows, stability_rows, totals_rows
from judging.selectors.decided import PartStandings
from judging.selectors.diagnostics import PartDiagnostics, diagnostics_of, seat_names
from judging.selectors.firmness import Claim, Names, share_words, together
from paritrana.kernel import wording

#: Said on the page only: it names every criterion.
LONG: Final = "firm_transfer_several"
#: What fits side by side on a sheet; the rest stands in the table of places.
SHOWN_ON_PAPER: Final = 7

STATES: Final = {"stable": "Kokoh", "contested": "Kurang kokoh", "undetermined": "Belum dapat ditentukan"}
REASONS: Final = {
    "nobody_ranked": "Tidak ada nomine yang diberi peringkat.",
    "one_ranked": "Hanya satu nomine yang diberi peringkat: {nominee}.",
    "tied_first": "Peringkat pertama dipegang bersama: {nominees}.",
    "seat_decides": "Tanpa {seat}, peringkat pertama beralih kepada {first}.",
    "no_seat_decides": "Peringkat pertama tidak bergantung pada salah satu unsur mana pun.",
    "probability": (
        "Seandainya tim penilai disusun ulang dengan mengundi unsur yang sama, {nominee} menjadi yang pertama dalam "
        "{probability} kemungkinan (disebut kokoh mulai {enough})."
    ),
    "no_probability": "Kemungkinan bila panel disusun ulang tidak dapat dihitung.",
}
SENTENCES: Final = {
    "firm_tied": "{title} dipegang bersama atau terbuka ({nominee}): pleno yang memutuskan.",
    "firm_alone": "{title}, {nominee}: tidak ada nomine lain yang diberi peringkat.",
    "firm_holds_points": (
        "{title}, {nominee}: tetap pada setiap perubahan satu bobot kurang dari {points} poin, dan tetap juga "
        "jika salah satu unsur mana pun tidak dihitung."
    ),
    "firm_holds_any": (
        "{title}, {nominee}: tetap berapa pun bobot satu kriteria, dan tetap juga jika salah satu unsur mana pun tidak "
        "dihitung."
    ),
    "firm_holds_level": (
        "{title}, {nominee}: nilai eksaknya sama dengan tetangganya; tetap jika salah satu unsur mana pun tidak "
        "dihitung."
    ),
    "firm_holds_only": "{title}, {nominee}: tetap jika salah satu unsur mana pun tidak dihitung.",
    "firm_hangs_points": (
        "{title}, {nominee}: tetap pada setiap perubahan satu bobot kurang dari {points} poin, tetapi beralih "
        "jika salah satu unsur ini tidak dihitung: {seats}."
    ),
    "firm_hangs_any": (
        "{title}, {nominee}: tetap berapa pun bobot satu kriteria, tetapi beralih jika salah satu unsur ini "
        "tidak dihitung: {seats}."
    ),
    "firm_hangs_level": (
        "{title}, {nominee}: nilai eksaknya sama dengan tetangganya, dan beralih jika salah satu unsur ini "
        "tidak dihitung: {seats}."
    ),
    "firm_hangs_only": "{title}, {nominee}: beralih jika salah satu unsur ini tidak dihitung: {seats}.",
    "firm_without_seat": "Tanpa {seat}, {title} beralih kepada {holders}.",
    "firm_without_seat_nobody": "Tanpa {seat}, {title} tidak dipegang siapa pun.",
    "firm_by_mean": "Dengan rata-rata biasa, {title} beralih kepada {holders}.",
    "firm_by_median": "Dengan median, {title} beralih kepada {holders}.",
    "firm_by_trimmed": "Dengan rata-rata terpangkas, {title} beralih kepada {holders}.",
    "firm_transfer": ("Memindahkan {points} poin bobot dari {source} ke {target} menyamakan {below} dengan {above}."),
    "firm_transfer_several": ("Memindahkan seluruhnya {points} poin bobot menyamakan {below} dengan {above}: {moves}."),
    "firm_probability": (
        "Seandainya tim penilai disusun ulang dengan mengundi unsur yang sama, peringkat ini tetap dalam {share} "
        "kemungkinan."
    ),
}


def firmness_page(tabulation: Tabulation, part: PartStandings) -> FirmnessPage | None:
    """Return the page about firmness; None where nobody is ranked or the category is too large for it. One query."""
    if not part.ranked or len(part.lines) > LARGEST:
        return None
    found = diagnostics_of(part, seat_names(tabulation), tabulation.rules.divergence_limit)
    verdict, charts = found.found.verdict, _charts(part, found)
    return FirmnessPage(
        state=STATES[verdict.state],
        reasons=tuple(reason_sentence(reason, found.names) for reason in together(verdict.reasons, found.names)),
        places=tuple(
            (claim_sentence(story.main), tuple(claim_sentence(claim) for claim in story.more if claim.code != LONG))
            for story in found.stories
        ),
        charts=charts,
        table=_numbers(charts),
        note=_note(part),
    )


def claim_sentence(claim: Claim) -> str:
    """Return a claim as papers say it."""
    return SENTENCES[claim.code].format(**claim.facts)


def reason_sentence(reason: Reason, names: Names) -> str:
    """Return why the verdict is what it is, as papers say it."""
    return REASONS[reason.code].format(**_facts(reason.facts, names))


def _facts(facts: Mapping[str, object], names: Names) -> dict[str, str]:
    found = {}
    for name, value in facts.items():
        if isinstance(value, list):
            found[name] = names.group(value) or "tidak seorang pun"
        elif isinstance(value, str):
            found[name] = names.seat(value) if name == "seat" else names.nominee(value)
        elif isinstance(value, int | float):
            found[name] = share_words(value)
    return found


def _charts(part: PartStandings, found: PartDiagnostics) -> tuple[Chart, ...]:
    weights = part.problem.rubric.leaf_weights
    totals = totals_chart(
        title="Nilai menurut kriteria",
        description="Setiap nomine satu batang dari 0 sampai 100; bagiannya adalah poin dari tiap kriteria.",
        heads=("Nomine", "Nilai resmi"),
        parts=[Part(leaf.title or leaf.id, weight_text(weights[leaf.id])) for leaf in part.criteria],
        rows=totals_rows(part, found.points)[:SHOWN_ON_PAPER],
    )
    spread = spread_chart(
        title="Sebaran antarunsur",
        description="Nilai total menurut lembar tiap unsur, mediannya, dan nilai resmi.",
        heads=("Nomine", "Nilai resmi", "Unsur", "Terendah", "Median", "Tertinggi"),
        keys=("Satu unsur", "Median", "Nilai resmi"),
        rows=spread_rows(part, found.points, found.found.totals)[:SHOWN_ON_PAPER],
    )
    accepted = found.found.acceptability
    if accepted is None:
        return totals, spread
    stability = stability_chart(
        title="Kestabilan peringkat",
        description=(
            f"Seberapa sering tiap nomine menempati tiap peringkat bila bobot diundi di sekitar bobot resmi "
            f"({wording.decimal_number(accepted.samples)} undian, benih {accepted.seed})."
        ),
        heads=("Nomine", "Peringkat"),
        rows=stability_rows(part, accepted.official)[:SHOWN_ON_PAPER],
    )
    return totals, spread, stability


def _numbers(charts: tuple[Chart, ...]) -> Table:
    """The points of each criterion, then the seats' lowest, median and highest total, in one row per nominee."""
    totals, spread = charts[0].table, charts[1].table
    rows = ((*one, *other[2:]) for one, other in zip(totals.rows, spread.rows, strict=True))
    letters = (head.partition(" ")[0] for head in totals.heads[1:-1])  # the legend above says which is which
    return table((totals.heads[0], *letters, totals.heads[-1], *spread.heads[2:]), rows)


def _note(part: PartStandings) -> str:
    count = len(part.ranked)
    return f"Gambar menampilkan {SHOWN_ON_PAPER} dari {count} nomine teratas." if count > SHOWN_ON_PAPER else ""
