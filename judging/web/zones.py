"""Zones of the national round: provinces, categories that take their winners, and what has nowhere to go."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from judging.models import ReceivedPackage
from judging.permissions.handover import can_see_provinces
from judging.permissions.national import can_see_zones, can_set_zones
from judging.selectors.zones import gaps_of, provinces_outside, provincial_names, waiting_packages, zones_of
from judging.services import zones as services
from nominees.models import Category, Round, Zone, ZoneProvince
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases
from paritrana.regions.models import Region, RegionKind

from .acting import attempt, forbid_unless, person

COLUMNS = [{"label": label} for label in (_("Zone"), _("Provinces"), _("Categories"))]
CATEGORY_COLUMNS = [{"label": label} for label in (phrases.CATEGORY, _("Zone"), _("Takes winners of"))]
GAP_COLUMNS = [{"label": label} for label in (_("Province"), phrases.CATEGORY, _("Taken by"))]


def _provinces(round: Round, zone: Zone | None) -> list[tuple[str, str]]:
    """Every province, those that are free or in ``zone`` first. Two queries."""
    elsewhere = dict(
        ZoneProvince.objects.filter(round=round).exclude(zone=zone).values_list("region__code", "zone__name")
    )
    rows = Region.objects.filter(kind=RegionKind.PROVINCE, is_current=True).order_by("code")
    named = list(rows.values_list("code", "name"))
    told = [(code, f"{name} – {elsewhere[code]}") for code, name in named if code in elsewhere]
    return [one for one in named if one[0] not in elsewhere] + told


class ZoneForm(forms.Form):
    """Name and provinces of a zone; beside each province stands the other zone that it lies in."""

    name = forms.CharField(label=phrases.NAME, max_length=120)
    provinces = forms.MultipleChoiceField(label=_("Provinces"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, round: Round, zone: Zone | None = None, **told: Any) -> None:
        super().__init__(*args, **told)
        field: Any = self.fields["provinces"]
        field.choices = _provinces(round, zone)


class NewZoneForm(ZoneForm):
    """A zone that is not there yet; its code stands in addresses."""

    code = forms.SlugField(label=phrases.CODE, max_length=40)
    field_order = ("name", "code", "provinces")


class TakingForm(forms.Form):
    """Whose winners a category takes."""

    zone = forms.ModelChoiceField(
        label=_("Zone"), queryset=Zone.objects.none(), required=False, empty_label=_("All provinces")
    )
    receives = forms.SlugField(
        label=_("Takes winners of"),
        max_length=40,
        required=False,
        help_text=_("Code of the provincial category; empty: the category's own code."),
    )

    def __init__(self, *args: Any, round: Round, **told: Any) -> None:
        super().__init__(*args, **told)
        field: Any = self.fields["zone"]
        field.queryset = Zone.objects.filter(round=round)


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_zones)
def zones(request: HttpRequest, round: Round) -> HttpResponse:
    """All zones and categories; the national secretariat adds a zone, or the sample division."""
    may_set = can_set_zones(person(request), round)
    form = NewZoneForm(request.POST if "save" in request.POST else None, round=round)
    if request.method == "POST":
        forbid_unless(may_set)
        whom: dict[str, Any] = {"round": round, "actor": person(request), "at": clock.now()}
        if "samples" in request.POST:
            attempt(request, _("The sample zones are there."), services.add_sample_zones, **whom)
            return redirect(round_url("judging:zones", round))
        if form.is_valid() and attempt(
            request, _("The zone was added."), services.add_zone, **form.cleaned_data, **whom
        ):
            return redirect(round_url("judging:zones", round))
    found, outside, waiting = list(zones_of(round)), provinces_outside(round), waiting_packages(round)
    may_open = can_see_provinces(person(request), round)
    context = {
        "round": round,
        "may_set": bool(may_set),
        "form": form,
        "lacks_samples": {one["code"] for one in services.zone_document()} - {zone.code for zone in found},
        "columns": COLUMNS,
        "rows": [_row(zone, round, bool(may_set)) for zone in found],
        "empty": {"title": _("No zone yet"), "text": _("Without zones all provinces compete with each other.")},
        "category_columns": CATEGORY_COLUMNS,
        "category_rows": _categories(round, bool(may_set)),
        "gap_columns": GAP_COLUMNS,
        "gap_rows": _gaps(round, waiting),
        "waiting": [_waiting(package, round) for package in waiting if may_open],
        "outside": ", ".join(region.name for region in outside),
    }
    return render(request, "judging/zones/zones.html", context, status=422 if form.errors else 200)


def _row(zone: Zone, round: Round, may_set: bool) -> list[dict[str, Any]]:
    name: dict[str, Any] = {"text": zone.name}
    if may_set:
        name["url"] = round_url("judging:zone", round, code=zone.code)
    return [
        name,
        {"text": ", ".join(region.name for region in zone.provinces.all()) or "–"},
        {"text": ", ".join(category.name for category in zone.categories.all()) or "–"},
    ]


def _categories(round: Round, may_set: bool) -> list[list[dict[str, Any]]]:
    found, names = [], provincial_names(round)
    for category in Category.objects.filter(round=round).select_related("zone"):
        name: dict[str, Any] = {"text": category.name}
        if may_set:
            name["url"] = round_url("judging:category_zone", round, code=category.code)
        zone = {"text": category.zone.name if category.zone else str(_("All provinces"))}
        code = category.receives or category.code
        found.append([name, zone, {"text": names.get(code, code), "note": code if code in names else ""}])
    return found


def _waiting(package: ReceivedPackage, round: Round) -> dict[str, str]:
    """A package whose winners are still to be taken."""
    url = round_url("judging:received_package", round, package_id=package.pk)
    return {"province": str(package.region), "url": url}


def _gaps(round: Round, waiting: list[ReceivedPackage]) -> list[list[dict[str, Any]]]:
    return [
        [
            {"text": gap.place, "note": _("its package waits") if gap.package else ""},
            {"text": gap.category},
            {
                "text": ", ".join(one.name for one in gap.takers) or str(_("No national category")),
                "tone": "warning",
            },
        ]
        for gap in gaps_of(round, waiting)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_set_zones)
def zone(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """Change a zone."""
    found = get_object_or_404(Zone.objects.prefetch_related("provinces"), round=round, code=code)
    initial = {"name": found.name, "provinces": [region.code for region in found.provinces.all()]}
    form = ZoneForm(request.POST or None, initial=initial, round=round, zone=found)
    if request.method == "POST" and form.is_valid():
        whom = {"actor": person(request), "at": clock.now()}
        if attempt(request, _("The zone was changed."), services.change_zone, zone=found, **form.cleaned_data, **whom):
            return redirect(round_url("judging:zones", round))
    context = {
        "round": round,
        "form": form,
        "title": found.name,
        "remove_url": round_url("judging:remove_zone", round, code=code),
        "breadcrumbs": _crumbs(round),
    }
    return render(request, "judging/zones/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_set_zones)
def remove_zone(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """Ask, then remove a zone."""
    found = get_object_or_404(Zone, round=round, code=code)
    back = round_url("judging:zones", round)
    if request.method == "POST":
        whom = {"actor": person(request), "at": clock.now()}
        attempt(request, _("The zone was removed."), services.remove_zone, zone=found, **whom)
        return redirect(back)
    context = {"round": round, "cancel_url": back, "facts": [{"label": _("Zone"), "value": found.name}]}
    return render(request, "judging/zones/remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_set_zones)
def category_zone(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """Say whose winners a category takes."""
    category = get_object_or_404(Category, round=round, code=code)
    initial = {"zone": category.zone_id, "receives": category.receives}
    form = TakingForm(request.POST or None, round=round, initial=initial)
    if request.method == "POST" and form.is_valid():
        whom = {"actor": person(request), "at": clock.now()}
        if attempt(request, _("Saved."), services.set_taking, category=category, **form.cleaned_data, **whom):
            return redirect(round_url("judging:zones", round))
    context = {"round": round, "form": form, "title": category.name, "breadcrumbs": _crumbs(round)}
    return render(request, "judging/zones/edit.html", context, status=422 if form.errors else 200)


def _crumbs(round: Round) -> list[dict[str, Any]]:
    return [{"url": round_url("judging:zones", round), "label": _("Zones")}]


urlpatterns = [
    path("zona/", zones, name="zones"),
    path("zona/ubah/<slug:code>/", zone, name="zone"),
    path("zona/hapus/<slug:code>/", remove_zone, name="remove_zone"),
    path("zona/kategori/<slug:code>/", category_zone, name="category_zone"),
]
