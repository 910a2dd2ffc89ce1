"""What several pages of nominees say in the same way: addresses, status badges, places, percentages."""

from typing import Any

from django.urls import reverse

from nominees.models import CountedIndicator, Nomination, Round, Status
from paritrana.kernel import phrases, wording

TONES = {
    Status.PROPOSED: ("warning", "clock"),
    Status.RUNNING: ("success", "check"),
    Status.OUTSIDE: ("info", "info-circle"),
    Status.WITHDRAWN: ("neutral", "minus"),
    Status.REJECTED: ("danger", "x"),
    Status.NO_SHOW: ("danger", "ban"),
}


def address(name: str, round: Round, **kwargs: Any) -> str:
    """Return the address of the page ``name`` of ``round``."""
    return reverse(name, kwargs={"year": round.edition.assessment_year, "scope": round.scope_code, **kwargs})


def status_badge(nomination: Nomination) -> dict[str, Any]:
    """Return the badge (or table cell) of the nomination's status."""
    if nomination.is_calibration:
        return {"tone": "info", "icon": "info-circle", "text": str(phrases.CALIBRATION)}
    tone, icon = TONES[Status(nomination.status)]
    return {"tone": tone, "icon": icon, "text": nomination.get_status_display()}


def place_of(nomination: Nomination) -> str:
    """Return where the nominee lies, from narrow to wide: "Kecamatan Tasifeto Timur, Kabupaten Belu"."""
    region = nomination.nominee.region
    if nomination.nominee.kind == "business":
        return region.full_name
    above = [region.parent, region.parent.parent if region.parent else None]
    return ", ".join(other.full_name for other in above if other and other.kind != "provinsi")


def percentage_of(indicator: CountedIndicator) -> str:
    """Return the percentage as printed, computed from the counts."""
    return wording.percentage(indicator.count, indicator.base)


def counts_of(indicator: CountedIndicator) -> str:
    """Return "1.200 / 4.000"."""
    return f"{wording.decimal_number(indicator.count, 0)} / {wording.decimal_number(indicator.base, 0)}"
