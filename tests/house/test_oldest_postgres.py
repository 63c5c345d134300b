"""The leg on PostgreSQL 15 misses nothing that its version could turn (decision 0021)."""

import re
from pathlib import Path

from tests.conftest import WHERE_SQL_STANDS

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
