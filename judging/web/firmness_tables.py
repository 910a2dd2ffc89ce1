"""How firm the places are, as sections of tables: without one seat, by other methods, other weights, other panels."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from judging.core.robustness.data import SingleChange, Variation, WeightFlip
from judging.documents.charts import Chart, StabilityRow, Table, stability_chart
from judging.documents.charts.drawing import table
from judging.documents.charts.stability import share_text
from judging.selectors.chart_rows import label_of, shown, stability_rows
from judging.selectors.decided import PartStandings
from judging.selectors.diagnostics import PartDiagnostics
from judging.selectors.firmness import at_most
from judging.selectors.tabulations import key_of
from judging.web.rules_wording import METHODS
from paritrana.kernel.wording import decimal_number

from .firmness_charts import estimate, stability_of

#: So many changes are named in one cell.
NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Section:
    """One question of the page: what it asks, its numbers (``folded`` away where they are many), and remarks."""

    id: str
    title: str
    lead: str
    table: Table | None = None
    chart: Chart | None = None
    notes: tuple[str, ...] = ()
    folded: bool = False


def firmness_sections(part: PartStandings, found: PartDiagnostics) -> list[Section]:
    """Return the sections about places, in the order of the page; what could not be computed is left out."""
    sections = [_seats(found), _methods(found), _weights(found), _stability(part, found), _panels(part, found)]
    return [section for section in [*sections, _possible(part, found)] if section is not None]


def _seats(found: PartDiagnostics) -> Section:
    rows = [
        (found.names.seat(seat), *_variation(variation, found)) for seat, variation in found.found.leave_one_out.items()
    ]
    return Section(
        "tanpa-satu-unsur",
        _("Without one seat"),
        _("The whole category counted again without each seat in turn."),
        table((_("Without"), _("First place"), _("Places that change")), rows, (0, 1, 2)),
    )


def _methods(found: PartDiagnostics) -> Section:
    rows = [
        (str(METHODS[method]), *_variation(variation, found))
        for method, variation in found.found.methods.items()
        if variation is not None
    ]
    return Section(
        "metode",
        _("By other methods"),
        _("The whole category counted again with one method for every criterion of the panel."),
        table((_("Method"), _("First place"), _("Places that change")), rows, (0, 1, 2)),
    )


def _variation(variation: Variation, found: PartDiagnostics) -> tuple[str, str]:
    first = found.names.group(variation.first) or "–"
    return first, _changes(variation, found)


def _changes(variation: Variation, found: PartDiagnostics) -> str:
    """Name who moves from where to where, best first; "none" where nobody does."""
    before = {standing.nominee: standing.place for standing in found.found.result.standings}
    after = variation.places
    ordered = sorted(variation.changed, key=lambda key: (before.get(key) is None, before.get(key) or 0, key))
    words = [
        f"{found.names.nominee(key)} {before.get(key) or '–'} → {after.get(key) or '–'}" for key in ordered[:NAMED]
    ]
    if len(ordered) > NAMED:
        words.append(_("and %(count)s more") % {"count": len(ordered) - NAMED})
    return "; ".join(words) or _("none")


def _weights(found: PartDiagnostics) -> Section:
    flips = found.found.weight_flips
    rows = [
        (
            _("After place %(place)s") % {"place": flip.after_place},
            _pair(flip, found),
            _single(flip.single, found),
            _transfer(flip, found),
        )
        for flip in flips.boundaries
    ]
    heads = (_("Boundary"), _("Who meets"), _("Smallest change of one weight"), _("Smallest shift of weight in all"))
    notes: tuple[str, ...] = (_("Measured on the exact totals, before any rounding; points are of 100."),)
    if any(flip.why_null == "not_linear" for flip in flips.boundaries) or flips.why_null == "not_linear":
        notes += (_("Whole sheets are combined here: only the change of one weight can be said exactly."),)
    return Section(
        "bobot",
        _("With other weights"),
        _("How far the weights would have to move until somebody below a boundary is level with somebody above it."),
        table(heads, rows, (0, 1, 2, 3)) if rows else None,
        notes=notes,
    )


def _pair(flip: WeightFlip, found: PartDiagnostics) -> str:
    return " / ".join(found.names.nominee(key) for key in flip.pair) if flip.pair else "–"


def _single(single: SingleChange | None, found: PartDiagnostics) -> str:
    if single is None:
        return _("none does it")
    if not single.change:
        return _("level already")
    facts = {
        "criterion": found.names.criterion(single.criterion),
        "before": decimal_number(single.weight, 2),
        "after": decimal_number(single.to_weight, 2),
        "change": decimal_number(single.change, 2),
    }
    return _("%(criterion)s from %(before)s to %(after)s: %(change)s points") % facts


def _transfer(flip: WeightFlip, found: PartDiagnostics) -> str:
    if flip.transfer is None:
        return "–" if flip.why_null == "not_linear" else _("none does it")
    moves = (
        f"{found.names.criterion(move.source)} → {found.names.criterion(move.target)} {at_most(move.amount)}"
        for move in flip.transfer.moves
    )
    return "; ".join(moves) or _("level already")


def _stability(part: PartStandings, found: PartDiagnostics) -> Section | None:
    accepted = found.found.acceptability
    if accepted is None:
        return None
    rows = stability_rows(part, accepted.uniform)
    facts = {
        "samples": estimate(accepted.samples, 0),
        "seed": accepted.seed,
        "error": estimate(accepted.standard_error * 100),
        "concentration": accepted.concentration,
    }
    return Section(
        "kestabilan",
        _("Stability of places"),
        _("How often each nominee takes each place when the weights are drawn by lot many times."),
        _uniform(rows),
        stability_of(part, found),
        (
            _(
                "%(samples)s draws with seed %(seed)s; the standard error is at most %(error)s points. Drawn around "
                "the official weights with concentration %(concentration)s."
            )
            % facts,
            _("The second table lets every set of weights be equally likely."),
        ),
        folded=True,
    )


def _uniform(rows: list[StabilityRow]) -> Table:
    return stability_chart(title="", description="", heads=(_("Nominee, any weights"), _("Place")), rows=rows).table


def _panels(part: PartStandings, found: PartDiagnostics) -> Section | None:
    drawn = found.found.bootstrap
    if drawn is None:
        return None
    rows = [
        (label_of(line), share_text(drawn.first[key_of(line.nomination)]))
        for line in shown(part)
        if drawn.first.get(key_of(line.nomination))
    ]
    facts = {"count": estimate(drawn.multisets, 0)}
    return Section(
        "panel-lain",
        _("With panels like this one"),
        _("How probable the first place is if the panel had been drawn anew from the same seats."),
        table((_("Nominee"), _("First place")), rows),
        notes=(_("All %(count)s possible panels were counted, none was sampled.") % facts,),
    )


def _possible(part: PartStandings, found: PartDiagnostics) -> Section | None:
    possible = found.found.possible_places
    if not possible.open_cells and not possible.open_values:
        return None
    rows = [
        (label_of(line), str(span[0]), str(span[1]), _("certain") if span[0] == span[1] else "")
        for line in shown(part)
        if (span := possible.places.get(key_of(line.nomination)))
    ]
    facts = {"marks": possible.open_cells, "figures": possible.open_values}
    return Section(
        "mungkin",
        _("What is already certain"),
        _("Marks still open: %(marks)s; figures still open: %(figures)s.") % facts,
        table((_("Nominee"), _("Best place"), _("Worst place"), _("Certain")), rows),
    )
