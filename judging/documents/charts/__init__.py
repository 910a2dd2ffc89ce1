"""Pictures of a result as plain shapes: the same drawing for pages and papers, readable in grey and by ear.

A chart is laid out here from frozen data, in whole pixels downwards and per cents sideways, so that one drawing fits a
phone, a desktop and a sheet of paper with letters of one size. Templates only write the shapes down
(``components/chart.html``). Nothing here decides anything.
"""

from .drawing import Chart, Table, for_paper
from .severity import SeverityRow, severity_chart
from .spread import SpreadRow, spread_chart
from .stability import StabilityRow, stability_chart
from .totals import Part, TotalsRow, totals_chart

#: A chart shows so many nominees at the most; the text beside it says so.
SHOWN = 30

__all__ = [
    "SHOWN",
    "Chart",
    "Part",
    "SeverityRow",
    "SpreadRow",
    "StabilityRow",
    "Table",
    "TotalsRow",
    "for_paper",
    "severity_chart",
    "spread_chart",
    "stability_chart",
    "totals_chart",
]
