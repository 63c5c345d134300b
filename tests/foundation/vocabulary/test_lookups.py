from parvis.foundation.vocabulary.lookups import countries, currencies


def test_countries_are_those_of_iso_3166_and_kosovo():
    assert len(countries()) == 250
    assert [code for code in ("FR", "NO", "XK", "EU", "ZZ", "XA", "UN", "IC") if code in countries()] == [
        "FR",
        "NO",
        "XK",
    ]


def test_countries_are_named_in_four_languages():
    assert dict(countries().take("DE").label) == {
        "fr": "Allemagne",
        "en": "Germany",
        "es": "Alemania",
        "pt": "Alemanha",
    }


def test_portuguese_is_that_of_portugal():
    assert countries().label("VN", "pt") == "Vietname"


def test_currencies_of_the_past_are_kept():
    assert (currencies().label("EUR", "fr"), currencies().label("FRF", "en")) == ("euro", "French Franc")
