"""The office, as a server of applications wants it: its addresses and their views are read before a worker answers."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import resolve

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.office")
application = get_wsgi_application()
resolve("/guichet/")
