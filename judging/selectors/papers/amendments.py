"""The data of an amendment of minutes."""

from datetime import datetime

from judging.documents.minutes_data import Amendment
from judging.models import MinutesCorrection
from paritrana.kernel import wording

from .common import demo_mark, edition_title, issuing_body, provenance
from .decree import draft_mark


def amendment_data(correction: MinutesCorrection, number: str, at: datetime, *, is_draft: bool = False) -> Amendment:
    """Return the data of an amendment, numbered ``number`` and dated the day of its confirmation."""
    tabulation, minutes = correction.plenary.tabulation, correction.minutes
    round = tabulation.round
    zone = round.time_zone
    return Amendment(
        issuing_body=issuing_body(round),
        edition=edition_title(round),
        number=number,
        serial=correction.serial,
        minutes_number=minutes.number,
        minutes_day=wording.local_day(correction.plenary.opened_at, zone),
        part=correction.part,
        wrong=correction.wrong,
        right=correction.right,
        reason=correction.reason,
        asked_by=str(correction.requested_by),
        asked_at=correction.requested_at,
        confirmed_by=str(correction.confirmed_by) if correction.confirmed_by else "",
        confirmed_at=correction.confirmed_at,
        place=round.city,
        day=wording.local_day(correction.confirmed_at or at, zone),
        zone=zone,
        provenance=provenance(tabulation, round, at),
        demo_mark=draft_mark(round) if is_draft else demo_mark(round),
    )
