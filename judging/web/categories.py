"""The categories and pools of a round: what competes together, changed while the round is prepared."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from judging import permissions
from judging.selectors.rounds import categories_with_counts
from nominees.models import Category, Level, Round
from nominees.permissions import can_draft_categories
from nominees.services import rounds as services
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases

from .acting import attempt, forbid_unless, person
from .categories_forms import AddCategoryForm, CategoryForm, PoolForm


@round_page(permissions.can_see_setup)
def categories(request: HttpRequest, round: Round) -> HttpResponse:
    """The categories with places and forward quota, and the pools over them."""
    may_edit = bool(can_draft_categories(person(request), round))
    context = {
        "round": round,
        "columns": category_columns(round),
        "rows": [category_row(one, round, may_edit=may_edit) for one in categories_with_counts(round)],
        "pool_columns": [{"label": label} for label in (_("Pool"), _("Who takes part"), _("Places"))],
        "pools": [
            [
                {"text": pool.name, "note": ", ".join(one.name for one in pool.categories.all())},
                {"text": pool.get_mode_display()},
                {"text": str(pool.places)},
            ]
            for pool in round.pools.prefetch_related("categories")
        ],
        "actions": _actions(round) if may_edit else [],
    }
    return render(request, "judging/rounds/categories.html", context)


def _actions(round: Round) -> list[dict[str, Any]]:
    named = (("judging:add_category", _("Add category")), ("judging:add_pool", _("Add pool")))
    return [{"url": round_url(name, round), "label": label, "icon": "plus"} for name, label in named]


def category_columns(round: Round) -> list[dict[str, Any]]:
    """Return the columns of a table of categories; the national round sends nobody on."""
    ends = [_("In the running"), _("Places")]
    if round.level != Level.NATIONAL:
        ends.append(_("To the national round"))
    return [{"label": phrases.CATEGORY}, {"label": _("Rubric")}, *({"label": label, "align": "end"} for label in ends)]


def category_row(category: Any, round: Round, *, may_edit: bool = False) -> list[dict[str, Any]]:
    """Return one category, with the counts of ``categories_with_counts``; its name leads to its form for an editor."""
    use = getattr(category, "rubric", None)
    rubric: dict[str, Any] = {"text": _("No rubric"), "tone": "warning"}
    if use:
        note = _("sample, not official weights") if use.version.rubric.is_sample else ""
        rubric = {"text": str(use.version), "note": note}
    name: dict[str, Any] = {"text": category.name, "note": category.get_kind_display()}
    if may_edit:
        name["url"] = round_url("judging:category", round, code=category.code)
    counts = [f"{category.running} / {category.nominated}", str(category.places)]
    if round.level != Level.NATIONAL:
        counts.append(str(category.forward_quota))
    return [name, rubric, *({"text": text} for text in counts)]


@round_page(permissions.can_see_setup)
def category(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """The form of one category."""
    forbid_unless(can_draft_categories(person(request), round))
    found = Category.objects.filter(round=round, code=code).first()
    if found is None:
        raise Http404
    fields = ("name", "places", "forward_quota")
    initial = {name: getattr(found, name) for name in fields}
    form = CategoryForm(request.POST or None, initial=initial, round=round)
    if request.method == "POST" and form.is_valid():
        whom: dict[str, Any] = {"category": found, "actor": person(request), "at": clock.now()}
        if attempt(request, _("Category saved."), services.update_category, **whom, **form.cleaned_data):
            return redirect(round_url("judging:categories", round))
    return _form_page(request, round, form, found.name, found.get_kind_display())


@round_page(can_draft_categories)
def add_category(request: HttpRequest, round: Round) -> HttpResponse:
    """The form of a new category."""
    form = AddCategoryForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid():
        whom: dict[str, Any] = {"round": round, "actor": person(request), "at": clock.now()}
        if attempt(request, _("Category added."), services.add_category, **whom, **form.cleaned_data):
            return redirect(round_url("judging:categories", round))
    return _form_page(request, round, form, _("Add category"))


@round_page(can_draft_categories)
def add_pool(request: HttpRequest, round: Round) -> HttpResponse:
    """The form of a new pool."""
    form = PoolForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid():
        whom: dict[str, Any] = {"round": round, "actor": person(request), "at": clock.now()}
        if attempt(request, _("Pool added."), services.add_pool, **whom, **form.cleaned_data):
            return redirect(round_url("judging:categories", round))
    return _form_page(request, round, form, _("Add pool"))


def _form_page(request: HttpRequest, round: Round, form: Any, title: str, subtitle: Any = "") -> HttpResponse:
    context = {
        "round": round,
        "title": title,
        "subtitle": subtitle,
        "form": form,
        "breadcrumbs": [{"url": round_url("judging:categories", round), "label": _("Categories")}],
    }
    return render(request, "judging/rounds/form.html", context)


urlpatterns = [
    path("kategori/", categories, name="categories"),
    path("kategori/<slug:code>/", category, name="category"),
    # two parts, so that no category's code is taken by them
    path("kategori/tambah/kategori/", add_category, name="add_category"),
    path("kategori/tambah/umum/", add_pool, name="add_pool"),
]
