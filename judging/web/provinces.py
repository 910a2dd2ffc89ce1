"""Every province side by side: how far it is, what came, when it was reminded; and one province with its reminder."""

from collections import Counter
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from judging.models import ProvinceReminder, TrustedKey
from judging.permissions.handover import can_receive, can_see_provinces
from judging.selectors.province_messages import message_to
from judging.selectors.provinces import (
    SILENT,
    URGENT,
    Province,
    ProvinceState,
    package_number,
    provinces_of,
    winners_of,
)
from judging.selectors.received_packages import packages_of
from judging.services.province_reminders import remind_province
from judging.services.reminders import mail_is_set_up
from nominees.models import Round
from nominees.permissions import can_see_nominees
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.accounts.models import User
from paritrana.kernel import clock, phrases, wording
from paritrana.kernel.seal import grouped
from paritrana.regions.models import Region, RegionKind

from .acting import attempt, forbid_unless, person
from .province_reminders import ReminderForm
from .provinces_wording import BADGES, GROUPS, WAYS, package_badge
from .received_packages import BringForm

COLUMNS = [
    {"label": _("Province")},
    {"label": phrases.STATUS},
    {"label": _("Winners"), "align": "end"},
    {"label": _("Latest package")},
    {"label": _("Last reminder")},
]
WINNER_COLUMNS = [{"label": label} for label in (phrases.NOMINEE, phrases.CATEGORY, _("Title"), _("How they came"))]
PACKAGE_COLUMNS = [{"label": _("Package")}, {"label": phrases.STATUS}, {"label": _("Brought")}]
REMINDER_COLUMNS = [{"label": _("When")}, {"label": _("How")}, {"label": _("By")}]


@require_safe
@round_page(can_see_provinces)
def provinces(request: HttpRequest, round: Round) -> HttpResponse:
    """All provinces, those first that wait for somebody here, or those in one state; and where a package is brought."""
    found, wanted = provinces_of(round), request.GET.get("keadaan", "")
    shown = [one for one in found if wanted not in GROUPS or one.state in GROUPS[wanted][1]]
    quiet = [] if wanted in GROUPS else [one for one in found if one.state == ProvinceState.NOT_STARTED]
    counts = Counter(group for one in found for group, (_label, states) in GROUPS.items() if one.state in states)
    context = {
        "round": round,
        "stats": [
            {"label": label, "value": counts[group], "url": f"?keadaan={group}"}
            for group, (label, _states) in GROUPS.items()
        ],
        "total": len(found),
        "received": counts["received"],
        "may_remind": bool(can_receive(person(request), round)) and any(one.state in SILENT for one in found),
        "only": GROUPS[wanted][0] if wanted in GROUPS else "",
        "columns": COLUMNS,
        "rows": [
            _row(one, round) for one in sorted(shown, key=lambda one: one.state not in URGENT) if one not in quiet
        ],
        "quiet": [_row(one, round) for one in quiet],
        "quiet_label": BADGES[ProvinceState.NOT_STARTED]["text"],
        "empty": {"title": _("No province is in this state"), "text": ""},
        "bring": BringForm() if can_receive(person(request), round) else None,
    }
    return render(request, "judging/received_packages/provinces.html", context)


