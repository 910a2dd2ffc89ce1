"""Which release is running, so that a device knows when what it keeps has become old."""

from django.contrib.staticfiles.storage import staticfiles_storage

from paritrana import __version__


def release() -> str:
    """Return the software's version and, where static files carry their hash in the name, the hash of that list."""
    files = getattr(staticfiles_storage, "manifest_hash", "")
    return f"{__version__}-{files}" if files else __version__
