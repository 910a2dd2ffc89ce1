"""The way of a computed schedule to its best: what it cost at which moment, and what no schedule can be below."""

from collections.abc import Sequence
from fractions import Fraction

from django.utils.translation import gettext as _

from judging.documents.charts import Chart, drawing
from judging.documents.charts.drawing import INK, LINE, SOFT, Shape
from judging.models import ScheduleRunStep
from paritrana.kernel import wording

TOP, BOTTOM, HEIGHT = 24, 150, 176
BLUE = "#196bcd"


def chart_of(steps: Sequence[ScheduleRunStep], bound: int | None, milliseconds: int) -> Chart | None:
    """Return the chart of the steps in which everybody has an interview, until ``milliseconds``; ``None``: too few."""
    whole = [one for one in steps if not one.unplaced]
    if len(whole) < 2:
        return None
    end = max(milliseconds, whole[-1].milliseconds, 1)
    most = max(one.total for one in whole) or 1
    rows = [(seconds(one.milliseconds), str(one.total)) for one in whole]
    heads = (_("Seconds"), _("Cost"))
    return Chart(
        id="langkah",
        title=_("How the schedule got better"),
        description=_("The cost of the best schedule over time. The lower line is what no schedule can be below."),
        height=HEIGHT,
        shapes=tuple(_shapes(whole, bound, end, most)),
        table=drawing.table(heads, rows, words=()),
    )


def seconds(milliseconds: int) -> str:
    """Return seconds for reading: "12,4"."""
    return wording.decimal_number(Fraction(milliseconds, 1000), 1)


def _shapes(whole: Sequence[ScheduleRunStep], bound: int | None, end: int, most: int) -> Sequence[Shape]:
    def x(milliseconds: int) -> str:
        return drawing.percent(milliseconds, end)

    def y(total: int) -> int:
        return BOTTOM - (BOTTOM - TOP) * total // most

    found = [drawing.line("0%", BOTTOM, "100%", BOTTOM, LINE)]
    if bound is not None:
        found.append(drawing.line("0%", y(bound), "100%", y(bound), SOFT, 2))
        found.append(drawing.text("0%", y(bound) - 6, str(bound), fill=SOFT))
    for one, following in zip(whole, [*whole[1:], None], strict=True):
        until = end if following is None else following.milliseconds
        found.append(drawing.line(x(one.milliseconds), y(one.total), x(until), y(one.total), BLUE, 3))
        if following is not None:
            found.append(drawing.line(x(until), y(one.total), x(until), y(following.total), BLUE, 3))
    found.append(drawing.text("0%", TOP - 8, str(whole[0].total), fill=INK, weight=600))
    found.append(drawing.text("100%", y(whole[-1].total) - 8, str(whole[-1].total), anchor="end", weight=600))
    found.append(drawing.text("100%", HEIGHT - 6, f"{seconds(end)} s", anchor="end", fill=SOFT))
    return found
