"""How far the seats agree, each seat beside the panel, and where the plenary may want to look: sections of tables."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext as _

from judging.core.agreement import Agreement, Alpha, IntraclassCorrelation
from judging.core.divergence import Divergence, Flag
from judging.core.severity import SeatProfile, SectorEffect, Slope
from judging.documents.charts.drawing import table
from judging.selectors.chart_rows import label_of, score_of, shown
from judging.selectors.decided import PartStandings
from judging.selectors.diagnostics import PartDiagnostics
from judging.selectors.tabulations import key_of
from paritrana.kernel.sentences import sentence

from .firmness_charts import estimate, severity_of
from .firmness_tables import Section

#: So many flags are listed at the most.
FLAGGED: Final = 100


def seat_sections(
    part: PartStandings,
    found: PartDiagnostics,
    drifts: Mapping[str, Slope | None],
    sectors: Mapping[str, SectorEffect | None],
    limit: int,
) -> list[Section]:
    """Return the sections about seats, in the order of the page."""
    return [
        _agreement(found.found.agreement),
        _chart(found),
        _profiles(found, drifts, sectors),
        _linked(found),
        _divergence(found, limit),
        _adjusted(part, found),
    ]


def _agreement(found: Agreement) -> Section:
    rows = []
    for code, name in (("ICC(2,k)", _("ICC(2,k): the panel's mean")), ("ICC(2,1)", _("ICC(2,1): one seat"))):
        if found.icc is not None:
            rows.append((name, *_intraclass(found.icc[code]), str(found.n), str(found.k)))
    if found.kendall_w is not None:
        w = found.kendall_w
        rows.append((_("Kendall's W: the order"), estimate(w.w), _probability(w.p), str(w.n), str(w.k)))
    for name, alpha in ((_("Krippendorff's alpha: the marks"), found.interval), (_("Alpha: the order"), found.ordinal)):
        if alpha is not None:
            rows.append((name, estimate(alpha.alpha), _interval(alpha.lower, alpha.upper), *_units(alpha)))
    heads = (_("Measure"), _("Value"), _("Interval (95%)"), _("Nominees"), _("Seats or marks"))
    return Section(
        "kesepakatan",
        _("Agreement of the seats"),
        _("On each seat's total over the panel's criteria: 1 is full agreement, 0 no more than chance."),
        table(heads, rows) if rows else None,
        notes=tuple(sentence(f"agreement_{code}") for code in found.warnings),
    )


def _probability(p: float) -> str:
    return "p < 0,001" if round(p * 1000) == 0 else f"p = {estimate(p, 3)}"


def _intraclass(found: IntraclassCorrelation) -> tuple[str, str]:
    return estimate(found.value), _interval(found.lower, found.upper)


def _units(alpha: Alpha) -> tuple[str, str]:
    return str(alpha.units), str(alpha.marks)


def _interval(lower: float | None, upper: float | None) -> str:
    return "–" if lower is None or upper is None else f"{estimate(lower)} … {estimate(upper)}"


def _chart(found: PartDiagnostics) -> Section:
    return Section(
        "unsur",
        _("Seats beside the panel"),
        _("Differences of severity are normal; they cancel out where every seat marks every nominee."),
        chart=severity_of(found),
    )


def _profiles(
    found: PartDiagnostics, drifts: Mapping[str, Slope | None], sectors: Mapping[str, SectorEffect | None]
) -> Section:
    heads = (
        _("Seat"),
        _("Sheets"),
        _("Mean"),
        _("Spread"),
        _("With the others"),
        _("Regularity"),
        _("Per interview of a day"),
        _("Own sector"),
    )
    rows = [
        (found.names.seat(seat), *_profile(profile), _slope(drifts.get(seat)), _sector(sectors.get(seat)))
        for seat in found.names.seats
        if (profile := found.found.seats.get(seat))
    ]
    return Section(
        "unsur-rinci",
        _("Each seat in figures"),
        _("Figures to talk about, not verdicts on people."),
        table(heads, rows),
        notes=(
            _(
                "With the others: rank correlation with the mean of the other seats. Regularity: near 1 for a seat as "
                "regular as the panel. Per interview and own sector: points with the standard error."
            ),
        ),
        folded=True,
    )


def _profile(profile: SeatProfile) -> tuple[str, ...]:
    remarks = ", ".join(sentence(f"seat_{code}") for code in profile.warnings)
    count = f"{profile.n} ({remarks})" if remarks else str(profile.n)
    figures = (profile.mean, profile.spread, profile.correlation, profile.infit)
    return (count, *(estimate(figure) for figure in figures))


def _slope(found: Slope | None) -> str:
    return "–" if found is None else f"{estimate(found.slope)} ± {estimate(found.se)} (n = {found.n})"


def _sector(found: SectorEffect | None) -> str:
    if found is None:
        return "–"
    return f"{estimate(found.difference)} ± {estimate(found.se)} (n = {found.n_own})"


def _linked(found: PartDiagnostics) -> Section:
    linked = found.found.connected
    if linked.connected:
        lead = _("Yes: strict seats and weak nominees can be told apart.")
        return Section("keterhubungan", _("Do the sheets hang together?"), lead)
    rows = [
        (str(number), ", ".join(map(found.names.seat, piece.judges)) or "–", found.names.group(piece.nominees) or "–")
        for number, piece in enumerate(linked.components, start=1)
    ]
    joining = "; ".join(f"{found.names.seat(seat)}: {found.names.nominee(name)}" for seat, name in linked.joining or ())
    notes = (_("These sheets would join them: %(sheets)s.") % {"sheets": joining},) if joining else ()
    return Section(
        "keterhubungan",
        _("Do the sheets hang together?"),
        sentence("agreement_unconnected"),
        table((_("Piece"), _("Seats"), _("Nominees")), rows, (0, 1, 2)),
        notes=notes,
    )


def _divergence(found: PartDiagnostics, limit: int) -> Section:
    flagged = found.found.divergence
    widest = flagged if len(flagged) <= FLAGGED else sorted(flagged, key=lambda each: -each.range)[:FLAGGED]
    rows = [_flagged(each, found) for each in widest]
    lead = _("Where seats are more than %(limit)s points apart: for the plenary to talk about, nothing is left out.")
    heads = (_("Nominee"), _("Criterion"), _("Range"), _("Median"), _("Why"))
    return Section(
        "perbedaan",
        _("Where the seats are far apart"),
        lead % {"limit": limit},
        table(heads, rows, (0, 1, 4)) if rows else None,
        notes=_flag_notes(len(flagged)),
    )


def _flag_notes(count: int) -> tuple[str, ...]:
    if not count:
        return (_("Nowhere."),)
    if count <= FLAGGED:
        return ()
    return (
        _("The widest %(shown)s of %(count)s are shown; all are in the data.") % {"shown": FLAGGED, "count": count},
    )


def _flagged(each: Divergence, found: PartDiagnostics) -> tuple[str, ...]:
    criterion = found.names.criterion(each.criterion) if each.criterion else _("complete sheets")
    why = "; ".join(_flag(flag, found) for flag in each.flags)
    return found.names.nominee(each.nominee), criterion, estimate(each.range, 1), estimate(each.median, 1), why


def _flag(flag: Flag, found: PartDiagnostics) -> str:
    facts = {"seat": found.names.seat(flag.seat or ""), "amount": estimate(flag.amount, 1)}
    return sentence(f"flag_{flag.code}", facts)


def _adjusted(part: PartStandings, found: PartDiagnostics) -> Section:
    other = found.found.adjusted
    rows = []
    for line in shown(part):
        key = key_of(line.nomination)
        rows.append(
            (
                label_of(line),
                score_of(line),
                estimate(other.additive.get(key)),
                str(other.places_additive.get(key, "–")),
                estimate(other.z.get(key)),
                str(other.places_z.get(key, "–")),
            )
        )
    heads = (
        _("Nominee"),
        _("Official score"),
        _("Adjusted for severity"),
        _("Place by it"),
        _("Mean z-score"),
        _("Place by z-score"),
    )
    return Section(
        "disesuaikan",
        _("Without differences of severity"),
        _("Not the official score: what the totals would be if every seat were as strict as the panel's average."),
        table(heads, rows),
        folded=True,
    )
