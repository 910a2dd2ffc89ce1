"""The demo's files, and the moments at which its story happens."""

import json
from dataclasses import dataclass, field
from datetime import datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

#: One password for every demo login; the demo settings are not for production.
PASSWORD = "contoh-paritrana-2024"  # noqa: S105


@cache
def _load(name: str) -> Any:
    return json.loads((settings.BASE_DIR / "fixtures" / "demo" / f"{name}.json").read_text("utf-8"))


@dataclass(frozen=True)
class Facts:
    """Everything the builder is told."""

    edition: dict[str, Any] = field(default_factory=lambda: _load("edition"))
    people: dict[str, Any] = field(default_factory=lambda: _load("people"))
    nominees: dict[str, Any] = field(default_factory=lambda: _load("nominees"))
    story: dict[str, Any] = field(default_factory=lambda: _load("story"))

    @property
    def zone(self) -> ZoneInfo:
        """The province's zone."""
        return ZoneInfo(self.edition["time_zone"])

    def moment(self, day: str, clock: str) -> datetime:
        """Return the aware moment of a local day and time of day, such as ("2025-06-24", "09:00")."""
        return datetime.combine(datetime.fromisoformat(day).date(), time.fromisoformat(clock), self.zone)


#: The provinces of the demo that hand over packages made in databases of their own.
PROVINCES = ("64", "74", "81")


def facts_of_province(code: str) -> Facts:
    """Return what is told of one of :data:`PROVINCES`; the edition is that of the demo."""
    told = _load("provinces")[code]
    return Facts(
        edition={**_load("edition"), **told["edition"]},
        people=told["people"],
        nominees=told["nominees"],
        story=told["story"],
    )


def facts_of_national() -> Facts:
    """Return what is told of the demo's national round."""
    told = _load("national")
    return Facts(edition={**_load("edition"), **told["edition"]}, people=told["people"], story=told["story"])
