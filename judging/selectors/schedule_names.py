"""What people call the things of a schedule, of which the core knows ids alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from judging.core.scheduling.problem import Span
from judging.models import Seat, SharedPerson
from nominees.models import Category, Nomination, Round
from paritrana.kernel import wording

from .scheduling_problem import MIDNIGHT


@dataclass(frozen=True)
class ScheduleNames:
    """Names by the ids of the core; what is gone meanwhile is called by its id."""

    zone: str
    nominees: Mapping[str, str]
    seats: Mapping[str, str]
    categories: Mapping[str, str]
    persons: Mapping[str, str]

    def nominee(self, number: str) -> str:
        """Return whom it is about."""
        return self.nominees.get(number, number)

    def seat(self, code: str) -> str:
        """Return the name of a seat."""
        return self.seats.get(code, code)

    def category(self, code: str) -> str:
        """Return the name of a category."""
        return self.categories.get(code, code)

    def person(self, code: str) -> str:
        """Return who comes for several nominees."""
        return self.persons.get(code, code)

    def moment(self, day: str, start: int) -> str:
        """Return "Rabu, 25 Juni 2025, pukul 09.00 WITA"."""
        return f"{day_name(day)}, pukul {wording.minute_text(start)} {wording.zone_label(self.zone)}"

    def span(self, span: Span) -> str:
        """Return the day with its times; a whole day is the day alone."""
        if (span.start, span.end) == (0, MIDNIGHT):
            return day_name(span.day)
        return f"{day_name(span.day)}, {wording.minute_range(span.start, span.end, self.zone)}"

    def spans(self, spans: Iterable[Span]) -> str:
        """Return all of ``spans``."""
        return "; ".join(self.span(one) for one in spans)


def names_of(round: Round) -> ScheduleNames:
    """Return the names of ``round``. Four queries."""
    nominations = Nomination.objects.filter(round=round).select_related("nominee")
    return ScheduleNames(
        zone=round.time_zone,
        nominees={str(one.number): str(one) for one in nominations},
        seats=dict(Seat.objects.filter(round=round).values_list("code", "name")),
        categories={one.code: str(one) for one in Category.objects.filter(round=round)},
        persons={f"orang-{one.number}": one.name for one in SharedPerson.objects.filter(round=round)},
    )


def day_name(day: str) -> str:
    """Return an ISO date as people write it: "Rabu, 25 Juni 2025"."""
    return wording.long_day_date(date.fromisoformat(day))
