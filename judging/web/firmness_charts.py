"""The charts of a category or pool in the words of the page."""

from fractions import Fraction

from django.utils.translation import gettext as _

from judging.core.severity import SeatProfile
from judging.documents.charts import (
    SHOWN,
    Chart,
    Part,
    SeverityRow,
    severity_chart,
    spread_chart,
    stability_chart,
    totals_chart,
)
from judging.documents.ranking_sheet import weight_text
from judging.selectors.chart_rows import spread_rows, stability_rows, totals_rows
from judging.selectors.decided import PartStandings
from judging.selectors.diagnostics import PartDiagnostics
from paritrana.kernel import wording


def estimate(value: float | Fraction | None, places: int = 2) -> str:
    """Return a figure of the diagnostics for reading: "0,87", "-2,1"; a dash for none."""
    return "–" if value is None else wording.decimal_number(Fraction(value), places)


def totals_of(part: PartStandings, found: PartDiagnostics) -> Chart:
    """Return the totals by criterion."""
    weights = part.problem.rubric.leaf_weights
    return totals_chart(
        title=_("Totals by criterion"),
        description=_(
            "One bar per nominee from 0 to 100; its pieces are the points that each criterion brings. "
            "The table below has every number."
        ),
        heads=(_("Nominee"), _("Official score")),
        parts=[Part(leaf.title or leaf.id, weight_text(weights[leaf.id])) for leaf in part.criteria],
        rows=totals_rows(part, found.points),
        note=_note(part),
    )


def spread_of(part: PartStandings, found: PartDiagnostics) -> Chart:
    """Return the spread of the seats' totals."""
    return spread_chart(
        title=_("Spread of seats"),
        description=_(
            "For each nominee the total that every seat's sheet alone would give, their median, and the official "
            "score. The table below has every number."
        ),
        heads=(_("Nominee"), _("Official score"), _("Seats"), _("Lowest"), _("Median"), _("Highest")),
        keys=(_("One seat"), _("Median"), _("Official score")),
        rows=spread_rows(part, found.points, found.found.totals),
        note=_note(part),
    )


def severity_of(found: PartDiagnostics) -> Chart:
    """Return how far each seat's scores lie from the panel's."""
    return severity_chart(
        title=_("Seats beside the panel"),
        description=_(
            "For each seat how far its scores lie above or below the panel's on the same nominees, in points, with "
            "twice the standard error to either side. The table below has every number."
        ),
        heads=(_("Seat"), _("Difference"), _("Standard error")),
        sides=(_("lower scores"), _("higher scores")),
        rows=[
            _severity_row(found.names.seat(seat), profile)
            for seat, profile in sorted(found.found.seats.items(), key=lambda each: _place(each[0], found))
        ],
    )


def stability_of(part: PartStandings, found: PartDiagnostics) -> Chart | None:
    """Return how often each nominee takes each place when weights near the official ones are drawn."""
    accepted = found.found.acceptability
    if accepted is None:
        return None
    return stability_chart(
        title=_("Stability of places"),
        description=_(
            "For each nominee how often it takes each place when the weights are drawn around the official ones; "
            "darker is more often. The table below has every number."
        ),
        heads=(_("Nominee"), _("Place")),
        rows=stability_rows(part, accepted.official),
        note=_note(part),
    )


def signed(effect: float | None) -> str:
    """Return a distance with its sign: "+2,1"."""
    points = estimate(effect, 1)
    return f"+{points}" if effect is not None and effect > 0 and points != "0,0" else points


def difference_words(effect: float | None) -> str:
    """Return a seat's distance from the panel in words: "2,1 below the panel"."""
    if effect is None:
        return _("cannot be told")
    points = estimate(abs(effect), 1)
    if points == "0,0":
        return _("level with the panel")
    words = _("%(points)s above the panel") if effect > 0 else _("%(points)s below the panel")
    return words % {"points": points}


def _severity_row(name: str, profile: SeatProfile) -> SeverityRow:
    effect = None if profile.severity is None else -profile.severity
    words, error = difference_words(effect), estimate(profile.se)
    return SeverityRow(name, words, signed(effect), effect, profile.se, (words, error))


def _place(seat: str, found: PartDiagnostics) -> int:
    order = list(found.names.seats)
    return order.index(seat) if seat in order else len(order)


def _note(part: PartStandings) -> str:
    """Say so where not everybody is drawn."""
    if len(part.ranked) <= SHOWN:
        return ""
    facts = {"shown": SHOWN, "count": len(part.ranked)}
    return _("Shown are the best %(shown)s of %(count)s; all are in the table of places.") % facts
