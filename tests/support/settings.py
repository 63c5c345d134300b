"""Settings of the tests: the office's, with the doors of the public site beside them, on databases of their own."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
os.environ["PARVIS_VAR"] = str(PROJECT / "var" / "tests")  # before any setting is read

from parvis.config.office import *  # noqa: E402, F403
from parvis.config.office import INSTALLED_APPS as OFFICE_APPS  # noqa: E402
from parvis.config.office import STORAGES as OFFICE_STORAGES  # noqa: E402
from parvis.config.public import INSTALLED_APPS as PUBLIC_APPS  # noqa: E402
from parvis.config.settings.database import read_address  # noqa: E402
from parvis.config.supervisor.roles import APP  # noqa: E402
from tests.support.databases import address  # noqa: E402

INSTALLED_APPS = [*OFFICE_APPS, *(app for app in PUBLIC_APPS if app not in OFFICE_APPS)]
DATABASES = {"default": {**read_address(address(APP, "postgres")), "CONN_MAX_AGE": 0}}
SECRET_KEY = "only for tests"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}  # no worker in tests
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **OFFICE_STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
(PROJECT / "var" / "tests" / "static" / "office").mkdir(parents=True, exist_ok=True)  # whitenoise asks for it
