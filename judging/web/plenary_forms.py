"""What is typed at the plenary."""

from collections.abc import Iterable
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from judging.selectors.decided import PartStandings, Tie
from judging.selectors.plenary import SeatAtPlenary
from judging.services.votes import Votes
from nominees.models import Nomination
from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper


class PartOfPage(forms.Form):
    """A form whose tag and button the page draws; ``columns`` stand side by side where there is room."""

    columns: tuple[str, ...] = ()

    @property
    def helper(self) -> Any:
        """The layout: every field in its order, ``columns`` in one row."""
        found = page_form_helper(with_tag=False)
        rows: list[Any] = [name for name in self.fields if name not in self.columns]
        if self.columns:
            last = rows.pop()
            rows += [Row(*(Column(name, css_class="col-sm-4") for name in self.columns)), last]
        found.layout = Layout(*rows)
        return found


class OpenForm(PartOfPage):
    """Where the plenary meets."""

    place = forms.CharField(label=_("Meeting place"), max_length=120)


class AttendanceForm(PartOfPage):
    """A tick for every seat that is present."""

    def __init__(self, data: Any, seats: Iterable[SeatAtPlenary]) -> None:
        super().__init__(data)
        self.seats = [each for each in seats if each.seat.seating]
        for each in self.seats:
            self.fields[f"seat_{each.seat.seat.pk}"] = forms.BooleanField(
                label=f"{each.seat.seat.name}: {each.name}", required=False, initial=bool(each.present)
            )

    def present(self) -> dict[Any, bool]:
        """Seat -> whether it is ticked, for the seats that somebody holds."""
        return {each.seat.seat: self.cleaned_data[f"seat_{each.seat.seat.pk}"] for each in self.seats}


class VoteForm(PartOfPage):
    """How the seats voted, and why; part of every motion. The reason comes last."""

    columns = ("votes_for", "votes_against", "abstentions")

    votes_for = forms.IntegerField(label=_("Votes for"), min_value=0, max_value=9)
    votes_against = forms.IntegerField(label=_("Votes against"), min_value=0, max_value=9, initial=0)
    abstentions = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=9, initial=0)
    reason = forms.CharField(label=phrases.REASON, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def votes(self) -> Votes:
        """The three counts."""
        found = self.cleaned_data
        return Votes(found["votes_for"], found["votes_against"], found["abstentions"])


class TieForm(VoteForm):
    """The order of the nominees that share a place, one choice per position."""

    def __init__(self, data: Any, tie: Tie, prefix: str) -> None:
        super().__init__(data, auto_id=f"id_{prefix}_%s")
        self.nominations = {str(each.number): each for each in tie.nominations}
        choices = [("", "–"), *((number, str(each)) for number, each in self.nominations.items())]
        names = [f"order_{position}" for position in range(1, len(choices))]
        for position, name in enumerate(names, start=1):
            self.fields[name] = forms.ChoiceField(
                label=_("Position %(position)s in this group") % {"position": position}, choices=choices
            )
        self.order_fields([*names, "votes_for", "votes_against", "abstentions", "reason"])

    def order(self) -> list[Nomination]:
        """The chosen order, best first; a nominee chosen twice is left for the service to refuse."""
        chosen = [name for name in self.fields if name.startswith("order_")]
        return [self.nominations[self.cleaned_data[name]] for name in chosen]


class DeviationForm(VoteForm):
    """Who moves to which position."""

    def __init__(self, data: Any, part: PartStandings, prefix: str) -> None:
        super().__init__(data, auto_id=f"id_{prefix}_%s")
        self.nominations = {str(line.nomination.number): line.nomination for line in part.ranked}
        names = [(str(line.nomination.number), f"{line.place}. {line.nomination}") for line in part.ranked]
        positions = [(position, str(position)) for position in range(1, len(names) + 1)]
        self.fields["nominee"] = forms.ChoiceField(label=phrases.NOMINEE, choices=names)
        self.fields["position"] = forms.TypedChoiceField(label=_("New position"), coerce=int, choices=positions)
        self.order_fields(["nominee", "position", "votes_for", "votes_against", "abstentions", "reason"])


class CountersignForm(PartOfPage):
    """One's own password once more."""

    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class ConfirmForm(CountersignForm):
    """The number of the minutes, and the chair's password once more."""

    minutes_number = forms.CharField(label=_("Number of the minutes"), max_length=80)
    field_order = ("minutes_number", "password")
