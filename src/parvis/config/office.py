"""The office: what people of the city sign in to. PostgreSQL, accounts, the register; port 8001."""

from parvis.config.apps import OFFICE_DOORS, ROOMS
from parvis.config.settings import accounts, addresses, languages, logging, paths, security, sizes, static, tasks
from parvis.config.settings.database import databases
from parvis.config.settings.environment import asked, asked_yes
from parvis.config.settings.secrets import kept_secret

DEBUG = asked_yes("PARVIS_DEBUG")
SECRET_KEY = kept_secret("django")
ALLOWED_HOSTS = addresses.hosts(addresses.OFFICE_ORIGIN)
ROOT_URLCONF = "parvis.config.urls_office"
WSGI_APPLICATION = "parvis.config.wsgi_office.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PARVIS_CITY = asked("PARVIS_CITY")
PARVIS_REHEARSAL = asked_yes("PARVIS_REHEARSAL")
PARVIS_PUBLIC_ORIGIN = addresses.PUBLIC_ORIGIN
PARVIS_OFFICE_ORIGIN = addresses.OFFICE_ORIGIN
DATA_DIR = paths.DATA
VAR_DIR = paths.VAR
RELEASES_DIR = paths.RELEASES
VAULT_DIR = paths.VAULT
PARVIS_OUTBOX_MINUTES = int(asked("PARVIS_OUTBOX_MINUTES"))
PARVIS_OUTBOX_RETRY_HOURS = int(asked("PARVIS_OUTBOX_RETRY_HOURS"))
PARVIS_REMINDER_DAYS = sorted({int(days) for days in asked("PARVIS_REMINDER_DAYS").split(",") if days.strip()})
CLAMAV_SOCKET = asked("PARVIS_CLAMAV_SOCKET")

DATABASES = databases()
TASKS = tasks.TASKS
LOGGING = logging.LOGGING
CONTENT_SECURITY_POLICY = {"DIRECTIVES": security.POLICY}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    *OFFICE_DOORS,  # before the packages whose pages they dress
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "pgtrigger",
    "pghistory",
    "rules",
    *ROOMS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "parvis.config.headers.constant_headers",
    "parvis.config.headers.never_stored",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "parvis.config.refusing.refusing",
    "parvis.config.carrying.not_too_large",  # in the reader's language, and before anything reads what was sent
    "django.middleware.common.CommonMiddleware",
    "parvis.config.carrying.no_nul",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["parvis.config.hands"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "string_if_invalid": "",
        },
    }
]

LANGUAGES = languages.LANGUAGES
LANGUAGE_CODE = languages.OFFICE_LANGUAGE
LOCALE_PATHS = languages.LOCALE_PATHS
FORMAT_MODULE_PATH = languages.FORMAT_MODULE_PATH
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = languages.TIME_ZONE
USE_I18N = languages.USE_I18N
USE_TZ = languages.USE_TZ

AUTH_USER_MODEL = accounts.AUTH_USER_MODEL
AUTHENTICATION_BACKENDS = accounts.AUTHENTICATION_BACKENDS
AUTH_PASSWORD_VALIDATORS = accounts.AUTH_PASSWORD_VALIDATORS
PGHISTORY_MIDDLEWARE_METHODS = ("POST",)

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SILENCED_SYSTEM_CHECKS = [
    "security.W004",
    "security.W008",
    "security.W012",
    "security.W016",
]  # HTTP on one machine
DATA_UPLOAD_MAX_MEMORY_SIZE = sizes.MOST_WORDS
DATA_UPLOAD_MAX_NUMBER_FIELDS = sizes.MOST_FIELDS

globals().update(accounts.SIGN_IN)
globals().update(accounts.SESSION)
globals().update(accounts.mail())
globals().update(static.static_files("office"))
globals().update(security.transport(addresses.OFFICE_ORIGIN))
