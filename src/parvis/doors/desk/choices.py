"""The lists a tie to another record is chosen from, with what each key stands for."""

from __future__ import annotations

from typing import Any

from parvis.register.models import Subject, Text

#: Longer lists are of no help to anyone; the rest is found by its key.
_AT_MOST = 3000


def key_lists(sheet: Any) -> dict[str, list[tuple[str, str]]]:
    """Each list the fields of a form point to: (key, title)."""
    wanted = {field.widget.attrs["list"] for field in sheet.fields.values() if field.widget.attrs.get("list")}
    found: dict[str, list[tuple[str, str]]] = {}
    titles = _titles() if wanted else {}
    for name in sorted(wanted):
        nouns = name.removeprefix("keys-").split("-")
        keys = Subject.objects.filter(revision__gte=1)
        if nouns != ["any"]:
            keys = keys.filter(noun__in=nouns)
        found[name] = [(key, titles.get(key, key)) for key in keys.values_list("key", flat=True)[:_AT_MOST]]
    return found


def _titles() -> dict[str, str]:
    texts = Text.objects.filter(field="title").order_by("-language").values_list("subject__key", "body")
    return dict(texts)
