from datetime import UTC, datetime

import pytest

from parvis.doors.jobs.loading.city import CityLoader
from parvis.foundation.accounts.models import Role, User
from scripts import new_city

LYON = ["--city", "lyon", "--name", "Lyon", "--latitude", "45.76", "--longitude", "4.84"]


@pytest.fixture
def data(tmp_path, monkeypatch):
    monkeypatch.setattr(new_city, "DATA", tmp_path / "data")
    return tmp_path / "data"


def test_the_files_laid_down_load_as_they_are(data, db, capsys):
    assert new_city.main(LYON) == 0

    by = User.objects.create_user("house@ville.example", role=Role.PUBLISHER)
    loaded = CityLoader(data / "lyon", by=by, at=datetime(2026, 3, 1, tzinfo=UTC)).load()
    assert loaded.records == {"source": 1, "place": 1, "body": 1}
    assert "PARVIS_CITY=lyon" in capsys.readouterr().out


def test_a_city_that_stands_is_not_touched(data, capsys):
    new_city.main(LYON)
    (data / "lyon" / "city.yaml").write_text("mine")

    assert new_city.main(LYON) == 1
    assert (data / "lyon" / "city.yaml").read_text() == "mine"
    assert "stands already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--city", "Saint Denis"], "small letters"),
        (["--city", "../out"], "small letters"),
        (["--name", 'a"b'], "quotation marks"),
        (["--languages", "fr,de"], "not de"),
        (["--currency", "euro"], "EUR"),
        (["--country", "France"], "FR"),
        (["--zone", "Paris"], "no time zone"),
    ],
)
def test_what_cannot_be_is_said_in_one_sentence_and_nothing_is_written(data, capsys, more, said):
    assert new_city.main([*LYON, *more]) == 1

    assert said in capsys.readouterr().err
    assert not data.exists()
