"""The rules of a round, in plain sentences."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from judging import permissions
from judging.core.criteria import Criterion
from judging.core.policies import NTT_POLICY
from judging.models import RuleSet, Voting
from judging.selectors.rubrics import assigned_rubrics
from judging.selectors.rules import policy_of, rule_versions, rules_document
from judging.services.rules import DIVERGENCE_LIMIT, draft_rules, titles_for
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases
from paritrana.kernel.wording import date_time

from .acting import attempt, forbid_unless, person
from .rules_form import RulesForm, initial_of
from .rules_wording import sentences, tie_steps


@round_page(permissions.can_see_setup)
def rules(request: HttpRequest, round: Round) -> HttpResponse:
    """The rules in force and their versions; the secretariat drafts the next one in preparation."""
    versions = list(rule_versions(round))
    present = versions[0] if versions else None
    limit = present.divergence_limit if present else DIVERGENCE_LIMIT
    voting = present.voting if present else Voting.OPEN
    initial = initial_of(rules_document(present) if present else NTT_POLICY, limit, voting)
    criteria = _criteria(round)
    titles = {one.id: one.title for one in criteria}
    form = RulesForm(request.POST or None, criteria=criteria, initial=initial)
    if request.method == "POST":
        forbid_unless(permissions.can_draft_rules(person(request), round))
        if form.is_valid() and _drafted(request, round, form):
            return redirect(round_url("judging:rules", round))
    policy = policy_of(present) if present else None
    context = {
        "round": round,
        "present": present,
        "sentences": sentences(policy, titles) if policy else [],
        "tie_steps": tie_steps(policy, titles) if policy else [],
        "form": form if permissions.can_draft_rules(person(request), round) else None,
        "columns": [{"label": label} for label in (_("Version"), _("Drafted"), phrases.REASON, _("Hash"))],
        "rows": [_row(one, round) for one in versions],
    }
    return render(request, "judging/rules/rules.html", context)


def _drafted(request: HttpRequest, round: Round, form: RulesForm) -> bool:
    data = form.cleaned_data
    return attempt(
        request,
        _("The new version is in force."),
        draft_rules,
        round=round,
        policy=form.policy(titles_for(round, data["title_word"])),
        divergence_limit=data["divergence_limit"],
        voting=data["voting"] or None,
        note=data["note"],
        actor=person(request),
        at=clock.now(),
    )


def _criteria(round: Round) -> list[Criterion]:
    """Every criterion of the rubrics in use, by id once."""
    nodes = [node for rubric in assigned_rubrics(round).values() for node in rubric.nodes[1:]]
    return list({node.id: node for node in nodes}.values())


def _row(rules: RuleSet, round: Round) -> list[dict[str, str]]:
    return [
        {"text": str(rules.number)},
        {"text": date_time(rules.created_at, round.time_zone), "note": str(rules.created_by or "")},
        {"text": rules.note or "–"},
        {"text": rules.content_hash[:16]},
    ]


urlpatterns = [path("peraturan/", rules, name="rules")]
