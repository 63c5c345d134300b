"""The office, as a server of applications wants it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.office")
application = get_wsgi_application()
