from collections import Counter

from parvis.foundation.vocabulary import load


def test_matters_are_as_many_as_the_schema_of_council_decisions_counts():
    matters = load().matters

    counted = Counter(code.partition(".")[0] for code in matters.codes)
    assert counted == {"1": 7, "2": 3, "3": 6, "4": 5, "5": 8, "6": 5, "7": 10, "8": 9, "9": 4}
    assert {one.trait("under") for one in matters if one.code.startswith("7.")} == {"finances locales"}
    assert [one.code for one in matters if set(",()/") & set(one.label["fr"])] == []
