"""What is typed at the plenary."""

from collections.abc import Iterable, Mapping
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from judging.selectors.plenary import SeatAtPlenary
from judging.services.votes import Votes
from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper


class PartOfPage(forms.Form):
    """A form whose tag and button the page draws; ``columns`` stand side by side where there is room."""

    columns: tuple[str, ...] = ()

    @property
    def helper(self) -> Any:
        """The layout: every field in its order, ``columns`` in one row."""
        found = page_form_helper(with_tag=False)
        found.errors_are_told = True
        rows: list[Any] = [name for name in self.fields if name not in self.columns]
        if self.columns:
            last = rows.pop()
            rows += [Row(*(Column(name, css_class="col-sm-4") for name in self.columns)), last]
        found.layout = Layout(*rows)
        return found


class Bound:
    """The forms that were refused, as they were sent, until the page takes each to its place."""

    def __init__(self, forms: Mapping[str, forms.Form]) -> None:
        self._left = dict(forms)

    def get(self, key: str, fresh: forms.Form) -> forms.Form:
        """The form ``key`` as it was sent, else ``fresh``; called only for a form that the page shows."""
        return self._left.pop(key, fresh)

    @property
    def left(self) -> list[forms.Form]:
        """The forms that the page has no place for any more."""
        return list(self._left.values())


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
    """How the seats voted, and why, while no meeting can vote: for an exception from the quorum. The reason is last."""

    columns = ("votes_for", "votes_against", "abstentions")

    votes_for = forms.IntegerField(label=_("Votes for"), min_value=0, max_value=9)
    votes_against = forms.IntegerField(label=_("Votes against"), min_value=0, max_value=9, initial=0)
    abstentions = forms.IntegerField(label=_("Abstentions"), min_value=0, max_value=9, initial=0)
    reason = forms.CharField(label=phrases.REASON, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))

    def votes(self) -> Votes:
        """The three counts."""
        found = self.cleaned_data
        return Votes(found["votes_for"], found["votes_against"], found["abstentions"])


class CountersignForm(PartOfPage):
    """One's own password once more."""

    password = forms.CharField(
        label=_("Your password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class ConfirmForm(CountersignForm):
    """The number of the minutes, and the chair's password once more."""

    minutes_number = forms.CharField(label=_("Number of the minutes"), max_length=80)
    field_order = ("minutes_number", "password")
