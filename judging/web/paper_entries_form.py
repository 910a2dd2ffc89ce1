"""Finding a paper sheet, and the third step over two readings of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from judging.core import double_entry
from judging.core.criteria import Rubric
from judging.core.scoresheet import Issue
from judging.core.sheet_code import SheetCode, read_code
from judging.models import Seat
from judging.selectors.paper_entries import code_of
from judging.selectors.sheets import Cells
from nominees.models import SCORED, Nomination, Round
from paritrana.kernel import phrases
from paritrana.kernel.forms import page_form_helper
from paritrana.kernel.sentences import sentence

from .sheet_form import CHOICE, Field, fields_of, form_groups, posted_cells

#: What ``pilih-<criterion>`` may name: one of the readings, or the mark typed beside them.
READINGS = ("1", "2")


class FindForm(forms.Form):
    """A sheet by the code on it, or by seat and nominee."""

    kode = forms.CharField(
        label=_("Code on the sheet"),
        required=False,
        max_length=200,
        help_text=_("Scan it or type it, such as 2024/53/apindo/12/3f9a1c07."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "autocomplete": "off", "spellcheck": "false"}),
    )
    unsur = forms.ChoiceField(label=phrases.SEAT, required=False)
    nomine = forms.ChoiceField(label=phrases.NOMINEE, required=False)

    def __init__(self, data: Any, *, round: Round) -> None:
        super().__init__(data)
        self.helper = page_form_helper(with_tag=False)
        self.round = round
        self.seats = {seat.code: seat for seat in Seat.objects.filter(round=round)}
        listed = Nomination.objects.filter(round=round, status__in=SCORED).order_by("number")
        loaded = listed.select_related("nominee", "category__rubric__version")
        self.nominations = {str(one.number): one for one in loaded}
        fields: Any = self.fields
        fields["unsur"].choices = [("", "–"), *((code, seat.name) for code, seat in self.seats.items())]
        fields["nomine"].choices = [("", "–"), *((number, str(one)) for number, one in self.nominations.items())]

    def clean(self) -> dict[str, Any]:
        """Say when what was given names no sheet of this round; ``code`` is the one that it names."""
        given = self.cleaned_data
        self.code = self._named(given)
        if self.code is None:
            raise forms.ValidationError(sentence("paper_sheet_unknown", {}))
        return given

    def _named(self, given: Mapping[str, Any]) -> SheetCode | None:
        if given.get("kode"):
            code = read_code(given["kode"])
            if code is None or code.scope != self.round.scope:
                return None
            return code if code.seat in self.seats and str(code.number) in self.nominations else None
        seat, nomination = self.seats.get(given.get("unsur", "")), self.nominations.get(given.get("nomine", ""))
        return code_of(self.round, seat, nomination) if seat and nomination else None


@dataclass(frozen=True, slots=True)
class Dispute:
    """One criterion with both readings, the lower one first, and the field for what the paper says instead."""

    field: Field
    readings: tuple[Field, ...]
    chosen: str


def disputes(
    rubric: Rubric, first: Cells, second: Cells, data: QueryDict | None = None, issues: tuple[Issue, ...] = ()
) -> list[Dispute]:
    """Return the criteria on which the readings differ, as the page draws them; ``data`` is a posted form."""
    posted, named = (posted_cells(data), {name: str(data[name]) for name in data}) if data is not None else ({}, {})
    apart = double_entry.differing(first, second)
    pairs = {name: double_entry.in_order(first[name], second[name]) for name in apart}
    sides = [_by_id(rubric, {name: pair[side] for name, pair in pairs.items()}) for side in (0, 1)]
    typed = fields_of(form_groups(rubric, posted, issues))
    return [
        Dispute(field, tuple(side[field.id] for side in sides), named.get(CHOICE + field.id, ""))
        for field in typed
        if field.id in apart
    ]


def chosen_cells(first: Cells, second: Cells, data: QueryDict) -> dict[str, Any]:
    """Return the mark that a posted form settles on, by criterion: one of the readings, or what was typed."""
    posted, found = posted_cells(data), {}
    for name in double_entry.differing(first, second):
        choice = str(data.get(CHOICE + name, ""))
        readings = double_entry.in_order(first[name], second[name])
        found[name] = readings[READINGS.index(choice)] if choice in READINGS else posted.get(name, {})
    return found


def _by_id(rubric: Rubric, cells: Cells) -> dict[str, Field]:
    return {field.id: field for field in fields_of(form_groups(rubric, cells))}
