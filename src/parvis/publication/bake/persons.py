"""Names of persons the house knows, looked for in everything a release would publish.

The persons a release shows on purpose (holders of an office, honoured persons) are not looked for, unless somebody
who asks in their own name is called the same: then only the records that are about persons may say it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, astuple, dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Self

from django.utils.crypto import salted_hmac

from parvis.domain.directory.actions import NamedIn
from parvis.domain.directory.enums import Known
from parvis.domain.directory.queries import (
    Called,
    account_names,
    contact_names,
    names_called,
    names_let_stand,
    names_of_public_persons,
    rows_of_names,
    stamp_of,
    unpublished_names,
)
from parvis.domain.funding.queries.persons import (
    answered_names,
    applicant_names,
    rows_of_names_of_money,
    sheltering_themes,
    signatory_names,
)
from parvis.foundation.publishing import PublishedTable, columns_on_disk
from parvis.foundation.values.naming import Name, visible
from parvis.publication.reader.schema import FILE

from .earlier import tables_of
from .folding import fold_text
from .sought import Hit, Sought, names_of
from .tables import plan_of

_TEXTS = frozenset({"text", "words", "list"})
#: Nouns whose records are there to name persons.
_OF_PERSONS = ("person", "office", "honour", "memorial", "commemoration")
_HARDEST = list(Known)
_AROUND = 90
#: Stands for a sign of a name found, while the rest of its text is looked through.
_COVER = "…"

#: What the release itself calls a person, or something that is none: an account may bear the name of a service.
_CALLED = """
SELECT body, noun = 'person' FROM texts JOIN subjects ON key = subject WHERE field = 'title' AND {of}
UNION SELECT text, noun = 'person' FROM names JOIN subjects ON key = subject WHERE {of}
""".format(of="(noun IN ('person', 'place', 'network', 'office') OR noun = 'body' AND subjects.kind LIKE 'city%')")


@dataclass(frozen=True, slots=True)
class Named:
    """A name that stands in a text of a release: where, how, the words around it, and what tells both again."""

    key: str
    table: str
    column: str
    language: str
    how: Known
    before: str
    words: str
    after: str
    digest: str

    @property
    def field(self) -> str:
        """The field, as the journal tells it."""
        return ".".join(filter(None, (self.table, self.column, self.language)))

    @property
    def sheltered(self) -> bool:
        """Whether no reason lets it stand."""
        return self.how == Known.SHELTERED

    @property
    def as_kept(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def kept(cls, told: dict[str, Any]) -> Self:
        """One that was written down."""
        return cls(**{**told, "how": Known(told["how"])})

    @property
    def to_let_stand(self) -> NamedIn:
        return NamedIn(self.key, self.field, self.digest, self.words, self.how)


@dataclass(frozen=True, slots=True)
class Naming:
    """A text of a release that names persons: whose it is, and where the names stand in it as it is seen."""

    key: str
    text: str
    places: tuple[tuple[int, int], ...]
    is_key: bool


def persons_known() -> dict[tuple[str, str], Known]:
    """The persons the house knows, by given and family names, and how they are known at the most guarded."""
    found: dict[tuple[str, str], Known] = {}
    for given, family, how in chain(*(told() for told in _TOLD)):
        found[given, family] = max(how, found.get((given, family), how), key=_HARDEST.index)
    return found


_TOLD: Sequence[Any] = (
    account_names, contact_names, unpublished_names, applicant_names, signatory_names, answered_names,
)  # fmt: skip


def persons_named(content: Path, tables: Sequence[PublishedTable]) -> tuple[Named, ...]:
    """Names found in the content of a release and not let stand, in the order of its tables."""
    return _looked_through(content, tables, None)


def persons_named_before(content: Path, *, also: str = "") -> tuple[Named, ...]:
    """The same in an earlier release: who was rightly public on its day may not be today.

    ``also``: somebody the house does not know, as an officer types the name.
    """
    return _looked_through(content, tables_of(content)[1], names_of_public_persons(), also)


def _looked_through(
    content: Path, tables: Sequence[PublishedTable], public: frozenset[Name] | None, also: str = ""
) -> tuple[Named, ...]:
    known = persons_known()
    if not known and not also:
        return ()
    with closing(_opened(content)) as db:
        search = _Search(db, known, public, also)
        found = tuple(search.through(tables))
        let = frozenset(one.digest for one in found) - {one.digest for one in still_standing(found)}
        return tuple(one for one in found if one.digest not in let or one.digest in search.typed)


def texts_naming(content: Path, *, also: str = "") -> list[Naming]:
    """Each text of an earlier release that names somebody, with every place where it does; but for names let stand."""
    with closing(_opened(content)) as db:
        search = _Search(db, persons_known(), names_of_public_persons(), also)
        return list(search.places(tables_of(content)[1]))


def _opened(content: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(content / FILE).resolve().as_uri()}?mode=ro&immutable=1", uri=True)


def still_standing(found: Iterable[Named]) -> tuple[Named, ...]:
    """Those that no publisher let stand."""
    found = tuple(found)
    let = names_let_stand([one.digest for one in found]) if found else frozenset()
    return tuple(one for one in found if one.sheltered or one.digest not in let)


@dataclass(frozen=True, slots=True)
class _Text:
    key: str
    table: str
    column: str
    language: str
    said: str


class _Search:
    """One look through the tables of a release. ``public``: the persons who are public today, for one made before."""

    def __init__(
        self,
        db: sqlite3.Connection,
        known: dict[tuple[str, str], Known],
        public: frozenset[Name] | None,
        also: str = "",
    ) -> None:
        self.db = db
        self.typed: set[str] = set()
        called = [(said, bool(is_person)) for said, is_person in db.execute(_CALLED)]
        if public is not None:
            called = [one for one in called if not one[1] or names_of(one[0]) & public]
        self.sought = Sought(known, folding=fold_text, also=also)
        self.pass_over = self.sought.passing(called)
        rows = db.execute(f"SELECT key FROM subjects WHERE noun IN ({','.join('?' * len(_OF_PERSONS))})", _OF_PERSONS)
        self.of_persons = {key for (key,) in rows}

    def through(self, tables: Sequence[PublishedTable]) -> Iterator[Named]:
        """What is found, each name once a text."""
        for text in self._texts(tables):
            yield from self._told(text)

    def places(self, tables: Sequence[PublishedTable]) -> Iterator[Naming]:
        """Each text that names somebody, with every place where it does, however often one is named there."""
        found = [(text, self._places(text)) for text in self._texts(tables)]
        let = names_let_stand([digest for _text, places in found for *_place, digest in places])
        for text, places in found:
            if still := tuple(sorted((start, end) for start, end, digest in places if digest not in let)):
                yield Naming(text.key, text.said, still, (text.table, text.column) == ("subjects", "key"))

    def _places(self, text: _Text) -> list[tuple[int, int, str]]:
        """Where names stand in a text, with the digest of those a publisher may have let."""
        seen, found = visible(text.said), []
        while hits := self._hits(text, seen):
            for hit in hits:
                may_be_let = hit.how != Known.SHELTERED and not self.sought.is_typed(hit)
                found.append((hit.start, hit.end, self._digest(text, hit) if may_be_let else ""))
                seen = seen[: hit.start] + _COVER * (hit.end - hit.start) + seen[hit.end :]
        return found

    def _texts(self, tables: Sequence[PublishedTable]) -> Iterator[_Text]:
        for table in tables if self.sought else ():
            for asked in _texts_of(table):
                for key, column, language, text in self.db.execute(asked):
                    if self.sought.may_stand_in(text):
                        yield _Text(key or "", table.name, column, language, text)

    def _hits(self, text: _Text, seen: str) -> list[Hit]:
        of_persons = text.key in self.of_persons
        return [
            hit
            for hit in self.sought.hits(seen)
            if self.sought.is_typed(hit) or not self.pass_over(hit, of_persons=of_persons)
        ]

    def _digest(self, text: _Text, hit: Hit) -> str:
        told = "\n".join((*astuple(text), *hit.name))
        return salted_hmac("parvis.publication.named", told, algorithm="sha256").hexdigest()

    def _told(self, text: _Text) -> Iterator[Named]:
        seen = visible(text.said)
        for hit in self._hits(text, seen):
            digest = self._digest(text, hit)
            if self.sought.is_typed(hit):
                self.typed.add(digest)
            yield Named(
                text.key, text.table, text.column, text.language, hit.how,
                before=seen[max(0, hit.start - _AROUND) : hit.start], words=seen[hit.start : hit.end],
                after=seen[hit.end : hit.end + _AROUND], digest=digest,
            )  # fmt: skip


def _texts_of(table: PublishedTable) -> Iterator[str]:
    """Questions that give each text of a table: whose, its field, its language. Codes of small letters are none."""
    owner = plan_of(table).owner
    whose = f'"{owner}"' if owner else "''"
    for on_disk, column in columns_on_disk(table):
        if column.type in _TEXTS or (table.name, column.type) == ("subjects", "key"):
            language = on_disk.removeprefix(f"{column.name}_") if column.type == "words" else ""
            field = f"'{column.name}', '{language}'"
            if (table.name, on_disk) == ("texts", "body"):
                field = "field, language"
            yield f'SELECT {whose}, {field}, "{on_disk}" FROM "{table.name}" WHERE "{on_disk}" GLOB \'*[^a-z]*\''


def _sought_now() -> Sought:
    """Everybody known, made ready to be looked for; made again only when a name came, went or changed."""
    rows = (*rows_of_names(), *rows_of_names_of_money())
    stamp = (stamp_of(rows), sheltering_themes())
    if not _READY or _READY[0][0] != stamp:
        _READY[:] = [(stamp, Sought(persons_known()))]
    return _READY[0][1]


#: The last that was made ready, and the stamp of the rows it was read from.
_READY: list[tuple[object, Sought]] = []


def names_in(texts: Iterable[str]) -> list[str]:
    """The names the next release would stop at, in texts somebody writes now, as they are written there.

    The texts are of no record about persons. What is public is only read once a name was found.
    """
    (found,) = names_in_each([list(texts)])
    return found


def names_in_each(many: Sequence[Sequence[str]]) -> list[list[str]]:
    """The same for many lots of texts, in as many queries as for one."""
    sought = _sought_now()
    hits = [
        [(hit, text[hit.start : hit.end]) for text in map(visible, texts) for hit in sought.hits(text)]
        for texts in many
    ]
    pass_over = sought.passing(names_called()) if any(hits) else None
    found: list[dict[Name, str]] = [{} for _texts in many]
    for one, names in zip(hits, found, strict=True):
        for hit, words in one:
            if pass_over and not pass_over(hit, of_persons=False):
                names.setdefault(hit.name, words)
    return [list(names.values()) for names in found]


__all__ = [
    "Called", "Named", "Naming", "names_in", "names_in_each", "persons_known", "persons_named", "persons_named_before",
    "still_standing", "texts_naming",
]  # fmt: skip
