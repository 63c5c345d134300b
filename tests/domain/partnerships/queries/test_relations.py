from datetime import date

from parvis.domain.partnerships import queries

DAY = date(2016, 1, 1)


def keys(records):
    return [record.key for record in records]


def test_relations_on_a_day_start_with_the_closest(enter, cities):
    enter("relation", "a-ordinary", partner="lima", level="ordinary", as_of="2015")
    enter("relation", "b-special", partner="rome", level="special", as_of="2015")
    enter("relation", "c-stage", partner="seoul", stage="contact", as_of="2015")
    enter("relation", "d-past", partner="paris", level="special", **{"from": "2000", "to": "2010"})
    enter("relation", "e-later", partner="paris", level="special", as_of="2020")

    assert keys(queries.relations_on(DAY)) == ["b-special", "a-ordinary", "c-stage"]


def test_relations_to_review_are_those_whose_day_has_come(enter, cities):
    enter("relation", "due", partner="rome", level="special", as_of="2015", review_on="2015-12")
    enter("relation", "not-due", partner="lima", level="special", as_of="2015", review_on="2016")
    enter("relation", "never", partner="seoul", level="special", as_of="2015")

    assert keys(queries.relations_to_review(DAY)) == ["due"]


def test_closer_on_paper_are_close_ties_without_an_agreement_in_force(enter, pact):
    pact(("signed", "2014"), renewal="evergreen")
    enter("relation", "to-rome", partner="rome", level="special", as_of="2015")
    enter("relation", "to-lima", partner="lima", level="enhanced", as_of="2015")
    enter("relation", "to-seoul", partner="seoul", level="ordinary", as_of="2015")

    assert keys(queries.closer_on_paper(DAY)) == ["to-lima"]


def test_networks_come_with_the_bodies_behind_them(enter, subject, django_assert_num_queries):
    subject("i4ce")
    enter("network", "club-vitecc", managed_by="i4ce")

    with django_assert_num_queries(1):
        found = [(network.key, network.managed_by.key) for network in queries.all_networks()]

    assert found == [("club-vitecc", "i4ce")]
