"""The public site's addresses and templates in a process of the tests, whose settings are the office's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.template import Engine, engines
from django.template.utils import EngineHandler
from django.urls import set_urlconf

from parvis.config import public

#: The public site's templates, each read once for all the tests of a process, as they are in service.
_PUBLIC = vars(EngineHandler(public.TEMPLATES))


@contextmanager
def public_doors() -> Iterator[None]:
    """Answer as the public site does, inside settings that somebody else takes back.

    Django is not told that these two changed: it would read every template and every address of both sites again.
    """
    office = dict(vars(engines))
    settings.TEMPLATES, settings.ROOT_URLCONF = public.TEMPLATES, public.ROOT_URLCONF
    _read_from(_PUBLIC)
    try:
        yield
    finally:
        _read_from(office)


def _read_from(held: Mapping[str, Any]) -> None:
    vars(engines).clear()
    vars(engines).update(held)
    Engine.get_default.cache_clear()
    set_urlconf(None)
