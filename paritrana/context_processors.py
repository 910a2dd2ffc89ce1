"""What the frame of every page shows besides the page itself."""

from django.conf import settings
from django.http import HttpRequest

from paritrana import __version__


def site(request: HttpRequest) -> dict[str, str]:
    """Return whom to ask for help and which version is running."""
    return {"help_contact": settings.HELP_CONTACT, "software_version": __version__}
