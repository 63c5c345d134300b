"""Any sequence of files brought in, accepted whole or in part, mended, undone and brought in again, as by hand."""

import csv
import io
import tempfile
from dataclasses import dataclass, field

import pytest
from django.test import override_settings
from django.utils import translation
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule, run_state_machine_as_test
from python_calamine import CalamineWorkbook

from parvis.domain.directory.models import Body
from parvis.domain.funding.models import Grant
from parvis.exchange.inbound import actions
from parvis.exchange.inbound.errors import ChangedSince, NotNow
from parvis.exchange.inbound.models import Import
from parvis.exchange.inbound.refused import refused_rows
from parvis.foundation.accounts.models import Role, User
from parvis.register.actions import enter_record
from parvis.register.entry import take_apart
from parvis.register.models import Source
from tests.register.test_lives import InABlock

NAMES = ("un", "deux", "trois")
WRONG = "32/13/2004"
#: Rows of a file: a name, and a value that may be wrong.
ROWS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["1", "2", WRONG])), min_size=1, max_size=4)


@dataclass
class Brought:
    """A file as we know it by hand: what each row would do, and what was done."""

    imported: Import
    rows: list[tuple[int, str, str, str]]  # number, name, value, verdict
    seen: dict[str, tuple[int, int]]  # how each record stood when the rows were judged: its entry, its revision
    state: str = "judged"
    written: list[tuple[str, str | None, int]] = field(default_factory=list)  # name, value before, revision left


