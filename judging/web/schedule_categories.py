"""How the categories are met in interviews, and which seats must be there."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from judging.models import CategoryPlan, RoleGroup
from judging.permissions import can_schedule
from judging.selectors.schedule_material import quorum_of
from judging.services import schedule_categories as services
from nominees.models import Category, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases

from .acting import attempt, person
from .schedule_material import crumbs
from .schedule_material_forms import CategoryPlanForm, RoleGroupForm, category_initial


@round_page(can_schedule)
def categories(request: HttpRequest, round: Round) -> HttpResponse:
    """The categories with their interviews, and the groups of mandatory seats with their form."""
    here = redirect(round_url("judging:schedule_categories", round))
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    is_removal = request.POST.get("langkah") == "hapus"
    form = RoleGroupForm(request.POST if request.method == "POST" and not is_removal else None, round=round)
    if is_removal:
        group = _group(round, request.POST.get("id", ""))
        attempt(request, _("Mandatory seats removed."), services.remove_role_group, group=group, **whom)
        return here
    if form.is_valid():
        attempt(request, _("Mandatory seats set."), services.set_role_group, round=round, **form.cleaned_data, **whom)
        return here
    found = Category.objects.filter(round=round).select_related("interview_plan")
    quorum = quorum_of(round)
    context = {
        "round": round,
        "columns": _columns(),
        "rows": [_row(one, round, quorum) for one in found.prefetch_related("interview_plan__role_groups")],
        "groups": RoleGroup.objects.filter(round=round).prefetch_related("seats"),
        "form": form,
        "breadcrumbs": crumbs(round),
    }
    return render(request, "judging/schedule_material/categories.html", context)


def _group(round: Round, number: str) -> RoleGroup:
    if not number.isdecimal() or len(number) > 18:
        raise Http404
    return get_object_or_404(RoleGroup, round=round, pk=number)


def _columns() -> list[dict[str, Any]]:
    numbers = (
        _("Minutes of an interview"),
        _("Minutes between two interviews"),
        _("Quorum"),
        _("Most seats at an interview"),
    )
    ends = [{"label": label, "align": "end"} for label in numbers]
    return [{"label": phrases.CATEGORY}, *ends, {"label": _("Mandatory seats")}]


def _row(category: Category, round: Round, quorum: int) -> list[dict[str, Any]]:
    plan = getattr(category, "interview_plan", None) or CategoryPlan()
    least = quorum if plan.quorum is None else plan.quorum
    most = "–" if plan.panel_max is None else str(plan.panel_max)
    groups = ", ".join(group.name for group in plan.role_groups.all()) if plan.pk else ""
    name = {"text": category.name, "url": round_url("judging:schedule_category", round, code=category.code)}
    return [name, *({"text": text} for text in (str(plan.duration), str(plan.buffer), str(least), most, groups or "–"))]


@round_page(can_schedule)
def category(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """The form of one category."""
    found = get_object_or_404(Category.objects.select_related("interview_plan"), round=round, code=code)
    plan = getattr(found, "interview_plan", None) or CategoryPlan()
    form = CategoryPlanForm(request.POST or None, round=round, initial=category_initial(plan))
    if request.method == "POST" and form.is_valid():
        whom: dict[str, Any] = {"category": found, "actor": person(request), "at": clock.now()}
        if attempt(request, _("Category saved."), services.plan_category, **form.cleaned_data, **whom):
            return redirect(round_url("judging:schedule_categories", round))
    parent = {"url": round_url("judging:schedule_categories", round), "label": _("Categories and mandatory seats")}
    context = {"title": found.name, "form": form, "breadcrumbs": [*crumbs(round), parent]}
    return render(request, "judging/rounds/form.html", context)


urlpatterns = [
    path("jadwal/bahan/kategori/", categories, name="schedule_categories"),
    path("jadwal/bahan/kategori/<slug:code>/", category, name="schedule_category"),
]
