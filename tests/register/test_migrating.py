import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Q

from parvis.register.migrating import MakeTables, each_drawn_alone


@pytest.fixture
def tables():
    """Two tables, the second named by the first before it is made, as Django writes them."""
    positive = models.CheckConstraint(name="grant_is_positive", condition=Q(amount__gt=0))
    return [
        migrations.CreateModel(
            "Grant", [("id", models.BigAutoField(primary_key=True)), ("amount", models.IntegerField())]
        ),
        migrations.CreateModel("Call", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("grant", "call", models.ForeignKey("council.call", models.PROTECT)),
        migrations.AddConstraint("grant", positive),
    ]


@pytest.fixture
def changes():
    """A table that stands gains a column and a rule; beside it a table is made and filled with columns."""
    return [
        migrations.CreateModel("Vote", [("id", models.BigAutoField(primary_key=True))]),
        migrations.AddField("call", "year", models.IntegerField(null=True)),
        migrations.AddField("vote", "call", models.ForeignKey("council.call", models.PROTECT)),
        migrations.AddConstraint("call", models.CheckConstraint(name="year_is_known", condition=Q(year__gt=0))),
        migrations.RemoveField("grant", "amount"),
    ]


@pytest.fixture
def standing(tables):
    state = ProjectState()
    MakeTables(tables[:3]).state_forwards("council", state)
    return state


def drawn(state, name):
    return state.apps.get_model("council", name)


def sql_of(operation, direction, before, after):
    with connection.schema_editor(collect_sql=True) as editor:
        getattr(operation, direction)("council", editor, before, after)
    return [line for line in editor.collected_sql if not line.startswith("--")]


def test_each_table_is_made_once_and_complete(db, tables):
    operation, before, after = MakeTables(tables), ProjectState(), ProjectState()
    operation.state_forwards("council", after)

    made = [line for line in sql_of(operation, "database_forwards", before, after) if line.startswith("CREATE TABLE")]

    assert [line.split('"')[1] for line in made] == ["council_grant", "council_call"]
    assert all(word in made[0] for word in ("call_id", "grant_is_positive"))


def test_the_state_is_the_one_django_would_reach(tables):
    together, apart = ProjectState(), ProjectState()

    MakeTables(tables).state_forwards("council", together)
    for operation in tables:
        operation.state_forwards("council", apart)

    assert together == apart


def test_what_was_drawn_before_is_drawn_again(tables):
    state = ProjectState()
    assert state.apps.all_models == {}

    MakeTables(tables).state_forwards("council", state)

    assert drawn(state, "Grant")._meta.get_field("call").related_model is drawn(state, "Call")
    assert state.is_delayed  # Django draws all anew before any code that reads rows


def test_a_model_that_changes_is_drawn_without_those_that_point_at_it(standing):
    grant, call = drawn(standing, "Grant"), drawn(standing, "Call")

    with each_drawn_alone():
        standing.add_field("council", "call", "year", models.IntegerField(null=True), preserve_default=True)

    assert [field.name for field in drawn(standing, "Call")._meta.fields] == ["id", "year"]
    assert drawn(standing, "Call") is not call
    assert drawn(standing, "Grant") is grant


def test_a_column_that_others_point_at_is_changed_with_all_of_them_drawn_anew(standing):
    grant = drawn(standing, "Grant")

    with each_drawn_alone():
        standing.alter_field("council", "call", "id", models.UUIDField(primary_key=True), preserve_default=True)

    assert drawn(standing, "Grant") is not grant
    assert drawn(standing, "Grant")._meta.get_field("call").target_field.get_internal_type() == "UUIDField"


def test_a_table_that_changes_its_name_is_named_anew_by_those_that_point_at_it(standing):
    assert drawn(standing, "Grant")

    with each_drawn_alone():
        standing.rename_model("council", "Call", "Round")

    assert drawn(standing, "Grant")._meta.get_field("call").related_model._meta.db_table == "council_round"


def test_a_model_that_changes_takes_its_heirs_with_it(standing):
    standing.add_model(ModelState("council", "Late", [], options={"proxy": True}, bases=("council.call",)))
    assert drawn(standing, "Late")

    with each_drawn_alone():
        standing.add_field("council", "call", "year", models.IntegerField(null=True), preserve_default=True)

    assert [field.name for field in drawn(standing, "Late")._meta.fields] == ["id", "year"]


def test_going_back_drops_the_tables_last_made_first(db, tables):
    operation, before, after = MakeTables(tables), ProjectState(), ProjectState()
    operation.state_forwards("council", after)

    dropped = sql_of(operation, "database_backwards", after, before)

    assert [line.split('"')[1] for line in dropped if line.startswith("DROP TABLE")] == [
        "council_call",
        "council_grant",
    ]


def test_it_says_what_it_makes(tables):
    assert MakeTables(tables).describe() == "Make the tables of Grant, Call"


def test_a_table_that_stands_is_changed_and_a_new_one_is_made_complete(db, standing, changes):
    operation, after = MakeTables(changes), standing.clone()
    operation.state_forwards("council", after)

    done = sql_of(operation, "database_forwards", standing, after)

    assert [" ".join(line.replace('"', "").split()[:5]) for line in done if " INDEX " not in line] == [
        "CREATE TABLE council_vote (id bigint",
        "ALTER TABLE council_call ADD COLUMN",
        "ALTER TABLE council_call ADD CONSTRAINT",
        "ALTER TABLE council_grant DROP COLUMN",
        "ALTER TABLE council_vote ADD CONSTRAINT",
    ]


def test_going_back_undoes_the_changes_from_the_last_one(db, standing, changes):
    operation, after = MakeTables(changes), standing.clone()
    operation.state_forwards("council", after)

    undone = sql_of(operation, "database_backwards", after, standing)

    assert [" ".join(line.replace('"', "").split()[:5]) for line in undone] == [
        "ALTER TABLE council_grant ADD COLUMN",
        "ALTER TABLE council_call DROP CONSTRAINT",
        "ALTER TABLE council_call DROP COLUMN",
        "DROP TABLE council_vote CASCADE;",
    ]


def test_it_says_what_it_changes(changes):
    assert MakeTables(changes).describe() == "Make the tables of Vote; change call, grant"
    assert MakeTables(changes[1:2]).describe() == "Change the tables of call"
