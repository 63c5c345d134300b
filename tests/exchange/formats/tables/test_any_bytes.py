"""Whatever the bytes: a table or a refusal, in bounded time; never a crash."""

import tempfile
from itertools import islice
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from parvis.exchange.formats.tables.faults import Unreadable
from parvis.exchange.formats.tables.reading import open_table
from parvis.exchange.formats.tables.values import NotSo, Writing, day, number, period

HOSTILE = st.one_of(
    st.binary(max_size=3000),
    st.text(max_size=1500).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(st.lists(st.text(alphabet='ab1;,"\n\r\t é\x00', max_size=6), max_size=5), max_size=8).map(
        lambda rows: "\n".join(";".join(row) for row in rows).encode()
    ),
    st.binary(max_size=400).map(lambda data: b"PK\x03\x04" + data),
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
        max_leaves=20,
    ).map(lambda value: repr(value).replace("'", '"').replace("None", "null").encode("utf-8", "replace")),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(HOSTILE)
@example(b"\xff\xfe")
@example(b"\xef\xbb\xbf")
@example(b'a,b\n"')
@example(b"{")
def test_any_bytes_are_a_table_or_a_refusal(data):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x"
        path.write_bytes(data)

        try:
            said = [row.cells for row in islice(open_table(path, "x").rows(), 5000)]
        except Unreadable as refused:
            said = [str(refused)]

        assert all(said)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=40) | st.from_regex(r"[0-9.,/ €()-]{0,25}", fullmatch=True))
def test_any_cell_is_a_value_or_a_reason(text):
    for meaning in (number, day, period):
        try:
            said = str(meaning(text, Writing()))
        except NotSo as reason:
            said = str(reason)

        assert said != ""
