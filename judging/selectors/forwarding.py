"""Winners on their way to the national round."""

from dataclasses import dataclass

from judging.models import Award, Forwarding
from judging.selectors.awards import awards_within_quota
from nominees.models import Level, Nomination, Round


@dataclass(frozen=True, slots=True)
class ForwardingRow:
    """A winner within its category's quota and, once forwarded, the nomination it became."""

    award: Award
    forwarding: Forwarding | None

    @property
    def nomination(self) -> Nomination | None:
        """The national nomination."""
        return self.forwarding.nomination if self.forwarding else None


def national_round_of(round: Round) -> Round | None:
    """Return the national round of the same edition, if there is one. One query."""
    rounds = Round.objects.select_related("edition", "region")
    return rounds.filter(edition_id=round.edition_id, level=Level.NATIONAL, practice=0).first()


def forwarding_rows(round: Round) -> list[ForwardingRow]:
    """Return every winner within its quota, forwarded or not, by category and place. One query."""
    awards = awards_within_quota(round).select_related(
        "category",
        "nomination__nominee__region__parent__parent",
        "forwarding__nomination__round__edition",
        "forwarding__forwarded_by",
    )
    return [ForwardingRow(award, getattr(award, "forwarding", None)) for award in awards]
