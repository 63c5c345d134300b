"""The leg on PostgreSQL 15 misses nothing that its version could turn (decision 0021)."""

import re
from pathlib import Path

from tests.conftest import WHERE_SQL_STANDS, may_depend_on_version

TESTS = Path(__file__).parents[1]
HOUSE = Path(__file__).parents[2] / "src" / "parvis"
SQL = re.compile(
    r"\.execute\(|RunSQL|RawSQL|\.raw\(|pgtrigger|select_for_update|connection\.cursor|\.extra\(|ExclusionConstraint"
)


def test_sql_is_written_only_where_the_oldest_postgresql_is_asked():
    astray = [
        path.relative_to(HOUSE).as_posix()
        for path in HOUSE.rglob("*.py")
        if not path.relative_to(HOUSE).as_posix().startswith(WHERE_SQL_STANDS) and SQL.search(path.read_text("utf-8"))
    ]

    assert astray == []


def test_only_files_that_it_could_turn_are_read_for_the_oldest_postgresql():
    """The other way is held at each collection: a test that it could turn in a file left unread is refused."""
    read = {
        "domain/test_rules.py": True,
        "attacks/test_two_at_once.py": True,
        "doors/desk/views/test_history.py": True,
        "doors/desk/test_access.py": False,
    }

    assert {name: may_depend_on_version(TESTS / name) for name in read} == read
