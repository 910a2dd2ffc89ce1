"""The menu of a round: what the signed-in person may open in its present state, by the pages' own permissions."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging import permissions as may
from judging.permissions.ceremony import can_see_ceremony
from judging.permissions.certificates import can_see_certificate_designs
from judging.permissions.documents import can_open_documents
from judging.permissions.handover import can_see_provinces
from judging.permissions.national import can_see_claims, can_see_national_news, can_see_zones
from judging.permissions.publication import can_see_publication
from nominees.models import Level, Round
from nominees.permissions import can_see_nominees
from nominees.web.access import Permission
from paritrana.accounts.models import User
from paritrana.kernel import phrases
from paritrana.kernel.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Entry:
    """A page that stands in the menu for those whom ``permission`` lets in. ``above``: pages below it count as its."""

    name: str
    label: str | Promise
    icon: str
    permission: Permission
    above: str = ""


def _only_reads_schedule(user: User, round: Round) -> Verdict:
    """The released schedule is for those who do not work on the draft."""
    return Verdict("role_needed") if may.can_schedule(user, round) else may.can_see_setup(user, round)


ENTRIES = (
    Entry("judging:round", _("Overview"), "home", may.can_see_setup),
    Entry("judging:my_day", _("My interviews"), "calendar-event", may.can_see_own_sheets),
    Entry("nominees:list", _("Nominees"), "building", can_see_nominees),
    Entry("judging:panel", _("Panel"), "users", may.can_see_setup),
    Entry("judging:rubrics", _("Rubrics"), "list-details", may.can_see_setup),
    Entry("judging:rules", _("Rules"), "scale", may.can_see_setup),
    Entry("judging:categories", _("Categories"), "list-numbers", may.can_see_setup),
    Entry("judging:schedule_board", _("Schedule"), "clock", may.can_schedule, above="judging:schedule"),
    Entry("judging:schedule", _("Schedule"), "clock", _only_reads_schedule),
    Entry(
        "judging:secretariat_scores", _("Administrative scores"), "clipboard-check", may.can_enter_secretariat_scores
    ),
    Entry("judging:paper_entries", _("Sheets typed in from paper"), "file-text", may.can_type_paper),
    Entry("judging:progress", _("Progress"), "list-check", may.can_see_progress),
    Entry("judging:ranking", _("Ranking"), "trophy", may.can_see_standings),
    Entry("judging:plenary", _("Plenary"), "gavel", may.can_see_plenary),
    Entry("judging:ceremony", phrases.CEREMONY, "award", can_see_ceremony),
    Entry("judging:certificate_designs", _("Certificates"), "certificate", can_see_certificate_designs),
    Entry("judging:documents", _("Documents"), "file-certificate", can_open_documents),
    Entry("judging:publication", _("Publication"), "external-link", can_see_publication),
    Entry("judging:forwarding", _("National round"), "send", may.can_see_forwarding),
    Entry("judging:national_news", _("News from the national round"), "trophy", can_see_national_news),
    Entry("judging:provinces", _("Hand-overs of the provinces"), "map-pin", can_see_provinces),
    Entry("judging:zones", _("Zones"), "list-numbers", can_see_zones),
    Entry("judging:claims", _("Verification"), "clipboard-check", can_see_claims),
    Entry("judging:audit", _("Audit trail"), "history", may.can_read_audit),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the round that the page belongs to and the menu; nothing outside a round."""
    round = getattr(request, "round", None)
    if round is None:
        return {}
    user: Any = request.user
    here = {"year": round.edition.assessment_year, "scope": round.scope_code}
    items = [
        {
            "url": url,
            "label": _label(entry, round),
            "icon": entry.icon,
            "current": _is_current(request, entry, url, here),
        }
        for entry in ENTRIES
        if entry.permission(user, round) and (url := _reverse(entry.name, here))
    ]
    return {"round": round, "nav_items": items}


def _label(entry: Entry, round: Round) -> str | Promise:
    """The entry's label; nationally the panel goes by its own name, as on paper."""
    own = entry.name == "judging:panel" and round.level == Level.NATIONAL
    return round.panel_name if own else entry.label


def _is_current(request: HttpRequest, entry: Entry, url: str, here: dict[str, Any]) -> bool:
    """Whether the page is this entry's or lies below it; the overview is above every page and counts only itself."""
    if entry.name == "judging:round":
        return request.path == url
    return request.path.startswith(_reverse(entry.above, here) if entry.above else url)


def _reverse(name: str, here: dict[str, Any]) -> str:
    try:
        return reverse(name, kwargs=here)
    except NoReverseMatch:
        return ""
