"""Words and badges for where a province stands with its hand-over."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from judging.models import ReceivedPackage
from judging.selectors.provinces import UNDER_WAY, ProvinceState
from judging.services.province_reminders import CHAT, LETTER, MAIL, PHONE
from nominees.core.lifecycle import State
from nominees.models import STATE_LABELS

BADGES: Final[dict[ProvinceState, dict[str, Any]]] = {
    ProvinceState.NOT_STARTED: {
        "tone": "neutral",
        "icon": "circle-dashed",
        "text": _("Not started, or kept elsewhere"),
    },
    **{
        ProvinceState(state.value): {"tone": "neutral", "icon": "clock", "text": STATE_LABELS[state]}
        for state in State
        if state != State.CLOSED
    },
    ProvinceState.SENT: {"tone": "info", "icon": "send", "text": _("Package on its way")},
    ProvinceState.WAITING: {"tone": "warning", "icon": "hourglass", "text": _("Package waits to be taken")},
    ProvinceState.RECEIVED: {"tone": "success", "icon": "circle-check", "text": _("Winners received")},
    ProvinceState.REFUSED: {"tone": "danger", "icon": "alert-circle", "text": _("Package refused")},
}

#: Groups of states by which the list is narrowed and counted: every province is in exactly one.
GROUPS: Final[dict[str, tuple[Any, tuple[ProvinceState, ...]]]] = {
    "received": (BADGES[ProvinceState.RECEIVED]["text"], (ProvinceState.RECEIVED,)),
    "waiting": (BADGES[ProvinceState.WAITING]["text"], (ProvinceState.WAITING,)),
    "refused": (BADGES[ProvinceState.REFUSED]["text"], (ProvinceState.REFUSED,)),
    "sent": (BADGES[ProvinceState.SENT]["text"], (ProvinceState.SENT,)),
    "under_way": (_("Under way here"), UNDER_WAY),
    "not_started": (BADGES[ProvinceState.NOT_STARTED]["text"], (ProvinceState.NOT_STARTED,)),
}

WAYS: Final = {MAIL: _("E-mail from here"), CHAT: _("WhatsApp"), PHONE: _("Phone"), LETTER: _("Letter")}


def package_badge(package: ReceivedPackage) -> dict[str, Any]:
    """Where a single package stands."""
    if package.problems:
        return BADGES[ProvinceState.REFUSED]
    if package.replaced_at:
        return {"tone": "neutral", "icon": "history", "text": _("Replaced by a newer one")}
    if package.accepted:
        return BADGES[ProvinceState.RECEIVED]
    return BADGES[ProvinceState.WAITING]
