"""The public site, as a server of applications wants it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.public")
application = get_wsgi_application()

from parvis.config.settings.paths import VAR  # noqa: E402  # the application first
from parvis.publication import reader  # noqa: E402

reader.serve_from(VAR)
