"""Forms of what can happen to a schedule. Times are typed in the round's zone; none means the whole day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from judging.models import Interview, InterviewState, Room, Seating
from judging.models.schedule_material import MINUTES_OF_A_DAY
from judging.selectors.schedule_material import met_nominations
from nominees.models import Nomination, Round
from paritrana.kernel import clock, phrases, wording

from .schedule_material_forms import day_choices, minutes_of, time_field
from .schedule_member_forms import SeatingField

REPAIR_SECONDS = (5, 10, 30, 60)


class HappenedForm(forms.Form):
    """A fact about a round; ``whom`` is the field that chooses what it is about."""

    whom = ""

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.round = round
        field: Any = self.fields[self.whom]
        field.queryset = self.choices(round)

    def choices(self, round: Round) -> Any:
        """Return what there is to choose from: what the field says, unless it depends on the round."""
        field: Any = self.fields[self.whom]
        return field.queryset

    def fact(self) -> dict[str, Any]:
        """Return what the service takes. Only after ``is_valid``."""
        return dict(self.cleaned_data)


class DaysForm(HappenedForm):
    """Some days, all of them or the same hours of each."""

    first = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat, empty_value=None)
    last = forms.TypedChoiceField(label=_("Until the day"), coerce=date.fromisoformat, empty_value=None, required=False)
    start = time_field(_("From"), required=False)
    end = time_field(_("Until"), required=False)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, round=round, **kwargs)
        days = day_choices(round)
        first: Any = self.fields["first"]
        last: Any = self.fields["last"]
        first.choices, last.choices = days, [("", _("That day alone")), *days]
        first.initial = wording.local_day(clock.now(), round.time_zone).isoformat()
        for name in ("start", "end"):
            self.fields[name].help_text = wording.zone_label(round.time_zone)
        self.fields["end"].help_text = _("Empty: the whole day.")

    def fact(self) -> dict[str, Any]:
        """Return what the services take, in minutes since midnight. Only after ``is_valid``."""
        data = dict(self.cleaned_data)
        data["last"] = data["last"] or data["first"]
        data["start"] = minutes_of(data["start"])
        data["end"] = minutes_of(data["end"]) if data["end"] else MINUTES_OF_A_DAY
        return data


class NomineeAwayForm(DaysForm):
    """A nominee cannot come then."""

    whom = "nomination"
    nomination = forms.ModelChoiceField(label=phrases.NOMINEE, queryset=Nomination.objects.none())
    field_order = ("nomination",)

    def choices(self, round: Round) -> Any:
        """Return the nominees that the panel meets."""
        return met_nominations(round).order_by("number")


class MemberAwayForm(DaysForm):
    """A member cannot come."""

    whom = "seating"
    seating = SeatingField(label=phrases.SEAT, queryset=Seating.objects.none())
    note = forms.CharField(label=phrases.REASON, max_length=200, required=False)
    field_order = ("seating",)

    def choices(self, round: Round) -> Any:
        """Return who holds a seat, or will."""
        return Seating.objects.filter(round=round).select_related("seat")


class RoomLostForm(DaysForm):
    """A room is not to be had."""

    whom = "room"
    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.none())
    reason = forms.CharField(label=phrases.REASON, max_length=200, required=False)
    field_order = ("room",)

    def choices(self, round: Round) -> Any:
        """Return all rooms."""
        return Room.objects.filter(round=round)


class WithdrawalForm(HappenedForm):
    """A nominee does not come at all."""

    whom = "nomination"
    nomination = forms.ModelChoiceField(label=phrases.NOMINEE, queryset=Nomination.objects.none())
    reason = forms.CharField(label=phrases.REASON, max_length=300)

    def choices(self, round: Round) -> Any:
        """Return the nominees that the panel meets."""
        return met_nominations(round).order_by("number")


class InterviewField(forms.ModelChoiceField):
    """An interview with its time; the value has its version, so that the same minutes are not added twice."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the nominee with the time."""
        return f"{obj.nomination}: {wording.date_time(obj.starts_at, obj.round.time_zone)}"

    def prepare_value(self, value: Any) -> Any:
        """Return key and version."""
        return f"{value.pk}-{value.version}" if isinstance(value, Interview) else value

    def to_python(self, value: Any) -> Any:
        """Return the interview with the version that was shown, as ``shown_version``."""
        key, _dash, version = str(value or "").partition("-")
        found: Any = super().to_python(key if key.isdecimal() and len(key) < 19 else None)
        if found is not None:
            found.shown_version = int(version) if version.isdecimal() and len(version) < 9 else 0
        return found


class OverrunForm(HappenedForm):
    """An interview takes longer."""

    whom = "interview"
    interview = InterviewField(label=_("Interview"), queryset=Interview.objects.none())
    minutes = forms.IntegerField(label=_("Minutes longer"), min_value=1, max_value=240, initial=15)

    def choices(self, round: Round) -> Any:
        """Return what is planned or running."""
        rows = Interview.objects.filter(round=round, state__in=(InterviewState.PLANNED, InterviewState.RUNNING))
        return rows.select_related("nomination__nominee", "round").order_by("starts_at", "room__name")

    def fact(self) -> dict[str, Any]:
        """Return what the service takes, with the version that was shown. Only after ``is_valid``."""
        data = dict(self.cleaned_data)
        return {**data, "expected_version": data["interview"].shown_version}


class RepairForm(forms.Form):
    """How the rest is set right."""

    keep_today = forms.BooleanField(label=_("Leave today as it is"), required=False)
    seconds = forms.TypedChoiceField(
        label=_("For how long at the most"),
        choices=[(one, ngettext_lazy("%(n)s second", "%(n)s seconds", one) % {"n": one}) for one in REPAIR_SECONDS],
        coerce=int,
        initial=10,
    )