def _row(one: Province, round: Round) -> list[dict[str, Any]]:
    latest, reminder = one.latest, one.reminder
    link: dict[str, Any] = {"text": ""}
    if latest:
        number = package_number(latest)
        link = {
            "text": _("Package %(number)s") % {"number": number} if number else latest.file_name,
            "url": round_url("judging:received_package", round, package_id=latest.pk),
            "note": wording.date_time(latest.received_at, round.time_zone),
        }
    told: dict[str, Any] = {"text": ""}
    if reminder:
        told = {"text": wording.date_time(reminder.sent_at, round.time_zone), "note": WAYS[reminder.way]}
    return [
        {"text": one.region.name, "url": round_url("judging:province", round, code=one.region.code)},
        dict(BADGES[one.state]),
        {"text": str(one.winners or "")},
        link,
        told,
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_see_provinces)
def province(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """One province: its packages, keys and reminders; posting reminds it."""
    region = Region.objects.filter(code=code, kind=RegionKind.PROVINCE).first()
    if region is None:
        raise Http404
    may_receive, user = can_receive(person(request), round), person(request)
    form = ReminderForm(request.POST or None)
    if request.method == "POST":
        forbid_unless(may_receive)
        if form.is_valid():
            told = {"way": form.cleaned_data["cara"], "note": form.cleaned_data["catatan"]}
            act = {"round": round, "region": region, "actor": user, "at": clock.now()}
            attempt(request, _("The reminder was recorded."), remind_province, **act, **told)
            return redirect(round_url("judging:province", round, code=code))
    found = next(iter(provinces_of(round, region)), None)
    if found is None:
        raise Http404
    context = {
        "round": round,
        "region": region,
        "badge": BADGES[found.state],
        "may_receive": bool(may_receive),
        "is_done": found.is_done,
        "form": form,
        "message": message_to(round, region),
        "has_mail": mail_is_set_up(),
        "keys": [
            {"fingerprint": grouped(key.fingerprint), "key": key}
            for key in TrustedKey.objects.filter(region=region, withdrawn_at=None).select_related("trusted_by")
        ],
        "winner_columns": WINNER_COLUMNS,
        "winners": _winners(round, region, user),
        "package_columns": PACKAGE_COLUMNS,
        "packages": _packages(round, region),
        "reminder_columns": REMINDER_COLUMNS,
        "reminders": _reminders(round, region),
        "breadcrumbs": [{"url": round_url("judging:provinces", round), "label": _("Hand-overs of the provinces")}],
    }
    return render(request, "judging/received_packages/province.html", context, status=422 if form.errors else 200)


def _winners(round: Round, region: Region, user: User) -> list[list[dict[str, Any]]]:
    """Who of the province is in the national round, and by what they came; a link for who may read nominees."""
    may_open, found = bool(can_see_nominees(user, round)), []
    for one in winners_of(round, region):
        number = one.nomination.number
        link = {"url": round_url("nominees:detail", round, number=number)} if may_open else {}
        came: dict[str, Any] = {"text": _("On this installation, without a file")}
        if one.package:
            came = {"text": _("Package %(number)s") % {"number": package_number(one.package)}}
        came["note"] = f"{wording.date_time(one.at, round.time_zone)}, {one.by}"
        name = {"text": str(one.nomination), **link}
        found.append([name, {"text": one.nomination.category.name}, {"text": one.title}, came])
    return found


def _packages(round: Round, region: Region) -> list[list[dict[str, Any]]]:
    keys = TrustedKey.objects.filter(region=region).order_by("trusted_at", "pk")
    known = dict(keys.values_list("fingerprint", "withdrawn_at"))
    return [
        [
            {
                "text": package.file_name,
                "url": round_url("judging:received_package", round, package_id=package.pk),
                "note": f"SHA-256 {package.sha256[:16]}…",
            },
            {**package_badge(package), "note": _("Its key was withdrawn") if known.get(package.fingerprint) else ""},
            {"text": wording.date_time(package.received_at, round.time_zone), "note": str(package.received_by)},
        ]
        for package in packages_of(round).filter(region=region)
    ]


def _reminders(round: Round, region: Region) -> list[list[dict[str, Any]]]:
    rows = ProvinceReminder.objects.filter(edition_id=round.edition_id, region=region).select_related("sent_by")
    return [
        [
            {"text": wording.date_time(one.sent_at, round.time_zone)},
            {"text": WAYS[one.way], "note": one.note},
            {"text": str(one.sent_by)},
        ]
        for one in rows
    ]


urlpatterns = [
    path("penerimaan/", provinces, name="provinces"),
    path("penerimaan/provinsi/<slug:code>/", province, name="province"),
]