class Files(InABlock):
    """Every act is done on the register and by hand; after each, both hold the same."""

    target = head = ""
    model: type = Body

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.settings = override_settings(VAR_DIR=self.folder.name, PARVIS_CITY="paris")
        self.settings.enable()
        self.clerk = User.objects.create_user("clerk@ville.example", role=Role.OFFICER)
        self.files: list[Brought] = []
        self.held: dict[str, str] = {}
        self.revisions: dict[str, int] = {}
        self.entries: dict[str, int] = {}
        self.prepare()

    def teardown(self):
        self.settings.disable()
        self.folder.cleanup()
        super().teardown()

    def prepare(self):
        """What the register must hold before."""

    def who(self):
        return {"by": self.clerk, "at": self.later()}

    @rule(rows=ROWS)
    def bring(self, rows):
        text = io.StringIO()
        csv.writer(text, delimiter=";").writerows([self.head.split(";"), *(self.line(*row) for row in rows)])
        self.receive(text.getvalue().encode(), "f.csv", rows)

    @rule(data=st.data())
    @precondition(lambda self: any(one[3] == "refused" for file in self.files for one in file.rows))
    def mend_and_bring_back(self, data):
        file = data.draw(st.sampled_from([f for f in self.files if any(one[3] == "refused" for one in f.rows)]))
        refused = [
            (name, "1" if value == WRONG else value) for _row, name, value, said in file.rows if said == "refused"
        ]
        taken = refused_rows(file.imported)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(taken)).get_sheet_by_index(0).to_python()
        assert [row[:-1] for row in sheet[1:]] == [
            self.line(name, value) for _row, name, value, said in file.rows if said == "refused"
        ]
        text = io.StringIO()
        csv.writer(text).writerows([sheet[0], *([*self.line(*row), "mended"] for row in refused)])
        self.receive(text.getvalue().encode(), "mended.csv", refused)

    @rule(data=st.data(), chosen=st.sampled_from(["all", "some"]))
    @precondition(lambda self: any(file.state == "judged" and file.rows for file in self.files))
    def accept(self, data, chosen):
        file = data.draw(st.sampled_from([file for file in self.files if file.state == "judged"]))
        may = [row for row in file.rows if row[3] in ("new", "changed")]
        rows = data.draw(st.lists(st.sampled_from(may), min_size=1, unique=True)) if may and chosen == "some" else may
        if not rows:
            return
        begun = actions.begin_accepting(
            imported=file.imported, chosen=chosen, numbers=[row[0] for row in rows], **self.who()
        )
        after = actions.accept_import(imported=begun, **self.who())
        stale = any(self.stands(name) != file.seen.get(name) for _row, name, _value, _said in rows)
        assert after.state == ("judged" if stale else "accepted"), after.fault
        if stale:
            return
        file.state = "accepted"
        for _row, name, value, _said in sorted(rows):
            before = self.held.get(name)
            self.entries[name] = self.entries.get(name, 0) + (before is None)
            self.held[name] = value
            self.revisions[name] = self.revisions.get(name, 0) + 1
            file.written.append((name, before, self.revisions[name]))

    @rule(data=st.data())
    @precondition(lambda self: any(file.state == "accepted" for file in self.files))
    def undo(self, data):
        file = data.draw(st.sampled_from([file for file in self.files if file.state == "accepted"]))
        may = all(self.revisions.get(name) == left for name, _before, left in file.written)
        try:
            actions.undo_import(imported=file.imported, **self.who())
        except ChangedSince:
            assert not may
            return
        assert may
        file.state = "undone"
        for name, before, left in file.written:
            self.give_back(file, name, before, left)

    def give_back(self, file, name, before, left):
        if before is None:
            del self.held[name], self.revisions[name]
            return
        self.held[name] = before
        self.revisions[name] = left + 1
        for other in self.files:  # the record is again what an earlier file left: that file may be undone in its turn
            if other is not file and other.state == "accepted":
                other.written = [
                    (known, was, left + 1 if (known, at) == (name, left - 1) else at)
                    for known, was, at in other.written
                ]

    @rule(data=st.data())
    @precondition(lambda self: any(file.state in ("accepted", "undone") for file in self.files))
    def accept_what_was_decided(self, data):
        file = data.draw(st.sampled_from([file for file in self.files if file.state in ("accepted", "undone")]))
        with pytest.raises(NotNow):
            actions.begin_accepting(imported=file.imported, chosen="all", numbers=(), **self.who())

    def receive(self, data, name, rows):
        imported = actions.receive_file(
            chunks=[data],
            name=name,
            target=self.target,
            language="fr",
            spoken="en",
            speaks="self_reported",
            **self.who(),
        )
        imported = actions.choose_columns(
            imported=imported, chosen={}, written={}, options={}, remember_as="", **self.who()
        )
        imported = actions.judge_import(imported=imported, **self.who())
        expected = self.verdicts(rows)
        assert [(row.number, row.verdict) for row in imported.rows.all()] == [(one[0], one[3]) for one in expected]
        self.files.append(Brought(imported, expected, {name: self.stands(name) for name in self.held}))

    def stands(self, name):
        return (self.entries[name], self.revisions[name]) if name in self.held else None

    def verdicts(self, rows):
        met, told = set(), []
        for number, (name, value) in enumerate(rows, 2):
            if value == WRONG or name in met:
                said = "refused"
            else:
                met.add(name)
                held = self.held.get(name)
                said = "new" if held is None else "same" if held == value else "changed"
            told.append((number, name, value, said))
        return told

    @invariant()
    def the_register_holds_each_row_once(self):
        if not hasattr(self, "files"):
            return
        records = self.model.objects.filter(subject__revision__gte=1)
        assert sorted(map(self.said, records)) == sorted(self.held.items())
        files = [file for file in self.files if file.state == "accepted"]
        assert Source.objects.filter(subject__revision__gte=1).count() == len(files)
        for file in self.files:
            accepted = file.imported.rows.filter(accepted=True).count()
            assert accepted == (len(file.written) if file.state == "accepted" else 0)


class Bodies(Files):
    target, head, model = "bodies", "Nom;Création", Body

    def line(self, name, value):
        return [name, value if value == WRONG else f"200{value}"]

    def said(self, record):
        return record.subject.texts.get(field="title").body, record.founded.removeprefix("200")


class Grants(Files):
    """Grants are entered many at once, by another way."""

    target, model = "grants", Grant
    head = "Année;Bénéficiaire;Objet;Montant voté;Numéro de dossier;Date de demande"

    def prepare(self):
        taken = take_apart(Body, {"key": "sidaction", "title": {"fr": "Sidaction"}})
        enter_record(Body, entry=taken.entry, facts=taken.facts, by=self.clerk, at=self.later())

    def line(self, name, value):
        amount = 100 * NAMES.index(name) + (9 if value == WRONG else int(value))
        return ["2024", "Sidaction", f"Projet {name}", str(amount), f"D-{name}", value if value == WRONG else "2023"]

    def said(self, record):
        name = record.file.removeprefix("D-")
        return name, str(int(record.amount_voted) - 100 * NAMES.index(name))


@pytest.mark.parametrize("machine", [Bodies, Grants])
def test_any_sequence_of_files_leaves_the_register_as_by_hand(db, machine):
    with translation.override("en"):
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=7,
                stateful_step_count=14,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
