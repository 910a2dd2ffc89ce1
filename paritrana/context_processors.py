"""What the frame of every page shows besides the page itself."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from paritrana import __version__
from paritrana.kernel.device import device_name


def site(request: HttpRequest) -> dict[str, Any]:
    """Return whom to ask for help, which version is running, and as whom a device knows who is signed in."""
    person: Any = getattr(request, "user", None)  # only where the session was read
    return {
        "help_contact": settings.HELP_CONTACT,
        "software_version": __version__,
        "device_member": lambda: device_name(person.pk) if person else "",
    }
