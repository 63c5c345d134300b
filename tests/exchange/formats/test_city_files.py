import pytest

from parvis.exchange.formats.city_files import UnreadableFile, fingerprint, read_yaml, record_files


@pytest.fixture
def written(tmp_path):
    def write(text, name="records/places.yaml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_every_value_knows_its_line(written, tmp_path):
    path = written("places:\n  - key: paris\n    names:\n      - {text: Paname}\n  - key: lima\n")

    first, second = read_yaml(path, tmp_path).part("places").items()

    assert (first.line_of(), first.line_of("names.0.text"), second.line_of("key")) == (2, 4, 5)
    assert second.value == {"key": "lima"}
    assert second.file == "records/places.yaml"


def test_what_is_not_in_the_file_is_told_at_the_nearest_thing_above(written, tmp_path):
    (place,) = read_yaml(written("places:\n  - key: paris\n    names: []\n"), tmp_path).part("places").items()

    assert place.line_of("names.3.text") == 3
    assert place.line_of("country") == 2


def test_a_date_stays_as_precise_as_it_was_written(written, tmp_path):
    text = "a: 2015\nb: 2015-05\nc: 2015-05-09\nd: 1.50\ne: yes\nf: ~\ng: 007\nh: 2019/2020\n"

    assert read_yaml(written(text), tmp_path).value == {
        "a": 2015, "b": "2015-05", "c": "2015-05-09", "d": "1.50", "e": True, "f": None, "g": "007", "h": "2019/2020",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "line"),
    [("a: 1\nb: 2\na: 3\n", 3), ("a: [1\nb: 2\n", 2), ("a: !odd [1]\nb: \x01\n", 1)],
    ids=["twice", "unclosed", "unreadable"],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(written, tmp_path, text, line):
    with pytest.raises(UnreadableFile) as refusal:
        read_yaml(written(text), tmp_path)

    assert (refusal.value.file, refusal.value.line) == ("records/places.yaml", line)
    assert str(refusal.value).startswith(f"records/places.yaml, line {line}: ")


def test_bytes_that_are_no_text_are_refused(written, tmp_path):
    path = written("")
    path.write_bytes(b"a: \xff\xfe")

    with pytest.raises(UnreadableFile):
        read_yaml(path, tmp_path)


def test_an_empty_file_holds_nothing(written, tmp_path):
    assert read_yaml(written("# nothing yet\n"), tmp_path).value is None


def test_files_come_in_a_fixed_order_and_any_change_changes_the_fingerprint(written, tmp_path):
    written("a: 1\n", "records/b.yaml")
    path = written("a: 1\n", "records/a/z.yaml")
    before = fingerprint(tmp_path)
    path.write_text("a: 2\n")

    assert [file.name for file in record_files(tmp_path)] == ["z.yaml", "b.yaml"]
    assert fingerprint(tmp_path) != before
