"""The public site: reads releases and nothing else. No database, no session, no account, no cookie; port 8000."""

import secrets

from parvis.config.apps import PUBLIC_DOORS
from parvis.config.settings import addresses, languages, logging, paths, security, static
from parvis.config.settings.environment import asked, asked_yes

DEBUG = asked_yes("PARVIS_DEBUG")
SECRET_KEY = secrets.token_urlsafe(48)  # signs nothing: this site keeps no state, and never sees the office's key
ALLOWED_HOSTS = addresses.hosts(addresses.PUBLIC_ORIGIN)
ROOT_URLCONF = "parvis.config.urls_public"
WSGI_APPLICATION = "parvis.config.wsgi_public.application"

PARVIS_PUBLIC_ORIGIN = addresses.PUBLIC_ORIGIN
PARVIS_API_RATE = int(asked("PARVIS_API_RATE"))
PARVIS_REHEARSAL = asked_yes("PARVIS_REHEARSAL")
PARVIS_OFFICE_ORIGIN = addresses.OFFICE_ORIGIN
VAR_DIR = paths.VAR
RELEASES_DIR = paths.RELEASES

DATABASES: dict[str, dict[str, str]] = {}
LOGGING = logging.LOGGING

INSTALLED_APPS = ["django.contrib.staticfiles", *PUBLIC_DOORS]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "parvis.config.squeezing.squeezed",
    "parvis.config.headers.constant_headers",
    "parvis.doors.feeds.api.manners.mannered",
    "parvis.config.refusing.refusing",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": []},
    }
]

LANGUAGES = languages.LANGUAGES
LANGUAGE_CODE = languages.LANGUAGE_CODE
LOCALE_PATHS = languages.LOCALE_PATHS
FORMAT_MODULE_PATH = languages.FORMAT_MODULE_PATH
TIME_ZONE = languages.TIME_ZONE
USE_I18N = languages.USE_I18N
USE_TZ = languages.USE_TZ

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
APPEND_SLASH = False

globals().update(static.static_files("public"))
globals().update(security.transport(addresses.PUBLIC_ORIGIN))
