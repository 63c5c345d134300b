from decimal import Decimal

import pytest

from parvis.domain.directory.errors import (
    ActsForThemself,
    CountryUnknown,
    GeonameUnknown,
    IdentifierRefused,
    InsideItself,
    NotAPublicPerson,
    NotThatPlace,
    PlaceNearby,
    PlaceNotFound,
)
from parvis.domain.directory.models import Body, Office, Person, Place
from parvis.register.errors import ChangedMeanwhile, InvalidContent


def test_a_city_is_found_by_its_title_and_takes_its_coordinates(world, enter):
    paris = enter("place", "paris", level="city", country="FR")

    assert (paris.geoname, paris.latitude, paris.longitude) == (
        2988507,
        Decimal("48.85341"),
        Decimal("2.34880"),
    )


def test_a_title_in_any_language_may_find_the_city(world, enter):
    tbilisi = enter("place", "tbilisi", title={"fr": "Tbilissi la grande", "en": "Tiflis"}, level="city", country="GE")

    assert tbilisi.geoname == 611717


def test_coordinates_that_are_given_are_kept_as_they_were_written(world, enter):
    paris = enter("place", "paris", level="city", country="FR", geoname=2988507, latitude=48.9, longitude="2.3")

    assert (paris.latitude, paris.longitude) == (Decimal("48.9"), Decimal("2.3"))


def test_a_name_one_slip_from_a_city_is_asked_about_and_never_called_several(world, enter):
    with pytest.raises(PlaceNearby) as refusal:
        enter("place", "solo", title={"en": "Tblissi"}, level="city", country="GE")

    assert str(refusal.value) == (
        "No city of over 1,000 inhabitants in GE is called “Tblissi”. Is it Tbilisi (611717)? "
        "Write it that way, or give its GeoNames number."
    )


def test_a_city_that_cannot_be_found_is_refused(world, enter):
    with pytest.raises(PlaceNotFound, match="in SN is called “Paris”"):
        enter("place", "paris", level="city", country="SN")

    assert Place.objects.count() == 0


def test_a_city_with_coordinates_need_not_be_in_the_gazetteer(world, enter):
    invented = enter("place", "porto-azzurro", level="city", country="IT", latitude=42.7, longitude=10.4)
    hamlet = enter("place", "hamlet", level="city", country="IT", geoname=99, latitude=42.7, longitude=10.4)

    assert (invented.geoname, hamlet.geoname) == (None, 99)


@pytest.mark.parametrize("geoname", [99, "abc"])
def test_a_number_the_gazetteer_does_not_know_is_refused_without_coordinates(world, enter, geoname):
    with pytest.raises(GeonameUnknown, match=f"numbered {geoname}"):
        enter("place", "paris", level="city", country="FR", geoname=geoname)


def test_a_number_of_a_place_in_another_country_is_refused(world, enter):
    with pytest.raises(NotThatPlace) as refusal:
        enter("place", "paris", level="city", country="FR", geoname=4717560)

    assert str(refusal.value) == "GeoNames 4717560 is Paris (US), not a place in FR."


def test_only_cities_are_looked_for_in_the_gazetteer(world, enter):
    assert enter("place", "france", level="country", country="FR", geoname=3017382).latitude is None


def test_without_a_gazetteer_a_city_stands_as_it_is_given(enter):
    assert enter("place", "paris", level="city", country="FR").geoname is None


def test_an_unknown_country_is_refused(enter):
    with pytest.raises(CountryUnknown, match="“XX”"):
        enter("place", "nowhere", level="country", country="XX")


def test_a_place_without_country_is_refused_with_its_field(enter):
    with pytest.raises(InvalidContent) as refusal:
        enter("place", "nowhere", level="city")

    assert [problem.path for problem in refusal.value.problems] == ["country"]


def test_coordinates_go_together(enter):
    with pytest.raises(InvalidContent):
        enter("place", "paris", level="site", country="FR", latitude=48.8)


def test_a_place_needs_no_title_in_a_known_language_to_be_refused_in_words(world, enter):
    with pytest.raises(PlaceNotFound, match="“atlantis”"):
        enter("place", "atlantis", title={}, level="city", country="FR")


