"""The verdict on each row of a file: new, changed, the same, or refused and why. Nothing stays written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any, Protocol

from django.db import transaction
from django.utils.translation import gettext as _

from parvis.exchange.formats.tables.faults import Fault
from parvis.exchange.formats.tables.reading import Row
from parvis.exchange.inbound import contacts, echoes
from parvis.exchange.inbound.alike import find_grants_alike, find_tied
from parvis.exchange.inbound.comparing import merged, same
from parvis.exchange.inbound.completing import complete
from parvis.exchange.inbound.entrances import entrances, entrances_of_many
from parvis.exchange.inbound.enums import RowVerdict
from parvis.exchange.inbound.gathering import Met, joined
from parvis.exchange.inbound.givers import Givers
from parvis.exchange.inbound.judged import Judged
from parvis.exchange.inbound.keying import SAY_SOMEBODY, marked_key
from parvis.exchange.inbound.meaning import Draft, Reader, columns_of
from parvis.exchange.inbound.models import Import, Recognition
from parvis.exchange.inbound.queries import names_settled_before
from parvis.exchange.inbound.resolving import Fresh, Resolver, key_for, number_in, title_of
from parvis.exchange.inbound.standards import Projected
from parvis.exchange.inbound.stating import stated
from parvis.exchange.inbound.targets import Target, Wanted, target_of
from parvis.exchange.inbound.words import our_prefixes, vocabulary
from parvis.foundation.accounts.models import User
from parvis.foundation.values.refusal import Refusal
from parvis.foundation.values.text import squeeze
from parvis.register.content import RowsOfMany, content_of, with_ties
from parvis.register.entry import take_apart
from parvis.register.errors import InvalidContent
from parvis.register.models import Subject

_AT_ONCE = 1000
_LONGEST_TITLE = 200
_LONGEST_ID = 90


class Rows(Protocol):
    """A table, or a file of a standard read as one."""

    def rows(self) -> Iterator[Row]: ...


class Judge:
    """Reads a table by a mapping and says of each row what accepting it would do."""

    def __init__(self, imported: Import, table: Rows, *, by: User, at: datetime) -> None:
        self.imported, self.table, self.by, self.at = imported, table, by, at
        self.target: Target = target_of(imported.target)
        self.columns = columns_of(self.target, imported.mapping)
        self.resolver = Resolver(
            settled=imported.settled,
            language=imported.language,
            bodies=imported.options.get("bodies", "ask"),
            before=names_settled_before(imported),
        )
        self.reader = Reader(self.target, vocabulary(), imported.language, self._refer)
        self._beside = {
            scheme: next((name for name, said in imported.mapping.items() if said.get("field") == scheme), "")
            for scheme in ("siret", "rna", "org_id")
        }
        self._made = {
            column.wanted.into.split(".")[0] for column in self.columns if imported.mapping[column.name].get("made")
        }
        self._adding_up = [wanted.name for wanted in self.target.wanted if wanted.adds_up]
        self._met = Met(self.target)
        self._joined: dict[str, dict[str, Any]] = {}
        self._titles: dict[str, set[str]] | None = None
        self._anything_said: bool | None = None
        self._starts: tuple[str, ...] | None = None
        self._many = self.target.noun in entrances_of_many()
        self._givers = Givers()
        self._filled = {column.wanted.name: column.name for column in self.columns}

    def judge(self) -> Iterator[list[Judged]]:
        """Verdicts, a few hundred rows at a time, in the order of the file."""
        rows = self.table.rows()
        while some := list(islice(rows, _AT_ONCE)):
            yield self._judge_some(some)

    def _judge_some(self, rows: list[Row]) -> list[Judged]:
        drafts = [self._read(row) for row in rows]
        judged = [self._identified(draft) for draft in drafts]
        self._of_our_own_publication(judged)
        if self.target.private:
            contacts.compare(judged, at=self.at)
            return judged
        self._compare([one for one in judged if one.verdict == RowVerdict.NEW])
        if not self._many:
            self._rehearse(judged)
        return judged

    def _of_our_own_publication(self, judged: list[Judged]) -> None:
        """What we publish ourselves is no record to take in: it is made from the register."""
        own = self.table.ours if isinstance(self.table, Projected) else ()
        for one in judged if own else ():
            if one.number in own:
                one.verdict, one.key, one.content = RowVerdict.SAME, "", {}
                one.problems = [{"column": "", "sentence": _("We publish this ourselves, from the register.")}]

    def _read(self, row: Row) -> Draft:
        self.resolver.row = row.number
        if row.faults:  # what is no row of data is not read as one
            draft = Draft(row.number)
            for fault in row.faults:
                draft.problem(fault.column, told(fault, row.number))
            return self._shown(row, draft) if isinstance(self.table, Projected) else draft
        if other := self._givers.refusal(row.cells, self._filled):
            return self._shown(row, Draft(row.number, problems=[other]))
        draft = self.reader.read(row.number, row.cells, self.columns)
        complete(draft, self.target, self.imported, row.cells.get(self._filled.get("parties", ""), ""))
        return draft

    def _shown(self, row: Row, refused: Draft) -> Draft:
        """A record refused by its standard, or given by another: it is shown and counted, no name of it asked for."""
        reader = Reader(self.target, vocabulary(), self.imported.language, lambda text, _wanted, _cells: text)
        draft = reader.read(row.number, row.cells, self.columns)
        complete(draft, self.target, self.imported)
        draft.problems = refused.problems
        return draft

    def _refer(self, text: str, wanted: Wanted, cells: Mapping[str, str]) -> str:
        number = ""
        if "body" in wanted.nouns and wanted.required and self.target.noun in ("grant", "decision"):
            number = number_in(cells, self._beside)
        return self.resolver.refer(text, wanted, number)

    def _identified(self, draft: Draft) -> Judged:
        """Who the row speaks of: its key, its token, and whether the file has said it before."""
        token, words, named_by = _identity(self.target, draft.values)
        title = str(next(iter(draft.content.get("title", {}).values()), "") or " – ".join(words))
        judged = Judged(
            draft.number, RowVerdict.NEW, title=title[:_LONGEST_TITLE], token=token, content=draft.content,
            problems=draft.problems, made=frozenset(draft.made),
        )  # fmt: skip
        said = draft.values
        judged.amounts = {name: str(said[name]) for name in self._adding_up if said.get(name) not in (None, "")}
        for field, sentence in () if draft.problems else list(self._met.problems(token, draft, named_by)):
            draft.problem(self._filled.get(field, ""), sentence)
        if draft.problems:
            judged.verdict = RowVerdict.REFUSED
            return judged
        self._met.take(token, draft)
        ours = self._ours(str(draft.values.get("id") or ""))
        judged.ours = bool(ours) or (bool(draft.values.get("key")) and isinstance(self.table, Projected))
        judged.key = str(draft.values.get("key") or "") or ours
        if not judged.key:
            judged.key, judged.first_key = self._keys(draft, token, words, named_by)
        return judged

    def _ours(self, named: str) -> str:
        """The key in an identifier that we gave: a file of ours comes back, and finds its own records."""
        if named and self._starts is None:
            self._starts = tuple(our_prefixes())
        for start in (self._starts or ()) if named else ():
            key = named.removeprefix(f"{start}-")
            if key != named and Subject.objects.filter(key=key, noun=self.target.noun, revision__gte=1).exists():
                return key
        return ""

    def _keys(self, draft: Draft, token: str, words: list[str], named_by: tuple[str, ...]) -> tuple[str, str]:
        """Its key: from its identifier, where it has one, and from its title where that names nobody.

        And the one it may bear since before, when any title was made into a key.
        """
        key = key_for(*words)
        if named_by == ("id",) and self.target.title_tells:
            return (key if len(key) < _LONGEST_ID else f"{key[:_LONGEST_ID]}-{token[:8]}"), ""
        of_title = key if self.target.title_tells else f"{key[:100]}-{token[:8]}"
        if self.target.noun not in SAY_SOMEBODY:
            return of_title, ""
        year = str(draft.values["year"]) if "year" in named_by else ""
        return marked_key(self.target.noun, token, year=year), of_title

    def _compare(self, judged: list[Judged]) -> None:
        """Beside each row, the record it speaks of, where there is one."""
        same_as, others = self._recognised([one.token for one in judged])
        for one in judged:
            if known := same_as.get(one.token) or self._by_identifier(one):
                one.key, one.first_key = known, ""
        self._by_parties(judged, others)
        asked = {one.key for one in judged} | {one.first_key for one in judged if one.first_key}
        held, taken = self._held_and_taken(asked)
        for one in judged:
            if one.key not in held and one.first_key in held:
                one.key = one.first_key
        unknown = [one for one in judged if one.key not in held]
        if self.target.noun == "grant" and unknown:
            find_grants_alike(unknown, others)
            if found := {one.key for one in unknown} - asked:
                more_held, more_taken = self._held_and_taken(found)
                held, taken = held | more_held, taken | more_taken
        for one in judged:
            if one.key in held:
                self._beside_its_record(one, held[one.key])
            elif one.key in taken:
                one.problems.append({"column": "", "sentence": _taken_by(one.key, taken[one.key])})
                one.verdict = RowVerdict.REFUSED
            else:
                self._ask_of_doubles(one, others.get(one.token, set()))
                self._ask_where_it_stands(one)
                one.content |= {"key": one.key}

    def _recognised(self, tokens: list[str]) -> tuple[dict[str, str], dict[str, set[str]]]:
        """What persons have said of these rows: the record each is, and the records it is not."""
        same_as: dict[str, str] = {}
        others: dict[str, set[str]] = {}
        said = Recognition.objects.filter(noun=self.target.noun)
        if self._anything_said is None:
            self._anything_said = said.exists()
        for answer in said.filter(token__in=tokens).select_related("subject") if self._anything_said else ():
            if answer.same:
                same_as[answer.token] = answer.subject.key
            else:
                others.setdefault(answer.token, set()).add(answer.subject.key)
        return same_as, others

    def _held_and_taken(self, keys: set[str]) -> tuple[dict[str, tuple[Any, dict[str, Any]]], dict[str, str]]:
        """The records of these keys, with what they hold; and the keys that records of another kind bear."""
        mine, taken = [], {}
        for key, noun, revision in Subject.objects.filter(key__in=keys).values_list("key", "noun", "revision"):
            if noun != self.target.noun:
                taken[key] = noun
            elif revision >= 1:
                mine.append(key)
        if not mine:
            return {}, taken
        model = entrances()[self.target.noun][0]
        records = list(with_ties(model).filter(subject__key__in=mine))
        rows = RowsOfMany(records)
        said = stated(records) if self.target.states else {}
        held = {one.key: (one, content_of(one, rows) | said.get(one.key, {})) for one in records}
        return held, taken

    def _by_identifier(self, one: Judged) -> str:
        for scheme, number in (one.content.get("identifiers") or {}).items():
            if key := self.resolver.by_number(f"{scheme}:{number}"):
                return key
        return ""

    def _by_parties(self, judged: list[Judged], others: Mapping[str, set[str]]) -> None:
        """A twinning said again, by a list that names nothing but parties: the one the register has between them."""
        for one in judged if self._made else ():
            kind, apart = one.content.get("kind", ""), others.get(one.token, set())
            keys = [
                key for key, known in find_tied(self.target.noun, one.content) if known == kind and key not in apart
            ]
            one.key = keys[0] if len(keys) == 1 else one.key

    def _beside_its_record(self, one: Judged, held: tuple[Any, dict[str, Any]]) -> None:
        record, current = held
        said = {name: value for name, value in one.content.items() if name not in self._made | one.made}
        after = merged(current, self._news(one, said, current, record))
        one.seen_revision = record.subject.revision
        if same(current, after):
            one.verdict, one.content = RowVerdict.SAME, {}
        else:
            one.verdict, one.content, one.before = RowVerdict.CHANGED, after, current

    def _news(self, one: Judged, said: dict[str, Any], current: dict[str, Any], record: Any) -> dict[str, Any]:
        """What a row says that the register does not, under another name or by another record."""
        said = {name: value for name, value in said.items() if not _untold(record, name, value, current)}
        if self.target.noun == "body":
            said = echoes.number_known(said, current)
        if one.ours:
            said = echoes.without_echoes(self.target.noun, said, current, record)
        return echoes.days_known(said, record) if self.target.noun == "grant" else said

    def _ask_of_doubles(self, one: Judged, not_these: set[str]) -> None:
        """Records of the very same name, or parties: a person says whether they are the same thing."""
        if self.target.title_tells and self._titles is None:
            self._titles = self.resolver.known((self.target.noun,))
        if self._titles and (bearers := self._titles.get(squeeze(one.title))):
            named = _("A record of this name is in the register: say whether it is the same.")
            one.alike |= dict.fromkeys(bearers, named)
        one.alike |= _tied(self.target.noun, one.content)
        alike = sorted(set(one.alike) - not_these - {one.key})
        if alike:
            one.doubles = [{"key": key, "title": title_of(key, self.imported.language)} for key in alike[:5]]
            one.problems.append({"column": "", "sentence": one.alike[alike[0]]})
            one.verdict = RowVerdict.REFUSED

    def _ask_where_it_stands(self, one: Judged) -> None:
        """A new grant says where it stands, or its amounts do: one of nothing may be refused, or to come."""
        if self.target.noun == "grant" and "state" not in one.content:
            said = _("This grant gives nothing, and its row does not say whether it was refused: say where it stands.")
            one.problems.append({"column": "", "sentence": said})
            one.verdict = RowVerdict.REFUSED

    def _rehearse(self, judged: list[Judged]) -> None:
        """Write the rows through their room and take them back: what the register refuses is known beforehand."""
        with transaction.atomic():
            enter_fresh(self.resolver.fresh.values(), by=self.by, at=self.at)
            left: dict[str, int] = {}
            for one in judged:
                if one.verdict in (RowVerdict.NEW, RowVerdict.CHANGED):
                    self._try(one, left)
            transaction.set_rollback(True)

    def _try(self, one: Judged, left: dict[str, int]) -> None:
        """Write one row, beside those of this file about the same record where it may have several."""
        content, seen = one.content, one.seen_revision
        if self.target.several:
            content, seen = joined(self._joined.get(one.key), content), left.get(one.key, seen)
        try:
            with transaction.atomic():
                left[one.key] = write_row(self.target, content, one.key, seen, by=self.by, at=self.at)
            if self.target.several:
                self._joined[one.key] = content
        except InvalidContent as refusal:
            columns = {column.wanted.into.split(".")[0]: column.name for column in self.columns}
            for problem in refusal.problems:
                column = columns.get(problem.path.split(".")[0], "")
                one.problems.append({"column": column, "sentence": str(problem.sentence)})
            one.verdict = RowVerdict.REFUSED
        except Refusal as refusal:
            one.problems.append({"column": "", "sentence": str(refusal)})
            one.verdict = RowVerdict.REFUSED


def enter_fresh(fresh: Iterable[Fresh], *, by: User, at: datetime) -> list[tuple[str, str]]:
    """Enter the bodies and places the rows name and nobody knew. Returns their nouns and keys."""
    entered = []
    for one in fresh:
        model, enter, _amend = entrances()[one.noun]
        if Subject.objects.filter(key=one.key, revision__gte=1).exists():
            continue
        taken = take_apart(model, one.content)
        enter(entry=taken.entry, facts=taken.facts, by=by, at=at)
        entered.append((one.noun, one.key))
    return entered


def write_row(
    target: Target, content: Mapping[str, Any], key: str, seen_revision: int | None, *, by: User, at: datetime
) -> int:
    """Enter or amend the record of a row through its room. Returns the revision it leaves."""
    model, enter, amend = entrances()[target.noun]
    taken = take_apart(model, content)
    if seen_revision is None:
        record = enter(entry=taken.entry, facts=taken.facts, by=by, at=at)
    else:
        found = model._default_manager.select_related("subject").get(subject__key=key)
        record = amend(
            record=found, entry=taken.entry, facts=taken.facts, seen_revision=seen_revision, by=by, at=at
        )  # fmt: skip
    return record.subject.revision


def told(fault: Fault, row: int) -> str:
    """A fault of a row, in the reader's language; with its line, where rows are not lines."""
    if fault.row and fault.row != row:
        return _("line %(line)s: %(said)s") % {"line": fault.row, "said": fault.told(_)}
    return fault.told(_)


