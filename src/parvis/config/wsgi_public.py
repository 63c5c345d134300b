"""The public site, as a server of applications wants it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "parvis.config.public")
# Arrow's own allocator keeps what it once needed, a hundred megabytes a worker; the system's gives it back.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
application = get_wsgi_application()

from django.core.cache import close_caches  # noqa: E402  # the application first
from django.core.handlers.base import reset_urlconf  # noqa: E402
from django.core.signals import request_finished, request_started  # noqa: E402
from django.db import close_old_connections, reset_queries  # noqa: E402
from django.urls import get_resolver  # noqa: E402

from parvis.config.settings.paths import VAR  # noqa: E402
from parvis.publication import reader  # noqa: E402

reader.serve_from(VAR)
get_resolver().url_patterns  # noqa: B018  # every page is read before the first reader comes, not while one waits

# There is no database behind this site, no cache, and one set of addresses: looking after them at each request is a
# tenth of a feed's time.
request_started.disconnect(reset_queries)
for moment in (request_started, request_finished):
    moment.disconnect(close_old_connections)
request_finished.disconnect(close_caches)
request_finished.disconnect(reset_urlconf)
