"""Papers that reviewers may read: what in their words would tell who asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parvis.domain.funding.enums import BodyScheme
from parvis.domain.funding.models import Application, Attachment, Call
from parvis.domain.funding.queries.blinding import finder
from parvis.domain.funding.queries.files import attached, form_read
from parvis.domain.funding.queries.naming import names_in
from parvis.domain.funding.queries.reviews import TO_SHARE
from parvis.domain.funding.queries.verdicts import verdict_on

#: More findings than these help nobody.
MOST_FOUND = 200
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Naming:
    """Something in a paper that tells who asks: what kind, where, in which words."""

    kind: str
    where: str
    place: str
    words: str


def namings(file: Application, file_name: str, passages: Iterable[tuple[str, str, str]]) -> list[Naming]:
    """What would tell who asks: names, numbers, addresses, telephones, in the words and properties of a paper."""
    patterns = [("number", _numbers_of(file)), *finder(names_in(file))]
    found: dict[Naming, None] = {}
    for where, place, text in (("file name", "", file_name.replace("_", " ")), *passages):
        for one in _in_text(patterns, where, place, text):
            found.setdefault(one)
            if len(found) >= MOST_FOUND:
                return list(found)
    return list(found)


def _in_text(patterns: list[tuple[str, re.Pattern[str] | None]], where: str, place: str, text: str) -> Iterator[Naming]:
    if where == "property" and place.casefold() in ("creator", "author", "lastmodifiedby", "initial-creator"):
        yield Naming("author", where, place, text[:120])
    text = unicodedata.normalize("NFD", text)  # accents stand apart, and are passed over
    for kind, pattern in patterns:
        for match in pattern.finditer(text) if pattern else ():
            start, end = max(0, match.start() - _AROUND), match.end() + _AROUND
            words = unicodedata.normalize("NFC", text[start:end])
            yield Naming(kind, where, place, " ".join(words.split()))


def _numbers_of(file: Application) -> re.Pattern[str] | None:
    """The number of the body, with whatever stands between its digits; of a SIRET, the SIREN too."""
    number = re.sub(r"\W", "", file.body.number)
    if len(number) < 5:
        return None
    short = number[:9] if file.body.scheme == BodyScheme.SIRET else number
    return re.compile(r"(?<!\w)" + r"\W{0,2}".join(map(re.escape, short)), re.IGNORECASE)


def papers_to_search(call: Call) -> Iterator[tuple[Application, Attachment]]:
    """Papers asked for without names, of files on their way to reviewers, that nobody has judged yet."""
    for file in call.applications.filter(state__in=TO_SHARE).select_related("body", "form"):
        asked = {one["code"] for one in form_read(file.form_id).documents if one.get("nameless")}
        for code, row in attached(file).items():
            if code in asked and verdict_on(file, code, row.document.sha256) is None:
                yield file, row
