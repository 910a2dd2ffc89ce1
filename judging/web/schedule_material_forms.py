"""Forms of what a schedule rests on. Times are typed in the round's zone and kept as minutes since midnight."""

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from judging.core.scheduling.hand import LEVELS as LENIENT_BY_HAND
from judging.core.scheduling.levels import LOOSENABLE
from judging.core.scheduling.rules import RULES as CORE_RULES
from judging.messages.schedule_material import LEVELS, RULES, WISHES
from judging.models import WEIGHTS, CategoryPlan, NomineeSpanKind, RoleGroup, ScheduleMaterial, Seat, Weight
from judging.selectors.schedule_material import interview_dates, met_nominations
from judging.selectors.scheduling_problem import USUAL_WEIGHTS
from judging.services.schedule_nominees import NomineeTime
from nominees.models import Nomination, Round
from paritrana.kernel import phrases, wording
from paritrana.kernel.forms import page_form_helper

from .schedule_forms import MODES, ONLINE, ONSITE

SESSIONS_A_DAY = 4
SEVERITIES = {rule.code: rule.severity for rule in CORE_RULES}


def minutes_of(clock: time | None) -> int:
    """Return minutes since midnight; no time is midnight."""
    return clock.hour * 60 + clock.minute if clock else 0


def clock_of(minutes: int) -> time:
    """Return minutes since midnight as a time; the end of the day is its last minute."""
    return time(23, 59) if minutes >= 24 * 60 else time(minutes // 60, minutes % 60)


def time_field(label: Any, *, required: bool = True) -> forms.TimeField:
    """Return the field of one time of day."""
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, widget=widget)


def _number(label: Any, most: int, *, least: int = 0, required: bool = True, help_text: Any = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=most, required=required, help_text=help_text)


def day_choices(round: Round) -> list[tuple[str, str]]:
    """Return the interview days of ``round`` to choose from."""
    return [(day.isoformat(), wording.long_day_date(day)) for day in interview_dates(round)]


class SpanForm(forms.Form):
    """A span of an interview day."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat, empty_value=None)
    start = time_field(_("From"))
    end = time_field(_("Until"))
    note = forms.CharField(label=phrases.REASON, max_length=200, required=False)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["day"]
        day.choices = day_choices(round)
        for name in ("start", "end"):
            self.fields[name].help_text = wording.zone_label(round.time_zone)

    def span(self) -> dict[str, Any]:
        """Return what the services take. Only after ``is_valid``."""
        data = self.cleaned_data
        return {"day": data["day"], "start": minutes_of(data["start"]), "end": minutes_of(data["end"])}


class SessionsForm(forms.Form):
    """The sessions of one day: fields ``start-1``, ``end-1`` and so on; an empty pair is none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, SESSIONS_A_DAY + 1):
            self.fields[f"start-{number}"] = time_field(_("From"), required=False)
            self.fields[f"end-{number}"] = time_field(_("Until"), required=False)

    def pairs(self) -> list[tuple[Any, Any]]:
        """Return the bound fields, from and until."""
        return [(self[f"start-{number}"], self[f"end-{number}"]) for number in range(1, SESSIONS_A_DAY + 1)]

    def sessions(self) -> list[tuple[int, int]]:
        """Return what the service takes. Only after ``is_valid``."""
        data = self.cleaned_data
        pairs = [(data[f"start-{number}"], data[f"end-{number}"]) for number in range(1, SESSIONS_A_DAY + 1)]
        return [(minutes_of(start), minutes_of(end)) for start, end in pairs if start or end]


def sessions_initial(spans: Iterable[tuple[int, int]]) -> dict[str, time]:
    """Return what the form of a day starts with."""
    found: dict[str, time] = {}
    for number, (start, end) in enumerate(spans, start=1):
        found |= {f"start-{number}": clock_of(start), f"end-{number}": clock_of(end)}
    return found


class ModesForm(forms.Form):
    """What a room is for."""

    modes = forms.ChoiceField(label=_("Is for meetings"), choices=MODES)


