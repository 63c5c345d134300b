"""The signs and words a question is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .tree import NotUnderstood, _

LONGEST = 4000

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<length>-?\d+(?:\.\d+)?(?:km|cm|mm|mi|m|yd|ft)\b)
    | (?P<number>-?\d+(?:\.\d+)?(?!\w|\.(?!\.)))
    | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<quoted>`[A-Za-z_][A-Za-z0-9_]*`)
    | (?P<sign>!=|<>|<=|>=|\.\.|[][()=:<>,*])
    )""",
    re.VERBOSE,
)
_WORDS = frozenset({
    "and", "or", "not", "in", "between", "like", "is", "null", "true", "false", "as", "asc", "desc",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str
    at: int


def tokens_of(text: str) -> list[Token]:
    if len(text) > LONGEST:
        raise NotUnderstood(_("The question is longer than %(most)s characters."), most=LONGEST)
    found, at, end = [], 0, len(text.rstrip())
    while at < end:
        hit = _TOKEN.match(text, at)
        if hit is None:
            at += len(text[at:]) - len(text[at:].lstrip())
            raise NotUnderstood(
                _("At character %(at)s, “%(rest)s” cannot be read."), at=at + 1, rest=text[at : at + 20]
            )
        kind = hit.lastgroup or ""
        read, at = hit[kind], hit.end()
        if kind == "quoted":
            kind, read = "name", read[1:-1]
        elif kind == "name" and read.lower() in _WORDS:
            kind, read = "word", read.lower()
        elif kind == "text":
            read = re.sub(r"\\(.)", r"\1", read[1:-1], flags=re.DOTALL)
        found.append(Token(kind, read, hit.start(hit.lastgroup or 0) + 1))
    return found
