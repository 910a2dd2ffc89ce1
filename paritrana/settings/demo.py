"""One machine, SQLite, the demo edition: what ``bin/demo`` starts."""

from django.core.management.utils import get_random_secret_key

from .base import *  # noqa: F403
from .base import VAR_DIR, env


def _secret_key() -> str:
    """Return the key kept in ``var/``; it is made at the first start so that none is ever shipped."""
    kept = VAR_DIR / "secret-key"
    if not kept.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        kept.write_text(get_random_secret_key())
        kept.chmod(0o600)
    return kept.read_text()


SECRET_KEY = _secret_key()
DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
if not env.str("MAIL_URL", ""):
    EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