class CategoryPlanForm(forms.Form):
    """How the nominees of a category are met."""

    duration = _number(_("Minutes of an interview"), 480, least=1)
    buffer = _number(_("Minutes between two interviews"), 240)
    quorum = _number(_("Quorum"), 60, required=False, help_text=_("Empty: that of the rules of the round."))
    panel_max = _number(_("Most seats at an interview"), 60, least=1, required=False, help_text=_("Empty: no limit."))
    unsur_target = _number(
        _("Different seats wished for"), 60, required=False, help_text=_("Empty: every seat that may sit there.")
    )
    role_groups = forms.ModelMultipleChoiceField(
        label=_("Mandatory seats"),
        queryset=RoleGroup.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    helper = page_form_helper()

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: Any = self.fields["role_groups"]
        groups.queryset = RoleGroup.objects.filter(round=round)


def category_initial(plan: CategoryPlan) -> dict[str, Any]:
    """Return what the form of a category starts with; ``plan`` may be one that nobody saved."""
    names = ("duration", "buffer", "quorum", "panel_max", "unsur_target")
    groups = list(plan.role_groups.all()) if plan.pk else []
    return {name: getattr(plan, name) for name in names} | {"role_groups": groups}


class RoleGroupForm(forms.Form):
    """Seats of which some must be there."""

    name = forms.CharField(label=phrases.NAME, max_length=80)
    minimum = _number(_("At least"), 60, least=1)
    seats = forms.ModelMultipleChoiceField(
        label=_("Of these seats"), queryset=Seat.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    helper = page_form_helper(_("Set mandatory seats"))

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seats: Any = self.fields["seats"]
        seats.queryset = Seat.objects.filter(round=round)


class ArrivalForm(forms.Form):
    """From when on a delegation can be met."""

    arrives_on = forms.TypedChoiceField(
        label=_("Earliest arrival"), coerce=date.fromisoformat, empty_value=None, required=False
    )
    arrives_at = time_field(_("At"), required=False)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["arrives_on"]
        day.choices = [("", _("At any time")), *day_choices(round)]
        self.fields["arrives_at"].help_text = wording.zone_label(round.time_zone)

    def arrival(self) -> dict[str, Any]:
        """Return what the services take. Only after ``is_valid``."""
        data = self.cleaned_data
        return {"arrives_on": data["arrives_on"], "arrives_at": minutes_of(data["arrives_at"])}


class RegionArrivalForm(ArrivalForm):
    """The earliest arrival of all nominees of a region."""

    region = forms.ChoiceField(label=_("Region"))
    field_order = ("region", "arrives_on", "arrives_at")

    def __init__(self, *args: Any, regions: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.choices = list(regions)


class NomineePlanForm(ArrivalForm):
    """How a nominee is met."""

    mode = forms.ChoiceField(label=_("Is met"), choices=[one for one in MODES if one[0] in (ONSITE, ONLINE)])
    field_order = ("mode", "arrives_on", "arrives_at")


class NomineeTimeForm(forms.Form):
    """One window or wish of a nominee; without a kind it is none."""

    kind = forms.ChoiceField(label=_("Meaning"), choices=[("", "–"), *NomineeSpanKind.choices], required=False)
    day = forms.TypedChoiceField(label=_("Day"), coerce=date.fromisoformat, empty_value=None, required=False)
    start = time_field(_("From"), required=False)
    end = time_field(_("Until"), required=False)
    weight = forms.ChoiceField(
        label=_("Weight of the wish"), choices=Weight.choices, initial=Weight.NORMAL, required=False
    )

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day: Any = self.fields["day"]
        day.choices = [("", "–"), *day_choices(round)]

    def clean(self) -> dict[str, Any]:
        """Refuse a window or wish without its day and times."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") and not (data.get("day") and data.get("end")):
            raise forms.ValidationError(_("Choose a day and its times."), code="incomplete")
        return data

    def told(self) -> NomineeTime | None:
        """Return what the service takes, if anything. Only after ``is_valid``."""
        data = self.cleaned_data
        if not data.get("kind"):
            return None
        start, end = minutes_of(data["start"]), minutes_of(data["end"])
        weight = Weight(data["weight"] or Weight.NORMAL)
        return NomineeTime(NomineeSpanKind(data["kind"]), data["day"], start, end, weight)


NomineeTimes = forms.formset_factory(NomineeTimeForm, extra=2)


class SharedPersonForm(forms.Form):
    """Who comes for several nominees."""

    name = forms.CharField(label=phrases.NAME, max_length=150)
    nominations = forms.ModelMultipleChoiceField(label=_("Comes for"), queryset=Nomination.objects.none())

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nominations: Any = self.fields["nominations"]
        nominations.queryset = met_nominations(round).order_by("number")


class RulesForm(forms.Form):
    """Limits, grid, ``weight-<wish>`` and ``level-<rule>``."""

    grid_min = _number(_("Interviews start every so many minutes"), 120, least=1)
    max_continuous_min = _number(
        _("Break after so many minutes"), 720, least=1, required=False, help_text=_("Empty: no limit.")
    )
    min_break_min = _number(_("Minutes of the break"), 240)
    max_minutes_per_day = _number(
        _("Most minutes a day for each member"), 1440, least=1, required=False, help_text=_("Empty: no limit.")
    )

    helper = page_form_helper()

    def __init__(self, *args: Any, settings: ScheduleMaterial, **kwargs: Any) -> None:
        words = USUAL_WEIGHTS | settings.weights
        limits = ("grid_min", "max_continuous_min", "min_break_min", "max_minutes_per_day")
        initial = {name: getattr(settings, name) for name in limits}
        initial |= {f"weight-{wish}": words[wish] for wish in WISHES}
        initial |= {f"level-{code}": settings.levels.get(code, SEVERITIES[code]) for code in LOOSENABLE}
        super().__init__(*args, **{**kwargs, "initial": initial})
        weights = [(word.value, f"{word.label} ({number})") for word, number in WEIGHTS.items()]
        for wish, label in WISHES.items():
            self.fields[f"weight-{wish}"] = forms.ChoiceField(label=label, choices=weights)
        for code, levels in LOOSENABLE.items():
            choices = [(level.value, LEVELS[level]) for level in levels]
            self.fields[f"level-{code}"] = forms.ChoiceField(label=RULES[code], choices=choices)

    def limits(self) -> list[Any]:
        """Return the fields of limits and grid."""
        return [self[name] for name in self.fields if "-" not in name]

    def weights(self) -> list[Any]:
        """Return the fields of the wishes."""
        return [self[name] for name in self.fields if name.startswith("weight-")]

    def levels(self) -> list[Any]:
        """Return the fields of the rules."""
        return [self[name] for name in self.fields if name.startswith("level-")]

    def rules(self) -> dict[str, Any]:
        """Return what the service takes; levels that are as usual are left out. Only after ``is_valid``.

        What is more lenient by hand as long as nobody says anything is said.
        """
        data = self.cleaned_data
        chosen = {code: data[f"level-{code}"] for code in LOOSENABLE}
        return {
            "grid_min": data["grid_min"],
            "max_continuous_min": data["max_continuous_min"],
            "min_break_min": data["min_break_min"],
            "max_minutes_per_day": data["max_minutes_per_day"],
            "weights": {wish: data[f"weight-{wish}"] for wish in WISHES},
            "levels": {
                code: level for code, level in chosen.items() if level != SEVERITIES[code] or code in LENIENT_BY_HAND
            },
        }
