"""Forms of the schedule. Days and times are typed in the round's zone."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from judging.core.scheduling.levels import LOOSENABLE
from judging.messages.schedule_material import RULES
from judging.models import Attendance, Interview, Presence, Room, Seat
from nominees.models import Nomination, Round
from paritrana.kernel import phrases, wording
from paritrana.kernel.forms import page_form_helper

CAME = [(choice.value, choice.label) for choice in (Presence.PRESENT, Presence.ABSENT)]


ONSITE, ONLINE, BOTH = "onsite", "online", "both"
MODES = [(ONSITE, _("On site")), (ONLINE, _("By video link")), (BOTH, _("On site and by video link"))]


def modes_of(chosen: str) -> dict[str, bool]:
    """Return what the services take for one of :data:`MODES`."""
    return {"is_onsite": chosen != ONLINE, "is_online": chosen in (ONLINE, BOTH)}


class RoomForm(forms.Form):
    """A new room, which takes meetings on site unless told otherwise."""

    name = forms.CharField(label=_("Room"), max_length=100)
    modes = forms.ChoiceField(label=_("Is for meetings"), choices=MODES, required=False)

    helper = page_form_helper(_("Add room"))

    def room(self) -> dict[str, Any]:
        """Return what the service takes. Only after ``is_valid``."""
        return {"name": self.cleaned_data["name"], **modes_of(self.cleaned_data["modes"])}


class PlacingForm(forms.Form):
    """Where and when a nominee is met, and which seats sit there."""

    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.none(), empty_label=None)
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label=_("Until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    seats = forms.ModelMultipleChoiceField(
        label=_("Seats that sit there"),
        queryset=Seat.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    confirmed = forms.MultipleChoiceField(
        label=_("Place it nevertheless"),
        choices=[(code, RULES[code]) for code in LOOSENABLE],
        required=False,
        widget=forms.MultipleHiddenInput,
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        for name, queryset in (("room", Room), ("seats", Seat)):
            field: Any = self.fields[name]
            field.queryset = queryset.objects.filter(round=round)
        zone = wording.zone_label(round.time_zone)
        for name in ("starts", "ends"):
            self.fields[name].help_text = zone
        for edge, value in (("min", round.interviews_from), ("max", round.interviews_until)):
            if value:
                self.fields["day"].widget.attrs[edge] = value.isoformat()
        self.helper = page_form_helper(_("Place interview"))
        self.helper.layout = Layout(
            "version",
            Row(Column("room", css_class="col-md-6"), Column("day", css_class="col-md-6")),
            Row(Column("starts", css_class="col-6"), Column("ends", css_class="col-6")),
            "seats",
        )

    def ask_confirmation(self, codes: Collection[str]) -> None:
        """Ask whether the rules ``codes`` are to be set aside, each by its own tick."""
        field: Any = self.fields["confirmed"]
        field.widget = forms.CheckboxSelectMultiple()
        field.choices = [(code, label) for code, label in field.choices if code in codes]
        self.helper.layout.fields.append("confirmed")

    def placing(self) -> dict[str, Any]:
        """Return what the services take: room, aware times, seats. Only after ``is_valid``."""
        data = self.cleaned_data
        return {
            "room": data["room"],
            "starts_at": self._moment(data["day"], data["starts"]),
            "ends_at": self._moment(data["day"], data["ends"]),
            "seats": list(data["seats"]),
            "confirmed": frozenset(data["confirmed"]),
        }

    def _moment(self, day: date, clock: time) -> datetime:
        return datetime.combine(day, clock, tzinfo=self.round.zone)


class NoShowForm(forms.Form):
    """Why nobody came, as far as known."""

    reason = forms.CharField(label=phrases.REASON, max_length=300, required=False)

    helper = page_form_helper(with_tag=False)


class AttendanceForm(forms.Form):
    """Presence and reason of each placed seat: fields ``presence-<seat id>`` and ``reason-<seat id>``."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, attendances: list[Attendance], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attendances = attendances
        for row in attendances:
            # Usually everybody came: the form proposes it, only saving records it.
            presence = Presence.PRESENT if row.presence == Presence.EXPECTED else row.presence
            self.fields[f"presence-{row.seat_id}"] = forms.ChoiceField(
                label=row.seat.name, choices=CAME, initial=presence
            )
            self.fields[f"reason-{row.seat_id}"] = forms.CharField(
                label=_("Reason, if absent"), max_length=200, required=False, initial=row.reason
            )
        self.helper = page_form_helper(_("Save attendance"), with_tag=False)
        self.helper.layout = Layout(
            "version",
            *(
                Row(
                    Column(f"presence-{row.seat_id}", css_class="col-md-6"),
                    Column(f"reason-{row.seat_id}", css_class="col-md-6"),
                )
                for row in attendances
            ),
        )

    def presences(self) -> dict[int, tuple[str, str]]:
        """Return what the service takes. Only after ``is_valid``."""
        data = self.cleaned_data
        return {
            row.seat_id: (data[f"presence-{row.seat_id}"], data[f"reason-{row.seat_id}"]) for row in self.attendances
        }


def placing_initial(round: Round, nomination: Nomination, blocked: frozenset[int]) -> dict[str, Any]:
    """Return what the form of an unplaced nominee starts with: the first day and every seat that may sit there."""
    seats = Seat.objects.filter(round=round, vacant_reason="").exclude(pk__in=blocked)
    return {"day": round.interviews_from, "seats": [seat.pk for seat in seats]}


def moving_initial(round: Round, interview: Interview) -> dict[str, Any]:
    """Return what the form of a placed interview starts with: the interview as it is."""
    starts, ends = interview.starts_at.astimezone(round.zone), interview.ends_at.astimezone(round.zone)
    return {
        "room": interview.room_id,
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "seats": [row.seat_id for row in interview.attendances.all()],
        "version": interview.version,
    }
