"""Text as it is compared in lists: small letters without accents, worked out by the database as it is written."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, GeneratedField, TextField, Value
from django.db.models.functions import Lower

_ACCENTS = ("àáâãäåçèéêëìíîïñòóôõöùúûüýÿ’", "aaaaaaceeeeiiiinooooouuuuyy'")
_BARE = str.maketrans(*_ACCENTS)


def bare(text: str) -> str:
    """Words as they are looked for, made the way the database makes its own."""
    return text.lower().translate(_BARE)


def plain_of(field: str) -> Any:
    """A column that holds another without capitals and accents, and can be searched."""
    told = Func(Lower(field), Value(_ACCENTS[0]), Value(_ACCENTS[1]), function="TRANSLATE")
    return GeneratedField(expression=told, output_field=TextField(), db_persist=True)
