"""Rubrics: the tree with its weights, the versions, and which category is judged by which."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from judging import permissions
from judging.core.refusals import Refusal
from judging.models import Rubric, RubricVersion
from judging.selectors.rubrics import assigned_versions, differences, read_version, rubric_at, rubrics_of
from judging.services import rubrics as services
from nominees.models import Category, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases
from paritrana.kernel.sentences import explain
from paritrana.kernel.wording import date_time

from .acting import attempt, forbid_unless, person
from .rubrics_forms import AssignForm, RubricForm, VersionForm
from .rubrics_wording import difference_rows, fault_sentences, tree_lines


@round_page(permissions.can_see_setup)
def rubric_list(request: HttpRequest, round: Round) -> HttpResponse:
    """The rubrics and who is judged by them; the secretariat adds rubrics and assigns versions in preparation."""
    forms = {
        "rubric": RubricForm(request.POST if "rubric" in request.POST else None),
        "assign": AssignForm(request.POST if "assign" in request.POST else None, round=round),
    }
    may_draft = permissions.can_draft_rules(person(request), round)
    if request.method == "POST":
        forbid_unless(may_draft)
        if _changed(request, round, forms):
            return redirect(round_url("judging:rubrics", round))
    rubrics, versions = list(rubrics_of(round)), assigned_versions(round)
    context = {
        "round": round,
        "forms": forms if may_draft else None,
        "has_versions": any(rubric.versions.all() for rubric in rubrics),
        "columns": [{"label": label} for label in (_("Rubric"), _("Newest version"), _("Judged by it"))],
        "rows": [_rubric_row(one, round) for one in rubrics],
        "category_columns": [{"label": label} for label in (phrases.CATEGORY, _("Rubric"), _("Version"))],
        "category_rows": [_category_row(one, versions.get(one.pk)) for one in Category.objects.filter(round=round)],
    }
    return render(request, "judging/rubrics/list.html", context)


def _changed(request: HttpRequest, round: Round, forms: dict[str, Any]) -> bool:
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    if "samples" in request.POST:
        done = _("The sample rubrics are there and assigned where none was.")
        return attempt(request, done, services.add_sample_rubrics, round=round, **whom)
    name = "assign" if "assign" in request.POST else "rubric"
    form = forms[name]
    if not form.is_valid():
        return False
    if name == "assign":
        return attempt(request, _("Assigned."), services.assign_rubric, **form.cleaned_data, **whom)
    return attempt(request, _("Rubric added."), services.create_rubric, round=round, **form.cleaned_data, **whom)


def _rubric_row(rubric: Rubric, round: Round) -> list[dict[str, Any]]:
    versions = list(rubric.versions.all())
    used = [use.category.name for version in versions for use in version.uses.all()]
    newest: dict[str, Any] = {"text": _("No version yet"), "tone": "warning"}
    if versions:
        newest = {"text": str(versions[0].number), "note": versions[0].content_hash[:16]}
    return [
        {
            "text": rubric.name,
            "url": round_url("judging:rubric", round, code=rubric.code),
            "note": _("sample, not official weights") if rubric.is_sample else "",
        },
        newest,
        {"text": ", ".join(used) or "–"},
    ]


def _category_row(category: Category, version: RubricVersion | None) -> list[dict[str, Any]]:
    if version is None:
        return [{"text": category.name}, {"text": _("No rubric"), "tone": "warning"}, {"text": "–"}]
    note = _("sample, not official weights") if version.rubric.is_sample else ""
    return [
        {"text": category.name},
        {"text": version.rubric.name, "note": note},
        {"text": str(version.number), "note": version.content_hash[:16]},
    ]


@round_page(permissions.can_see_setup)
def rubric(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """One rubric in one version (``?versi=2``, else the newest), against the version before it."""
    found = rubric_at(round, code)
    if found is None:
        raise Http404
    form = VersionForm(request.POST or None, request.FILES or None)
    faults: list[str] | None = []
    may_draft = permissions.can_draft_rules(person(request), round)
    if request.method == "POST":
        forbid_unless(may_draft)
        if form.is_valid():
            faults = _draft(request, found, form)
            if faults is None:
                return redirect(round_url("judging:rubric", round, code=code))
    versions = list(found.versions.all())
    context = {
        "round": round,
        "rubric": found,
        "form": form if may_draft else None,
        "faults": faults,
        "breadcrumbs": [{"url": round_url("judging:rubrics", round), "label": _("Rubrics")}],
        **_version_context(request, round, found, versions),
    }
    return render(request, "judging/rubrics/rubric.html", context)


def _draft(request: HttpRequest, rubric: Rubric, form: VersionForm) -> list[str] | None:
    """Draft the version; ``None`` when done, else what to correct in the document."""
    data = form.cleaned_data
    try:
        services.draft_rubric_version(
            rubric=rubric,
            document=services.read_document(data["document"]),
            reason=data["reason"],
            actor=person(request),
            at=clock.now(),
        )
    except services.RubricRefused as refused:
        return fault_sentences(refused.facts["faults"])
    except Refusal as refusal:
        return fault_sentences([refusal])
    except services.RubricUnchanged as unchanged:
        return [explain(unchanged)]
    messages.success(request, _("The new version is there. Assign it to the categories that it should judge."))
    return None


def _version_context(
    request: HttpRequest, round: Round, rubric: Rubric, versions: list[RubricVersion]
) -> dict[str, Any]:
    """What the page shows of the chosen version; nothing while there is none."""
    if not versions:
        return {}
    wanted = request.GET.get("versi") or str(versions[0].number)
    index = next((at for at, one in enumerate(versions) if str(one.number) == wanted), None)
    if index is None:
        raise Http404
    version = versions[index]
    tree = read_version(version)
    before = versions[index + 1] if index + 1 < len(versions) else None
    return {
        "version": version,
        "tree": tree_lines(tree),
        "download": round_url("judging:rubric_document", round, code=rubric.code, number=version.number),
        "before": before,
        "difference_columns": [{"label": label} for label in (_("Criterion"), _("Change"), _("Before"), _("After"))],
        "differences": difference_rows(differences(read_version(before), tree)) if before else [],
        "version_columns": [{"label": label} for label in (_("Version"), _("Drafted"), phrases.REASON, phrases.STATUS)],
        "versions": [_version_row(one, round) for one in versions],
    }


def _version_row(version: RubricVersion, round: Round) -> list[dict[str, Any]]:
    state = {"text": _("Draft"), "tone": "neutral"}
    if version.locked_at:
        state = {"text": _("Locked"), "tone": "info", "icon": "lock"}
    return [
        {"text": str(version.number), "url": f"?versi={version.number}", "note": version.content_hash[:16]},
        {"text": date_time(version.created_at, round.time_zone), "note": str(version.created_by or "")},
        {"text": version.reason or "–"},
        state,
    ]


@require_safe
@round_page(permissions.can_see_setup)
def rubric_document(request: HttpRequest, round: Round, code: str, number: int) -> HttpResponse:
    """One version as the JSON that the upload takes; its tree is what the hash is of."""
    found = rubric_at(round, code)
    version = next((one for one in found.versions.all() if one.number == number), None) if found else None
    if found is None or version is None:
        raise Http404
    document = {
        "code": found.code,
        "name": found.name,
        "is_sample": found.is_sample,
        "version": version.number,
        "hash": version.content_hash,
        "tree": json.loads(version.content),
    }
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rubrik-{found.code}-v{version.number}.json"'
    return response


urlpatterns = [
    path("rubrik/", rubric_list, name="rubrics"),
    path("rubrik/<slug:code>/", rubric, name="rubric"),
    path("rubrik/<slug:code>/<int:number>.json", rubric_document, name="rubric_document"),
]
