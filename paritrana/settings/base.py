"""Settings that every environment shares; the environment modules only say what differs."""

from pathlib import Path
from typing import Any

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent.parent
VAR_DIR = BASE_DIR / "var"
OUTPUT_DIR = BASE_DIR / "output"

env = environ.Env()

INSTALLED_APPS = [
    "paritrana.audit.apps.AuditConfig",
    "paritrana.regions.apps.RegionsConfig",
    "paritrana.accounts.apps.AccountsConfig",
    "nominees",
    "judging",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
    "paritrana.busy.BusyMiddleware",
    "paritrana.wrong_method.WrongMethodMiddleware",
]

ROOT_URLCONF = "paritrana.urls"
WSGI_APPLICATION = "paritrana.wsgi.application"
ASGI_APPLICATION = "paritrana.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "paritrana.context_processors.site",
                "judging.web.navigation.navigation",
            ],
        },
    },
]

# A transaction that reads and then writes must take SQLite's write lock at once, or it is refused at
# its first write ("database is locked"); FULL keeps an acknowledged save over a power loss.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}


def database(url: str) -> dict[str, Any]:
    """Return the Django database settings for ``url`` (``sqlite:///...`` or ``postgres://...``)."""
    config: dict[str, Any] = env.db_url_config(url)
    if str(config["ENGINE"]).endswith("sqlite3"):
        config["OPTIONS"] = SQLITE_OPTIONS
        config["CONN_MAX_AGE"] = None
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
        # Any number: without one the driver prepares nothing (paritrana/kernel/prepared.py).
        # And nobody waits for minutes on a host that has gone away (seconds; milliseconds).
        config["OPTIONS"] = {"prepare_threshold": 5, "connect_timeout": 5, "tcp_user_timeout": 20_000} | config.get(
            "OPTIONS", {}
        )
    return config


DATABASES = {"default": database(env.str("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}"))}
# What takes longer than somebody waits is left to ``manage.py worker``: a task is asked for in the transaction of the
# service that needs it, and is gone with it.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # first, so that a locked-out person stays out
    "paritrana.accounts.backends.AccountBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False  # lock-outs are lifted by the command axes_reset, not by editing its rows
AXES_LOCKOUT_TEMPLATE = "registration/locked_out.html"  # names the quarter of an hour

LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
SESSION_ENGINE = "paritrana.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # one interview day
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "paritrana.installable.csrf_failure"

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Indonesian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Makassar"

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
# The second is built from npm packages at set-up (paritrana/frontend.py) and never committed.
STATICFILES_DIRS: list[object] = [BASE_DIR / "static", BASE_DIR / ".build" / "static"]
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
EVIDENCE_SIZE_LIMIT = 10 * 1024 * 1024  # bytes of one file; what the server in front takes at once lies above
EVIDENCE_FILES_AT_ONCE = 5
# The key that signs hand-over packages; `manage.py handover_key` makes it.
HANDOVER_KEY = env.str("HANDOVER_KEY", str(VAR_DIR / "handover-key.pem"))

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Tabler's style sheet carries its small pictures as data
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"

# Without a mail server nothing is sent, and pages say so. Reminders to panel members are the only e-mail there is.
globals().update(env.email_url("MAIL_URL", "dummymail://"))
EMAIL_TIMEOUT = 10  # seconds: somebody waits for the answer
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", "Sekretariat Paritrana Award <sekretariat@paritrana.example>")

# Without DEBUG Django would send errors by mail to nobody and print nothing.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler", "level": "WARNING"}},
    "root": {"handlers": ["stderr"]},
    "loggers": {
        "django.request": {"level": "ERROR"},  # a refused or missing page is no error of ours
        "pyhanko": {"level": "CRITICAL"},  # what it finds in a brought file is told on the page
    },
}

# The address printed into QR codes and letters; the public check page answers there.
PUBLIC_ADDRESS = env.str("PUBLIC_ADDRESS", "http://127.0.0.1:8000")
HELP_CONTACT = env.str("HELP_CONTACT", "Sekretariat Paritrana Award")

# Electronic signatures: a folder with the roots of recognised providers, and a service of time stamps; may be empty.
SIGNATURE_ROOTS = env.str("SIGNATURE_ROOTS", "")
SIGNATURE_TSA = env.str("SIGNATURE_TSA", "")
