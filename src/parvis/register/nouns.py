"""Which model holds the records of a noun."""

from __future__ import annotations

from functools import cache

from django.apps import apps

from parvis.register.models import Record


@cache
def models_by_noun() -> dict[str, type[Record]]:
    """Every kind of record the house knows, by its noun."""
    found = {model.noun: model for model in apps.get_models() if issubclass(model, Record) and model.noun}
    return dict(sorted(found.items()))


def record_of(noun: str, key: str) -> Record:
    """The record of this key. Raises DoesNotExist of its model."""
    return models_by_noun()[noun]._default_manager.select_related("subject").get(subject__key=key)
