"""A release as one canonical text: what its checksum is over, and what is downloaded to check it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC
from typing import Any, Final

from judging.models import ScheduleRelease, Seat
from nominees.models import Nomination, Round

from .schedule_releases import Schedule, Told, told_in
from .tabulations import canonical, sha256_of

FORMAT: Final = "paritrana-released-schedule/1"


def written_release(round: Round, number: int, rows: Iterable[Told]) -> str:
    """Return release ``number`` of ``round`` as canonical JSON: nominees by number, seats by code, times in UTC.

    Two queries.
    """
    rows = list(rows)
    numbers = dict(Nomination.objects.filter(pk__in=[one.nomination for one in rows]).values_list("pk", "number"))
    codes = dict(Seat.objects.filter(round=round).values_list("pk", "code"))
    interviews = sorted((_row(one, numbers, codes) for one in rows), key=lambda row: row["nominee"])
    head = {"format": FORMAT, "year": round.edition.assessment_year, "scope": round.scope_code, "number": number}
    return canonical({**head, "interviews": interviews})


def release_text(release: ScheduleRelease) -> str:
    """Return the text that ``release.sha256`` is over, from its rows as they are stored. Four queries."""
    return written_release(release.round, release.number, told_in(release).values())


def fingerprint(round: Round, schedule: Schedule) -> str:
    """Return the SHA-256 of what a release of ``schedule`` would say, whatever its number. Two queries."""
    return sha256_of(written_release(round, 0, (replace(one, changed_in=0) for one in schedule.values())))


def _row(one: Told, numbers: Mapping[int, int], codes: Mapping[int, str]) -> dict[str, Any]:
    return {
        "nominee": numbers[one.nomination],
        "room": one.room_name,
        "online": one.is_online,
        "starts_at": one.starts_at.astimezone(UTC).isoformat(),
        "ends_at": one.ends_at.astimezone(UTC).isoformat(),
        "seats": sorted(codes[seat] for seat in one.seats),
        "changed_in": one.changed_in,
    }