def test_a_place_cannot_be_within_itself_however_far(enter, amend):
    france = enter("place", "france", level="country", country="FR")
    enter("place", "paris", level="site", country="FR", within="france")

    with pytest.raises(InsideItself, match="“New” would be inside itself: New > Paris > New"):
        amend(france, level="country", country="FR", within="paris")

    assert Place.objects.get(subject__key="france").within is None


def test_a_place_is_amended_with_the_same_care(world, enter, amend):
    paris = enter("place", "paris", level="city", country="FR")

    assert amend(paris, title={"en": "Rome"}, level="city", country="IT").geoname == 3169070
    with pytest.raises(ChangedMeanwhile):
        amend(paris, title={"en": "Rome"}, level="city", country="IT")


def test_a_loop_above_a_place_is_not_its_own(enter, amend):
    upper = enter("place", "upper", level="site", country="FR")
    enter("place", "lower", level="site", country="FR", within="upper")
    Place.objects.filter(subject__key="upper").update(within=Place.objects.get(subject__key="lower").subject)

    assert enter("place", "third", level="site", country="FR", within="lower").within.key == "lower"
    assert upper.key == "upper"


def test_identifiers_are_checked_and_written_one_way(enter):
    paris = enter("body", "city-of-paris", identifiers={"siren": "217 500 016", "rna": "w751234567"})

    assert paris.identifiers == {"rna": "W751234567", "siren": "217500016"}


@pytest.mark.parametrize(
    ("identifiers", "sentence"),
    [
        ({"siren": "217500017"}, "'217500017' is not a SIREN: nine digits, the last one a check."),
        ({"duns": "1"}, "'duns' is not a scheme of identifiers"),
        (["217500016"], "Write each identifier under its scheme"),
    ],
)
def test_a_wrong_identifier_is_refused_in_a_sentence(enter, identifiers, sentence):
    with pytest.raises(IdentifierRefused) as refusal:
        enter("body", "city-of-paris", identifiers=identifiers)

    assert str(refusal.value).startswith(sentence)


def test_a_body_cannot_be_part_of_itself_however_far(enter, amend):
    city = enter("body", "city")
    enter("body", "unit", parent="city")

    with pytest.raises(InsideItself):
        amend(city, parent="unit")

    assert amend(city, founded="1977").founded == "1977"


def test_a_body_may_be_part_of_what_is_no_body_of_ours(enter):
    assert Body.objects.get(pk=enter("body", "unit").pk).parent is None


@pytest.mark.parametrize("kind", ["", "writer"])
def test_a_person_who_neither_holds_an_office_nor_is_honoured_is_refused(enter, kind):
    with pytest.raises(NotAPublicPerson):
        enter("person", "someone", kind=kind)

    assert Person.objects.count() == 0


def test_a_person_is_amended_with_the_same_care(enter, amend):
    anna = enter("person", "anna", kind="office_holder")

    assert amend(anna, kind="honoured").subject.kind == "honoured"


def test_an_office_is_entered_with_its_holders_and_their_dates(enter, amend):
    enter("body", "c40")
    enter("person", "anna", kind="office_holder")
    chair = enter("office", "chair", body="c40", holdings=[{"person": "anna", "from": "2014", "to": "2020"}])

    assert list(chair.holdings.values_list("valid_from", "valid_to")) == [("2014", "2020")]

    amend(chair, body="c40", holdings=[{"person": "anna", "valid_from": "2015"}])
    assert list(Office.objects.get().holdings.values_list("valid_from", "valid_to")) == [("2015", "")]


def test_nobody_acts_for_themself(enter):
    enter("body", "c40")
    enter("person", "anna", kind="office_holder")

    with pytest.raises(ActsForThemself):
        enter("office", "chair", body="c40", holdings=[{"person": "anna", "acting_for": "anna"}])


@pytest.mark.parametrize("holdings", ["anna", ["anna"]])
def test_holders_of_the_wrong_shape_are_refused_where_they_stand(enter, holdings):
    enter("body", "c40")

    with pytest.raises(InvalidContent) as refusal:
        enter("office", "chair", body="c40", holdings=holdings)

    assert [problem.path.partition(".")[0] for problem in refusal.value.problems] == ["holdings"]


def test_a_term_cannot_end_before_it_starts(enter):
    enter("body", "c40")
    enter("person", "anna", kind="office_holder")

    with pytest.raises(InvalidContent):
        enter("office", "chair", body="c40", holdings=[{"person": "anna", "from": "2020", "to": "2014"}])
