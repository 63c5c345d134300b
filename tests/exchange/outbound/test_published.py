"""What files are told of records beside their rows."""

from parvis.exchange.outbound.published import Published

OWN = {
    "themes": {
        "harbour": {"label": {"en": "Harbour"}, "sector": "21010", "aid": "refugees"},
        "climate": {"sector": "14050"},
    }
}


def published(*themes, vocabulary=None):
    rows = {"subjects": [{"key": "a", "noun": "grant", "kind": "", "themes": list(themes)}]}
    return Published([{"name": "subjects"}], lambda table: iter(rows[table]), {"vocabulary": vocabulary}, "", "")


def test_a_theme_of_the_house_says_its_sector():
    assert published("climate", "solidarity").themes_say("a", "sector") == {"41010"}


def test_a_city_says_the_sector_of_its_own_themes_and_of_those_of_the_house():
    told = published("climate", "harbour", vocabulary=OWN)

    assert (told.themes_say("a", "sector"), told.themes_say("a", "aid")) == ({"14050", "21010"}, {"refugees"})


def test_a_theme_nobody_knows_says_nothing():
    assert published("elsewhere").themes_say("a", "sector") == set()
