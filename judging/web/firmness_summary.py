"""What stands below a ranking, and on the plenary's agenda: how firm it is in a few sentences, and two charts."""

from dataclasses import dataclass
from typing import Any, Final

from judging.core.robustness.data import Reason, Verdict
from judging.documents.charts import Chart
from judging.models import Tabulation
from judging.selectors.chart_rows import LARGEST
from judging.selectors.decided import PartStandings
from judging.selectors.diagnostics import PartDiagnostics, diagnostics_of, seat_names
from judging.selectors.firmness import Names, Story, share_words, together
from paritrana.kernel.sentences import sentence

from .firmness_charts import spread_of, totals_of

TONES: Final = {"stable": "success", "contested": "warning", "undetermined": "neutral"}


@dataclass(frozen=True, slots=True)
class Told:
    """One titled place in words: the plain sentence, and what it rests or hangs on."""

    main: str
    more: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """How firm one part is. ``tone`` and ``state``: the badge; ``flags``: how many the plenary should look at."""

    tone: str
    state: str
    reasons: tuple[str, ...]
    places: tuple[Told, ...]
    flags: int
    charts: tuple[Chart, ...] = ()


def query_of(part: PartStandings) -> str:
    """Return how addresses name the part: "?kategori=ukm"."""
    return f"?{'umum' if part.pool else 'kategori'}={part.subject.code}"


def beside_the_ranking(tabulation: Tabulation, part: PartStandings) -> dict[str, Any]:
    """Return the context of the sections below a ranking; of a large category only the link to its page.

    One query, whatever the size, so that a page costs the same for few and for many.
    """
    seats, limit = seat_names(tabulation), tabulation.rules.divergence_limit
    context: dict[str, Any] = {"firmness_query": query_of(part), "firm": None}
    if part.ranked and len(part.lines) <= LARGEST:
        found = diagnostics_of(part, seats, limit)
        context["firm"] = summary_of(found, (totals_of(part, found), spread_of(part, found)))
    return context


def summary_of(found: PartDiagnostics, charts: tuple[Chart, ...] = ()) -> Summary:
    """Return the verdict and the sentences of every titled place."""
    verdict = found.found.verdict
    return Summary(
        tone=TONES[verdict.state],
        state=sentence(f"verdict_{verdict.state}"),
        reasons=reasons_of(verdict, found.names),
        places=tuple(map(told, found.stories)),
        flags=len(found.found.divergence),
        charts=charts,
    )


def told(story: Story) -> Told:
    """Return a story in the active language."""
    return Told(
        sentence(story.main.code, story.main.facts),
        tuple(sentence(claim.code, claim.facts) for claim in story.more),
    )


def reasons_of(verdict: Verdict, names: Names) -> tuple[str, ...]:
    """Return why the verdict is what it is."""
    return tuple(_reason(reason, names) for reason in together(verdict.reasons, names))


def _reason(reason: Reason, names: Names) -> str:
    facts, code = reason.facts, f"reason_{reason.code}"
    if code == "reason_seat_decides" and not facts["first"]:
        code = "reason_seat_decides_nobody"
    return sentence(code, {name: _fact(name, value, names) for name, value in facts.items()})


def _fact(name: str, value: Any, names: Names) -> str:
    """A fact as text: codes by their names, probabilities in per cent."""
    if name == "seat":
        return names.seat(value)
    if name == "nominee":
        return names.nominee(value)
    if name in {"first", "nominees"}:
        return names.group(value)
    return share_words(value)


def for_the_agenda(part: PartStandings, tabulation: Tabulation) -> Summary | None:
    """Return the summary of a part for the plenary's agenda; None where nobody is ranked or it is too large. No query.

    The agenda has a page for the names, so seats go by their codes here.
    """
    if not part.ranked or len(part.lines) > LARGEST:
        return None
    return summary_of(diagnostics_of(part, {}, tabulation.rules.divergence_limit))
