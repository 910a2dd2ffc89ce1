"""What is typed to put something to the vote, and to vote on it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from judging.models import Ballot, Choice, Motion, Seat, Voting
from judging.selectors.decided import PartStandings, Tie
from judging.selectors.plenary import SeatAtPlenary
from judging.services.proposals import Move, Outside, TieOrder
from nominees.models import Nomination
from paritrana.kernel import phrases

from .plenary_forms import PartOfPage


class MotionForm(PartOfPage):
    """Who moves it, why, and whether the vote is secret; part of every motion. The reason comes last."""

    own_fields: tuple[str, ...] = ()

    proposed_by = forms.ChoiceField(label=_("Moved by"))
    is_secret = forms.BooleanField(label=_("Secret ballot"), required=False)
    reason = forms.CharField(label=phrases.REASON, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any, seats: Iterable[SeatAtPlenary], voting: str, prefix: str) -> None:
        super().__init__(data, auto_id=f"id_{prefix}_%s")
        self.seats = {str(each.seat.seat.pk): each.seat.seat for each in seats if each.present}
        choices = [("", "–"), *((key, seat.name) for key, seat in self.seats.items())]
        self.fields["proposed_by"] = forms.ChoiceField(label=_("Moved by"), choices=choices)
        if voting == Voting.SECRET:  # the rules leave no choice
            del self.fields["is_secret"]

    def order(self, *names: str) -> None:
        """Put the fields of what is moved before those that every motion has."""
        self.order_fields([*names, "proposed_by", "is_secret", "reason"])

    def motion(self) -> dict[str, Any]:
        """What every motion has, as its service takes it."""
        found = self.cleaned_data
        return {
            "proposed_by": self.seats[found["proposed_by"]],
            "is_secret": bool(found.get("is_secret")),
            "reason": found["reason"],
        }


class TieForm(MotionForm):
    """The order of the nominees that share a place, one choice per position."""

    def __init__(self, data: Any, tie: Tie, seats: Iterable[SeatAtPlenary], voting: str, prefix: str) -> None:
        super().__init__(data, seats, voting, prefix)
        self.tie = tie
        self.nominations = {str(each.number): each for each in tie.nominations}
        choices = [("", "–"), *((number, str(each)) for number, each in self.nominations.items())]
        names = [f"order_{position}" for position in range(1, len(choices))]
        for position, name in enumerate(names, start=1):
            self.fields[name] = forms.ChoiceField(
                label=_("Position %(position)s in this group") % {"position": position}, choices=choices
            )
        self.order(*names)

    def proposal(self) -> TieOrder:
        """The chosen order, best first; a nominee chosen twice is left for the service to refuse."""
        chosen = [name for name in self.fields if name.startswith("order_")]
        order = [self.nominations[self.cleaned_data[name]] for name in chosen]
        subject = self.tie.category or self.tie.pool
        assert subject is not None  # noqa: S101 (a tie is one of a category or a pool)
        return TieOrder(subject, order)


class DeviationForm(MotionForm):
    """Who moves to which position."""

    def __init__(
        self, data: Any, part: PartStandings, seats: Iterable[SeatAtPlenary], voting: str, prefix: str
    ) -> None:
        super().__init__(data, seats, voting, prefix)
        self.part = part
        self.nominations = {str(line.nomination.number): line.nomination for line in part.ranked}
        names = [(str(line.nomination.number), f"{line.place}. {line.nomination}") for line in part.ranked]
        positions = [(position, str(position)) for position in range(1, len(names) + 1)]
        self.fields["nominee"] = forms.ChoiceField(label=phrases.NOMINEE, choices=names)
        self.fields["position"] = forms.TypedChoiceField(label=_("New position"), coerce=int, choices=positions)
        self.order("nominee", "position")

    def proposal(self) -> Move:
        """Who goes where."""
        found = self.cleaned_data
        return Move(self.part.subject, self.nominations[found["nominee"]], found["position"])


class SpecialForm(MotionForm):
    """An award outside every ranking."""

    title = forms.CharField(label=_("Title of the award"), max_length=120)
    recipient = forms.CharField(label=_("Who receives it"), max_length=200)
    citation = forms.CharField(label=_("What for"), max_length=300)

    def __init__(
        self, data: Any, nominations: Iterable[Nomination], seats: Iterable[SeatAtPlenary], voting: str, prefix: str
    ) -> None:
        super().__init__(data, seats, voting, prefix)
        self.nominations = {str(each.number): each for each in nominations}
        choices = [("", "–"), *((number, str(each)) for number, each in self.nominations.items())]
        self.fields["nominee"] = forms.ChoiceField(
            label=_("Nominee, if the recipient is one"), choices=choices, required=False
        )
        self.order("title", "recipient", "nominee", "citation")

    def proposal(self) -> Outside:
        """What is granted, to whom and what for."""
        found = self.cleaned_data
        nomination = self.nominations.get(found["nominee"])
        return Outside(found["title"], found["recipient"], found["citation"], nomination)


class BallotForm(PartOfPage):
    """The vote of one seat."""

    choice = forms.ChoiceField(label=_("Your vote"), choices=Choice.choices, widget=forms.RadioSelect)


class HandsForm(PartOfPage):
    """A show of hands: one choice for each seat that may vote; who voted on the own device is left out."""

    def __init__(self, data: Any, motion: Motion, seats: Sequence[Seat], own: Mapping[int, Ballot]) -> None:
        super().__init__(data, auto_id=f"id_hands_{motion.number}_%s")
        cast = {ballot.seat_id: ballot.choice for ballot in motion.ballots.all()}
        self.by_name = {f"seat_{seat.pk}": seat for seat in seats if seat.pk not in own}
        choices = [("", "–"), *Choice.choices]
        for name, seat in self.by_name.items():
            self.fields[name] = forms.ChoiceField(
                label=seat.name, choices=choices, required=False, initial=cast.get(seat.pk, "")
            )

    def choices(self) -> dict[Seat, Choice]:
        """Seat -> its choice, of the seats that have one."""
        found = self.cleaned_data
        return {seat: Choice(found[name]) for name, seat in self.by_name.items() if found[name]}
