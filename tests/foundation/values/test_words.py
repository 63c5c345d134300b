from parvis.foundation.values.words import in_language, missing_languages

AGREEMENT = {"fr": "accord", "en": "agreement", "es": ""}


def test_in_language_gives_the_language_asked_for():
    assert in_language(AGREEMENT, "fr") == ("accord", "fr")


def test_in_language_says_which_language_it_fell_back_to():
    assert in_language(AGREEMENT, "es") == ("agreement", "en")


def test_in_language_takes_any_language_rather_than_none():
    assert in_language({"hy": "Երևան"}, "pt") == ("Երևան", "hy")


def test_in_language_of_no_words_is_nothing():
    assert in_language({}, "fr") == ("", "")


def test_missing_languages_counts_an_empty_text_as_missing():
    assert missing_languages(AGREEMENT, ("fr", "en", "es", "pt")) == ("es", "pt")