def _identity(target: Target, values: Mapping[str, Any]) -> tuple[str, list[str], tuple[str, ...]]:
    """What tells this row's record from any other, the words its key is made of, and the fields that say it."""
    for fields in target.identity:
        said = [str(values.get(name) or "") for name in fields]
        if all(said):
            digest = hashlib.sha256("\n".join([target.noun, *fields, *map(squeeze, said)]).encode()).hexdigest()
            title = str(values.get("title") or "")
            alone = "title" in fields or not title or (fields == ("id",) and target.title_tells)
            return digest, said if alone else [title], fields
    said = [str(value) for value in values.values()]
    return hashlib.sha256("\n".join([target.noun, *said]).encode()).hexdigest(), said[:3], ()


def _tied(noun: str, content: Mapping[str, Any]) -> dict[str, str]:
    """Records that tie the same bodies and places, each with the question it puts: those of the kind the row says."""
    found, kind = find_tied(noun, content), content.get("kind", "")
    same_kind = [key for key, known in found if known == kind] if kind else []
    if noun == "membership":
        told = _("A membership of this network is in the register: say whether it is the same.")
    else:
        told = _("An agreement between the same parties is in the register: say whether it is the same.")
    return dict.fromkeys(same_kind or [key for key, _kind in found], told)


def _untold(record: Any, name: str, value: Any, current: Mapping[str, Any]) -> bool:
    """Whether a row says “no” where the record says nothing, and nothing means no."""
    columns = {field.name: field for field in record._meta.concrete_fields}
    return value is False and name not in current and name in columns and not columns[name].null


def _taken_by(key: str, noun: str) -> str:
    return _("The key “%(key)s” belongs to a record of another kind (%(noun)s).") % {"key": key, "noun": noun}


def strings_in(content: Any) -> Iterator[str]:
    """Every text of a content, however deep."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, Mapping):
        for part in content.values():
            yield from strings_in(part)
    elif isinstance(content, list):
        for part in content:
            yield from strings_in(part)
