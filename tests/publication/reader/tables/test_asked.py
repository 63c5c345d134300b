"""A question is read by a strict grammar and met exactly."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parvis.publication.reader.tables.asked import answered, read_question
from parvis.publication.reader.tables.tree import NotUnderstood
from tests.publication.hand_made import Hand

#: A degree of southern Norway, with Oslo in it: as WKT, and as GeoJSON.
SQUARE = "(10 59, 11 59, 11 60, 10 60, 10 59)"
CORNERS = [[10, 59], [11, 59], [11, 60], [10, 60], [10, 59]]


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    hand = Hand()
    hand.record(
        "place", "lima", title={"en": "Lima"}, country="PE", latitude="-12.05", longitude="-77.03", areas=["americas"]
    )
    hand.record(
        "place",
        "oslo",
        title={"en": "Oslo"},
        country="NO",
        latitude="59.91",
        longitude="10.75",
        areas=["europe", "arctic"],
    )
    hand.record("place", "pau", title={"en": "Pau"}, country=None, latitude=None, areas=[])
    for key, signed, headline, order in (
        ("a", "2015", True, 3), ("b", "2015-05", False, 1), ("c", "2020-01-31", None, 2), ("d", None, True, 10),
    ):  # fmt: skip
        hand.record(
            "agreement", key, title={"en": f"Pact {key}"}, signed=signed, headline=headline, order=order,
            called={"en": f"Café {key}"}, summary={"en": "water" if key in "ab" else "fire"},
        )  # fmt: skip
    for party in ("oslo", "lima", "pau"):
        hand.line("agreement_parties", agreement="a", party=party)
    return hand.publish(tmp_path_factory.mktemp("asked"))


def keys(release, table, **asked):
    answer = answered(release.table(table), read_question(**asked))
    rows = [row["key"] for row in answer.each(0, None)]
    assert answer.total == len(rows)
    return "".join(key[0] for key in rows)


def told(release, table, start=0, stop=None, **asked):
    answer = answered(release.table(table), read_question(**asked))
    return list(answer.each(start, stop))


@pytest.mark.parametrize(
    ("where", "met"),
    [
        ("", "abcd"),
        ('signed = "2015"', "a"),
        ('signed >= "2015-05"', "bc"),
        ("year(signed) = 2015", "ab"),
        ("year(signed) != 2015", "cd"),
        ("month(signed) = 5", "b"),
        ("year(signed) > 2015 or order = 3", "ac"),
        ("year(signed) = 2015 and not order = 3", "b"),
        ("not (year(signed) = 2015 and order < 3)", "acd"),
        ("signed is null", "d"),
        ("signed is not null", "abc"),
        ("headline = true", "ad"),
        ("order in (1, 10)", "bd"),
        ("order not in (1, 10)", "ac"),
        ("order >= 3", "ad"),
        ("order < 2.5", "bc"),
        ("called_en like 'cafe'", "abcd"),
        ("called_en like 'caf%c'", "c"),
        ("called_en like '%b'", "b"),
        ('startswith(called_en, "Café d")', "d"),
        ('search("water")', "ab"),
        ('"fire"', "cd"),
        ('search(called_en, "CAFÉ a")', "a"),
        ('key = "b" or key = "nobody"', "b"),
        ("order in [1..3]", "abc"),
        ("order in ]1..3[", "c"),
        ("order not in [2..3]", "bd"),
        ("signed in [date'2015-05'..date'2020-12-31']", "bc"),
        ("order between 2 and 3 and year(signed) = 2015", "a"),
        ("order not between 2 and 3", "bd"),
        ("year(signed) in [2016..2020]", "c"),
        ("headline is true", "ad"),
        ("headline is not true", "bc"),
        ("key: 'b'", "b"),
        ("day(signed) = 31", "c"),
        ('suggest(called_en, "caf")', "abcd"),
        ('search(key, called_en, "a")', "a"),
    ],
)
def test_rows_meet_a_condition(release, where, met):
    assert keys(release, "agreements", where=where) == met


@pytest.mark.parametrize(
    ("where", "met"),
    [
        ('areas = "europe"', "o"),
        ('areas in ("americas", "arctic")', "lo"),
        ("latitude < 0", "l"),
        ("latitude >= -12.05", "lo"),
        ("country is null", "p"),
    ],
)
def test_lists_and_numbers_are_compared_as_what_they_are(release, where, met):
    assert keys(release, "places", where=where) == met


@pytest.mark.parametrize(
    ("refine", "exclude", "met"),
    [
        (["signed:2015"], [], "ab"),
        (["signed:2015/05"], [], "b"),
        (["signed:2015", "order:3"], [], "a"),
        ([], ["signed:2015", "key:d"], "c"),
        (["headline:true"], ["order:3"], "d"),
    ],
)
def test_rows_are_refined_by_a_value_or_by_the_year_of_a_date(release, refine, exclude, met):
    assert keys(release, "agreements", where="order < 11", refine=refine, exclude=exclude) == met


@pytest.mark.parametrize(
    ("order", "sorted_"),
    [
        ("order", "bcad"),
        ("order desc", "dacb"),
        ("signed", "abcd"),
        ("signed desc", "cbad"),
        ("headline desc, order desc", "dabc"),
        ("year(signed) desc, key desc", "cbad"),
    ],
)
def test_rows_come_in_the_order_asked_and_what_is_empty_last(release, order, sorted_):
    assert keys(release, "agreements", order_by=order) == sorted_


def test_words_find_the_rows_of_the_records_that_contain_them(release):
    assert keys(release, "agreements", words="fire pact") == "cd"


def test_a_page_shows_the_columns_asked_under_their_names(release):
    rows = told(
        release, "agreements", 1, 3, select="key, year(signed) as year, called_en, headline", order_by="key",
    )  # fmt: skip

    assert rows == [
        {"key": "b", "year": 2015, "called_en": "Café b", "headline": False},
        {"key": "c", "year": 2020, "called_en": "Café c", "headline": None},
    ]


@pytest.mark.parametrize(
    ("where", "met"),
    [
        ("within_distance(key, geom'POINT(-77.03 -12.04)', 3km)", "l"),
        ("within_distance(key, geom'POINT(-77.03 -12.04)', 300m)", ""),
        ("distance(point, geom'POINT(10.75 59.91)', 1mi) or geo_distance(geo, geom'POINT(-77 -12)', 20km)", "lo"),
        ("in_bbox(key, 59, 10, 60, 11)", "o"),
        ("in_bbox(key, -90, 0, 90, -70)", "lo"),
        ("not in_bbox(key, 59, 10, 60, 11)", "lp"),
        ("within(key, geom'POLYGON((10 59, 11 59, 11 60, 10 60, 10 59))')", "o"),
        (f"polygon(key, geom'POLYGON({SQUARE},(10.7 59.8, 10.8 59.8, 10.8 60, 10.7 60, 10.7 59.8))')", ""),
        ("intersects(key, geom'MULTIPOLYGON(((10 59, 11 59, 11 60, 10 59)),((-78 -13, -77 -13, -77 -12, -78 -13)))')",
         "l"),
        ("disjoint(key, geom'POLYGON((10 59, 11 59, 11 60, 10 60, 10 59))')", "l"),
        (f"""within(key, geom'{{"type": "Polygon", "coordinates": [{CORNERS}]}}')""", "o"),
        ("length(key) = 3", "p"),
        ("length(areas) >= 1", "lo"),
    ],
)  # fmt: skip
def test_rows_stand_where_their_records_stand(release, where, met):
    assert keys(release, "places", where=where) == met


def test_a_column_that_names_records_stands_where_they_do(release):
    rows = told(release, "agreement_parties", where="within_distance(party, geom'POINT(10.75 59.91)', 1km)")

    assert [(row["agreement"], row["party"]) for row in rows] == [("a", "oslo")]


def test_numbers_and_dates_are_gathered_in_steps(release):
    by_width = told(release, "agreements", select="range(order, 3) as step, count(*)", group_by="range(order, 3)")
    bounded = told(
        release, "agreements", group_by="range(order, *, 2, 10, *)", order_by="range(order, *, 2, 10, *) desc"
    )
    dated = told(release, "agreements", group_by="range(signed, 2 years) as years")
    by_month = told(release, "agreements", group_by="range(signed, 6 months)")
    between = told(release, "agreements", group_by='range(signed, "2015-02", "2021")')

    assert by_width == [
        {"step": "[0, 3[", "count": 2}, {"step": "[3, 6[", "count": 1}, {"step": "[9, 12[", "count": 1},
    ]  # fmt: skip
    assert bounded == [
        {"range_order": "[10, *[", "count": 1}, {"range_order": "[2, 10[", "count": 2},
        {"range_order": "[*, 2[", "count": 1},
    ]  # fmt: skip
    assert dated == [
        {"years": None, "count": 1}, {"years": "[2014, 2016[", "count": 2}, {"years": "[2020, 2022[", "count": 1},
    ]  # fmt: skip
    assert by_month == [
        {"range_signed": None, "count": 2}, {"range_signed": "[2015-01, 2015-07[", "count": 1},
        {"range_signed": "[2020-01, 2020-07[", "count": 1},
    ]  # fmt: skip
    assert between == [{"range_signed": None, "count": 2}, {"range_signed": "[2015-02, 2021[", "count": 2}]


def test_dates_are_gathered_as_they_are_written_and_texts_by_their_length(release):
    dated = told(release, "agreements", group_by="date_format(signed, 'MM/YYYY') as month", order_by="month desc")
    lengths = told(release, "places", select="length(key) as signs, count(*) as places", group_by="length(key)")

    assert dated == [{"month": "05/2015", "count": 1}, {"month": "01/2020", "count": 1}, {"month": None, "count": 2}]
    assert lengths == [{"signs": 3, "places": 1}, {"signs": 4, "places": 2}]
    assert told(release, "places", select="key, length(areas) as zones", order_by="length(areas) desc, key") == [
        {"key": "oslo", "zones": 2}, {"key": "lima", "zones": 1}, {"key": "pau", "zones": 0},
    ]  # fmt: skip


def test_a_percentile_stands_between_two_numbers_exactly(release):
    rows = told(
        release,
        "agreements",
        select="percentile(order, 0), percentile(order, 90) as most, percentile(order, 50) as middle",
    )

    assert rows == [{"percentile_order": 1, "most": Decimal("7.9"), "middle": Decimal("2.5")}]


def test_numbers_are_numbers_and_lists_are_lists(release):
    assert told(release, "places", select="latitude, areas", where='key = "oslo"') == [
        {"latitude": Decimal("59.91"), "areas": ["europe", "arctic"]}
    ]


def test_rows_are_gathered_counted_and_added(release):
    rows = told(
        release, "agreements", select="year(signed) as year, count(*) as number, sum(order) as total, max(signed)",
        group_by="year(signed)", order_by="number desc, year",
    )  # fmt: skip

    assert rows == [
        {"year": 2015, "number": 2, "total": 4, "max_signed": "2015-05"},
        {"year": 2020, "number": 1, "total": 2, "max_signed": "2020-01-31"},
        {"year": None, "number": 1, "total": 10, "max_signed": None},
    ]


def test_groups_are_sorted_by_what_they_were_gathered_by_though_it_is_not_shown(release):
    rows = told(
        release,
        "agreements",
        select="count(*) as number",
        group_by="year(signed)",
        order_by="number, year(signed) desc",
    )

    assert rows == [{"number": 1}, {"number": 1}, {"number": 2}]
    assert told(release, "agreements", select="sum(order) as total", group_by="year(signed)",
                order_by="year(signed) desc") == [{"total": 2}, {"total": 4}, {"total": 10}]  # fmt: skip


def test_everything_can_be_added_without_groups(release):
    assert told(release, "agreements", select="count(*), count(signed), avg(order)") == [
        {"count": 4, "count_signed": 3, "avg_order": 4}
    ]


def test_different_values_are_counted_and_the_one_in_the_middle_is_said(release):
    rows = told(
        release, "agreements", select="count(distinct headline) as ways, median(order) as middle, median(order)"
    )  # fmt: skip

    assert rows == [{"ways": 2, "middle": Decimal("2.5"), "median_order": Decimal("2.5")}]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"where": "signed ="}, "The question stops where “a value” was expected."),
        ({"where": "signed = 1; drop table x"}, "At character 11, “; drop table x” cannot be read."),
        ({"where": "nothing = 1"}, "The table agreements has no column “nothing”."),
        ({"where": "order = 'many'"}, "“many” is no number, and order asks for one."),
        ({"where": "headline = 'perhaps'"}, "“perhaps” is neither true nor false"),
        ({"where": "year(signed) = '--5'"}, "“--5” is no whole number, and signed asks for one."),
        ({"where": "year(order) = 1"}, "The column order holds no dates."),
        ({"where": "(" * 60 + "order = 1" + ")" * 60}, "The question is nested deeper than 40 levels."),
        ({"where": "not " * 60 + "order = 1"}, "The question is nested deeper than 40 levels."),
        ({"where": "order = 1 " * 500}, "The question is longer than 4000 characters."),
        ({"select": "key, *"}, "An asterisk stands alone"),
        ({"select": "sum(*)"}, "Only count(*) takes an asterisk."),
        ({"select": "key, order as key"}, "Two columns of the answer are named “key”."),
        ({"select": "sum(key)"}, "key holds no numbers to add."),
        ({"select": "order, count(*)", "group_by": "key"}, "order is neither gathered by nor counted."),
        ({"order_by": "count(*)"}, "Sorting by an aggregate needs group_by."),
        ({"order_by": "nowhere"}, "The table agreements has no column “nowhere”."),
        ({"select": "nowhere"}, "The table agreements has no column “nowhere”."),
        ({"group_by": "*"}, "Rows are gathered by columns."),
        ({"where": "soundex(key) = 3"}, "There is no function “soundex” here. There are: year, month, day, length,"),
        ({"where": "signed > now()"}, "There is no function “now” here."),
        ({"order_by": "random(1)"}, "There is no function “random” here."),
        ({"group_by": "geo_cluster(key, 4)"}, "There is no function “geo_cluster” here."),
        ({"where": "length(order) > 3"}, "The column order holds no texts."),
        ({"select": "length(headline)"}, "The column headline holds no texts."),
        ({"select": "percentile(key, 95)"}, "key holds no numbers to add."),
        ({"select": "percentile(order)"}, "“,” was expected and “)” was read."),
        ({"select": "percentile(order, 101)"}, "A percentile is a number from 0 to 100."),
        ({"select": "sum(year(signed))"}, "sum takes a column, and nothing read of it."),
        ({"group_by": "range(headline, 5)"}, "headline holds neither numbers nor dates to set in steps."),
        ({"group_by": "range(order, 0)"}, "range(order, …) takes one width, or bounds that rise"),
        ({"group_by": "range(order, 5, 1)"}, "range(order, …) takes one width, or bounds that rise"),
        ({"group_by": "range(order, 1, *, 5)"}, "range(order, …) takes one width, or bounds that rise"),
        ({"group_by": "range(signed, 5)"}, "range(signed, …) takes one width, or bounds that rise"),
        ({"where": "range(order, 5) = 1"}, "range gathers rows: it stands in group_by"),
        ({"select": "range(order, 5)"}, "range gathers rows: it stands in group_by"),
        ({"group_by": "date_format(signed, 'HH:mm')"}, "“HH:mm” is no pattern of a date"),
        ({"where": "within_distance(called_en, geom'POINT(2 48)', 1km)"}, "called_en names no record with a place on"),
        ({"where": "within_distance(key, geom'POINT(2 98)', 1km)"}, "within_distance takes a point and a distance: "),
        ({"where": "within_distance(key, geom'POLYGON((2 8, 3 8, 3 9, 2 8))', 1km)"}, "within_distance takes a point"),
        ({"where": "within_distance(key, geom'POINT(2 48)', 1)"}, "“a distance such as 10km” was expected and “1”"),
        ({"where": "within(key, geom'POINT(2 48)')"}, "within takes an area: within(place, geom'POLYGON(("),
        ({"where": "within(key, geom'POLYGON((2 48, 3 48, 3 49))')"}, "within takes an area"),
        ({"where": "in_bbox(key, 9, 2, 3, 4)"}, "in_bbox takes south, west, north and east in degrees"),
        ({"where": "in_bbox(key, 1, 2, 3)"}, "in_bbox takes south, west, north and east in degrees"),
        ({"where": "in_bbox(nowhere, 1, 2, 3, 4)"}, "The table agreements has no column “nowhere”."),
        ({"where": "order in [1..3"}, "The question stops where “]” was expected."),
        ({"where": "order in 3"}, "“(” was expected and “3” was read."),
        ({"where": "order between 1"}, "The question stops where “and” was expected."),
        ({"where": "order + 1 = 2"}, "At character 7, “+ 1 = 2” cannot be read."),
        ({"where": 'suggest("x")'}, "suggest needs a column"),
        ({"refine": ["order"]}, "“order” names no column and value: refine=country:BJ."),
        ({"exclude": ["nowhere:1"]}, "The table agreements has no column “nowhere”."),
        ({"select": "median(key)"}, "key holds no numbers to add."),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence(release, asked, said):
    with pytest.raises(NotUnderstood) as refused:
        told(release, "agreements", **asked)

    assert said in str(refused.value)
