from datetime import date

import pytest

from parvis.domain.projects import queries
from parvis.domain.projects.enums import ProjectStage

MAY_2015 = date(2015, 5, 31)


def keys(records):
    return [record.key for record in records]


@pytest.mark.parametrize(
    ("facts", "day", "stage"),
    [
        ({"stage": "running", "stage_as_of": "2015-05"}, MAY_2015, "running"),
        ({"stage": "running", "stage_as_of": "2015-05"}, date(2015, 4, 30), "unknown"),
        ({"stage": "running", "stage_as_of": "2015-05"}, date(2026, 1, 1), "running"),
        ({"stage": "running", "stage_as_of": "2015-05", "since": "2013"}, date(2014, 1, 1), "running"),
        ({"stage": "running", "stage_as_of": "2015-05", "since": "2013"}, date(2012, 12, 31), "unknown"),
        ({"stage": "decided", "stage_as_of": "2015-05", "since": "2013"}, date(2014, 1, 1), "unknown"),
        ({"stage": "running", "stage_as_of": "2015-05", "until": "2018-06-01"}, date(2018, 5, 31), "running"),
        ({"stage": "running", "stage_as_of": "2015-05", "until": "2018-06-01"}, date(2018, 6, 1), "closed"),
        ({"stage": "abandoned", "stage_as_of": "2015", "until": "2015"}, date(2018, 6, 1), "abandoned"),
        ({"stage": "running", "since": "2013"}, MAY_2015, "running"),
        ({"stage": "unknown"}, MAY_2015, "unknown"),
    ],
)
def test_the_stage_on_a_day_is_what_the_record_tells(enter, facts, day, stage):
    assert queries.stage_on(enter("project", "p", **facts), day) == ProjectStage(stage)


def test_projects_by_stage_tell_which_stage_is_fresh(enter):
    enter("project", "amman", stage="running", stage_as_of="2015-05")
    enter("project", "old", stage="running", stage_as_of="2010")
    enter("project", "tunis", stage="in_preparation", stage_as_of="2015-05")

    found = queries.projects_by_stage(MAY_2015)

    assert {stage: [(row.project.key, row.fresh) for row in staged] for stage, staged in found.items() if staged} == {
        ProjectStage.RUNNING: [("amman", True), ("old", False)],
        ProjectStage.IN_PREPARATION: [("tunis", True)],
    }


def test_stages_to_check_are_those_told_in_a_year_gone_by(enter):
    enter("project", "fresh", stage="running", stage_as_of="2015")
    enter("project", "old", stage="running", stage_as_of="2014")
    enter("project", "done", stage="closed", stage_as_of="2010")
    enter("project", "never-told", stage="running", since="2010")

    assert keys(queries.stages_to_check(MAY_2015)) == ["never-told", "old"]


def test_places_with_a_project_are_counted_once(enter, subject):
    places = {key: subject(key, noun="place") for key in ("amman", "rabat", "tunis")}
    enter("project", "one", stage="running", stage_as_of="2014", places=["rabat", "amman"])
    enter("project", "two", stage="running", stage_as_of="2014", places=["rabat"])
    enter("project", "later", stage="running", stage_as_of="2016", places=["tunis"])
    enter("project", "undated", places=["tunis"])

    assert keys(queries.places_with_a_project()) == ["amman", "rabat", "tunis"]
    assert keys(queries.places_with_a_project(MAY_2015)) == ["amman", "rabat"]
    assert keys(queries.projects_in(places["rabat"])) == ["one", "two"]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_queries_for_one_and_three(enter, subject, count, django_assert_num_queries):
    subject("amman", noun="place")
    for number in range(count):
        enter("project", f"p-{number}", places=["amman"])
        enter("programme", f"g-{number}", editions=[{"places": ["amman"]}])

    with django_assert_num_queries(3):
        [line.place.key for project in queries.all_projects() for line in project.places.all()]
    with django_assert_num_queries(4):
        [line.place.key for g in queries.all_programmes() for e in g.editions.all() for line in e.places.all()]
