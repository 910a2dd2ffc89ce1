"""Marks of the demo: they follow from the seed alone, so every build gives the same result."""

from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from judging.core.criteria import Criterion


@dataclass(frozen=True)
class Marks:
    """A made-up opinion of every seat on every nominee.

    A nominee named in ``same_as`` gets the marks of another, so that the demo has exact ties; ``panel`` and
    ``secretariat`` fix single criteria for single nominees.
    """

    seed: int
    same_as: dict[str, str] = field(default_factory=dict)
    panel: dict[tuple[str, str], str] = field(default_factory=dict)
    secretariat: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, story: dict[str, Any]) -> "Marks":
        """Return the marks of the demo's story: one tie for the tie chain, one for the plenary."""
        chain, plenary = story["chain_tie"], story["plenary_tie"]
        fixed = {
            source: {
                (nominee, criterion): value
                for criterion, values in chain[source].items()
                for nominee, value in zip(chain["pair"], values, strict=True)
            }
            for source in ("panel", "secretariat")
        }
        return cls(
            story["seed"],
            {pair[1]: pair[0] for pair in (chain["pair"], plenary["pair"])},
            fixed["panel"],
            fixed["secretariat"],
        )

    def of_seat(self, seat: str, nominee: str, criterion: Criterion) -> str:
        """Return the mark of ``seat`` for ``nominee`` on a panel criterion, on its scale."""
        given = self.panel.get((nominee, criterion.id))
        return given or self._drawn(f"{seat}", nominee, criterion)

    def of_secretariat(self, nominee: str, criterion: Criterion) -> str:
        """Return the administrative score of ``nominee`` on a secretariat's criterion."""
        given = self.secretariat.get((nominee, criterion.id))
        return given or self._drawn("sekretariat", nominee, criterion)

    def _drawn(self, who: str, nominee: str, criterion: Criterion) -> str:
        name = self.same_as.get(nominee, nominee)
        merit = self._random(name).randint(58, 90)
        severity = self._random(who).randint(-5, 5)
        taste = self._random(name, criterion.id).randint(-6, 6)
        noise = self._random(who, name, criterion.id).randint(-5, 5)
        return _on_scale(min(max(merit + severity + taste + noise, 20), 100), criterion)

    def _random(self, *names: str) -> Random:
        return Random("/".join((str(self.seed), *names)))  # noqa: S311 - a story, not a secret


def _on_scale(of_hundred: int, criterion: Criterion) -> str:
    """Return a mark of 0 to 100 on the criterion's own scale, at a whole number."""
    scale = criterion.scale
    value = scale.minimum + (scale.maximum - scale.minimum) * Fraction(of_hundred, 100)
    return str(int(value + Fraction(1, 2)))
