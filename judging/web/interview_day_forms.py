"""Forms of the day of the interviews, made of taps; and of a delay, which is looked at before it is taken."""

from collections.abc import Collection, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from judging.messages.schedule_material import RULES
from judging.models import Interview, Presence
from judging.selectors.interview_day import DayRow
from paritrana.kernel import phrases

CAME, OTHER = "hadir", "lain"
#: What a tap writes down: attendance lists are official paper, so the reason is in Indonesian.
WRITTEN = {"sakit": "Sakit", "dinas": "Tugas dinas lain", "izin": "Izin"}
CHIPS = [
    (CAME, _("Came")),
    ("sakit", _("Ill")),
    ("dinas", _("Other duty")),
    ("izin", _("On leave")),
    (OTHER, _("Other reason")),
]
MINUTES = (5, 10, 15, 30)
LONGEST_DELAY = 480


class WhoCameForm(forms.Form):
    """One row of taps for each placed seat: fields ``seat-<id>`` and ``reason-<id>``."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, interview: Interview) -> None:
        super().__init__(data, initial={"version": interview.version})
        self.attendances = list(interview.attendances.all())
        for row in self.attendances:
            chip = _chip(row.presence, row.reason)
            self.fields[f"seat-{row.seat_id}"] = forms.ChoiceField(
                label=row.seat.name, choices=CHIPS, initial=chip, widget=forms.RadioSelect
            )
            self.fields[f"reason-{row.seat_id}"] = forms.CharField(
                label=_("Other reason"), max_length=200, required=False, initial=row.reason if chip == OTHER else ""
            )

    @property
    def rows(self) -> list[tuple[Any, Any]]:
        """The taps and the reason of each seat, bound, for the template."""
        return [(self[f"seat-{row.seat_id}"], self[f"reason-{row.seat_id}"]) for row in self.attendances]

    def presences(self) -> dict[int, tuple[str, str]]:
        """Return what the service takes. Only after ``is_valid``."""
        return {row.seat_id: self._presence(row.seat_id) for row in self.attendances}

    def _presence(self, seat: int) -> tuple[str, str]:
        chip = self.cleaned_data[f"seat-{seat}"]
        if chip == CAME:
            return Presence.PRESENT, ""
        return Presence.ABSENT, WRITTEN.get(chip) or self.cleaned_data[f"reason-{seat}"]


class NomineeAbsentForm(forms.Form):
    """Why nobody came, as far as known."""

    reason = forms.CharField(label=phrases.REASON, max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class DelayForm(forms.Form):
    """From which interview on, by how much, for whom: asked by GET, so that it can be looked at first."""

    dari = forms.TypedChoiceField(label=_("From this interview on"), coerce=int)
    menit = forms.TypedChoiceField(
        label=_("Minutes later"),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    sendiri = forms.IntegerField(
        label=_("Another number of minutes"), min_value=1, max_value=LONGEST_DELAY, required=False
    )
    semua = forms.BooleanField(label=_("In every room, not in this one alone"), required=False)

    def __init__(self, *args: Any, rows: Sequence[DayRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["dari"]
        field.choices = [
            (row.number, f"{row.time} · {row.interview.nomination} · {row.interview.room}") for row in rows
        ]
        chosen: Any = self.data.get("menit") or self.initial.get("menit") or ""
        further = {int(chosen)} if str(chosen).isascii() and str(chosen).isdecimal() and len(str(chosen)) < 4 else set()
        minutes: Any = self.fields["menit"]
        numbers = sorted({*MINUTES, *(one for one in further if 0 < one <= LONGEST_DELAY)})
        minutes.choices = [(number, str(number)) for number in numbers]

    def as_chosen(self) -> dict[str, Any]:
        """Return the valid answers with one number of minute: a press must not be outdone by a typed one."""
        told = {"dari": self.cleaned_data["dari"], "menit": self.cleaned_data["minutes"]}
        return told | ({"semua": "on"} if self.cleaned_data["semua"] else {})

    def clean(self) -> dict[str, Any]:
        """One of both numbers of minutes; the typed one goes first."""
        data: dict[str, Any] = super().clean() or {}
        data["minutes"] = data.get("sendiri") or data.get("menit")
        if not data["minutes"] and not self.errors:
            self.add_error("menit", forms.ValidationError(_("Say how many minutes."), code="required"))
        return data


class TakeDelayForm(forms.Form):
    """What is asked before a delay is taken: a word for those who are told, and that what it costs is known."""

    token = forms.CharField(max_length=32, widget=forms.HiddenInput)
    note = forms.CharField(label=_("What changed, in a sentence"), max_length=300, required=False)
    keluar = forms.BooleanField(label=_("I know that they lose their place today"), required=False)
    confirmed = forms.MultipleChoiceField(
        label=_("Move nevertheless"), choices=list(RULES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, asks_about: Collection[str], has_unfit: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["confirmed"]
        field.choices = [(code, label) for code, label in RULES.items() if code in asks_about]
        if not asks_about:
            del self.fields["confirmed"]
        if not has_unfit:
            del self.fields["keluar"]


def _chip(presence: str, reason: str) -> str:
    """Which tap says what was recorded. Usually everybody came: that is proposed, only saving records it."""
    if presence != Presence.ABSENT:
        return CAME
    return next((chip for chip, text in WRITTEN.items() if text == reason), OTHER)
