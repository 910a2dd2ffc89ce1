"""The choice of paper sheets to print, as a link that can be kept."""

from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.documents.data import Paper
from judging.selectors.papers.score_sheets import Pages, days_of
from paritrana.kernel import wording
from paritrana.kernel.forms import page_form_helper

ALL_DAYS: Final = "semua"
F4: Final[Paper] = "F4"


class PrintForm(forms.Form):
    """Day, seat and paper, and the number of one nominee where a link names it. What is not given: the next day."""

    hari = forms.ChoiceField(label=gettext_lazy("Day"), required=False)
    unsur = forms.ChoiceField(label=gettext_lazy("Seat"), required=False)
    kertas = forms.ChoiceField(label=gettext_lazy("Paper"), required=False, choices=[("A4", "A4"), (F4, "F4")])
    nomor = forms.IntegerField(required=False, min_value=1, max_value=10**9, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, sheets: Pages, today: date, with_seats: bool) -> None:
        days = days_of(sheets)
        following = next((day for day in days if day >= today), None)
        usual = ALL_DAYS if data.get("nomor") or following is None else following.isoformat()
        super().__init__({"hari": usual, "kertas": "A4"} | {key: data[key] for key in data if data[key]})
        self.helper = page_form_helper(with_tag=False)
        listed: Any = self.fields["hari"]
        listed.choices = [*((day.isoformat(), wording.long_day_date(day)) for day in days), (ALL_DAYS, _("All"))]
        self.helper.layout = _layout(with_seats=with_seats)
        seats: Any = self.fields["unsur"]
        seats.choices = [("", _("All")), *{sheet.seat.code: sheet.seat.name for sheet in sheets}.items()]
        if not with_seats:
            seats.widget = forms.HiddenInput()
        self.names = {sheet.nomination.number: sheet.nomination.nominee.name for sheet in sheets}

    def chosen(self) -> dict[str, Any]:
        """Return what ``selectors.papers.score_sheets.chosen`` is asked."""
        day = self.cleaned_data["hari"]
        return {
            "day": None if day == ALL_DAYS else date.fromisoformat(day),
            "seat": self.cleaned_data["unsur"],
            "number": self.cleaned_data["nomor"],
        }

    def paper(self) -> Paper:
        """Return the paper that was chosen."""
        return F4 if self.cleaned_data["kertas"] == F4 else "A4"

    def extent(self, all_days: str) -> str:
        """Return what was chosen in words; ``all_days`` stands for every day."""
        day, seat, number = self.chosen().values()
        seats: Any = self.fields["unsur"]
        parts = [
            wording.long_day_date(day) if day else "" if number else all_days,
            str(dict(seats.choices)[seat]) if seat else "",
            f"{number}. {self.names[number]}" if number in self.names else "",
        ]
        return " · ".join(filter(None, parts))

    def slug(self) -> str:
        """Return what was chosen for the name of a file: ``-2025-06-24-apindo``."""
        day, seat, number = self.chosen().values()
        return "".join(f"-{part}" for part in (day, seat, number) if part)

    def query(self) -> str:
        """Return the address's query that chooses the same."""
        return urlencode({key: value for key, value in self.cleaned_data.items() if value})


def _layout(*, with_seats: bool) -> Layout:
    """The fields side by side; a member's own seat is not asked for."""
    names = ("hari", "unsur", "kertas") if with_seats else ("hari", "kertas")
    hidden = ("nomor",) if with_seats else ("nomor", "unsur")
    return Layout(*hidden, Row(*(Column(name, css_class="col-md-4") for name in names)))
