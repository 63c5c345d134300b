import pytest

from parvis.domain.projects.actions import move_project, open_edition
from parvis.domain.projects.errors import (
    AlreadyFinished,
    OriginGoesRound,
    ProjectMoveRefused,
    SeveralLeads,
    StageWithoutDate,
)
from parvis.domain.projects.models import Programme, Project
from parvis.register.errors import InvalidContent


@pytest.fixture
def project(enter):
    return enter("project", "amman-transport", stage="study", stage_as_of="2014")


def test_a_project_moves_forward_to_its_end(project, act):
    act(move_project, project=project, stage="decided", as_of="2014-06")
    act(move_project, project=project, stage="running", as_of="2015-05")
    closed = act(move_project, project=project, stage="closed", as_of="2019")

    assert (closed.stage, closed.stage_as_of) == ("closed", "2019")


def test_a_project_does_not_go_back(project, act):
    with pytest.raises(ProjectMoveRefused) as refused:
        act(move_project, project=project, stage="idea", as_of="2015")

    assert str(refused.value) == "A project that is “Under study” cannot become “Idea”."


@pytest.mark.parametrize("last", ["closed", "abandoned"])
def test_nothing_follows_the_end_of_a_project(project, act, last):
    act(move_project, project=project, stage=last, as_of="2015")

    with pytest.raises(AlreadyFinished) as refused:
        act(move_project, project=project, stage="running", as_of="2016")

    assert str(refused.value) == f"This project is already {last}."


def test_a_project_nobody_knew_about_may_be_found_at_any_stage(enter, act):
    project = enter("project", "unknown")

    found = act(move_project, project=project, stage="running", as_of="2015-05")

    assert found.stage == "running"


def test_a_stage_is_known_as_of_a_day(project, enter, act):
    with pytest.raises(StageWithoutDate) as refused:
        enter("project", "undated", stage="running")
    with pytest.raises(StageWithoutDate):
        act(move_project, project=project, stage="decided", as_of="")

    assert str(refused.value) == "Say as of when the project is “Running”: a year or a month is enough."
    assert Project.objects.get().stage == "study"


@pytest.mark.parametrize("dates", [{"since": "2015"}, {"until": "2019"}])
def test_a_beginning_or_an_end_dates_a_stage(enter, dates):
    assert enter("project", "dated", stage="running", **dates).stage == "running"


def test_a_project_is_led_by_one(enter, amend, project, subject):
    subject("ap-hp")
    subject("fidh")
    leads = [{"body": "ap-hp", "role": "lead"}, {"body": "fidh", "role": "lead"}]

    with pytest.raises(SeveralLeads):
        amend(project, stage="study", stage_as_of="2014", partners=leads)
    amended = amend(project, stage="study", stage_as_of="2014", partners=[leads[0], "fidh"])

    assert [(line.body.key, line.role) for line in amended.partners.all()] == [
        ("ap-hp", "lead"),
        ("fidh", "partner"),
    ]


def test_a_partner_may_have_two_roles_but_not_one_twice(enter, subject):
    subject("gates")
    twice = [{"body": "gates", "role": "funder"}, {"body": "gates", "role": "funder"}]
    both = [{"body": "gates", "role": "funder"}, {"body": "gates", "role": "partner"}]

    with pytest.raises(InvalidContent) as refused:
        enter("project", "maternal", partners=twice)

    assert [str(problem) for problem in refused.value.problems] == [
        "partners.1: This partner is named twice for the same role."
    ]
    assert enter("project", "maternal", partners=both).partners.count() == 2


def test_a_programme_has_places_and_editions_with_places(enter, subject, act, amend):
    for key in ("dakar", "rome"):
        subject(key, noun="place")
    edition = {"label": {"en": "Rome"}, "when": "2013", "state": "held", "places": ["rome"]}
    programme = enter("programme", "tandem", since="2011", places=["dakar"], editions=[edition])

    opened = act(open_edition, programme=programme, edition={"label": {"en": "Dakar"}, "places": ["dakar"]})

    assert [
        (line.label["en"], line.state, [place.place.key for place in line.places.all()])
        for line in opened.editions.all()
    ] == [("Rome", "held", ["rome"]), ("Dakar", "unknown", ["dakar"])]
    assert amend(opened, seen_revision=2, since="2011").editions.count() == 0


def test_a_programme_does_not_come_from_itself(enter, amend):
    programme = enter("programme", "reinventing-paris")

    with pytest.raises(OriginGoesRound):
        amend(programme, origin="reinventing-paris")
    with pytest.raises(OriginGoesRound, match="“Another way” and “Another way” would each come from the other"):
        enter("programme", "other", title={"en": "Another way"}, origin="other")


def test_programmes_come_from_one_another_in_one_direction(enter, amend):
    first = enter("programme", "first")
    enter("programme", "second", origin="first")
    enter("programme", "third", origin="second")

    with pytest.raises(OriginGoesRound):
        amend(first, origin="third")

    assert Programme.objects.get(subject__key="first").origin is None


def test_an_origin_not_yet_loaded_ends_the_line(enter, subject):
    subject("reserved", noun="programme")

    assert enter("programme", "second", origin="reserved").origin.key == "reserved"


@pytest.mark.parametrize(
    ("noun", "facts", "sentence"),
    [
        ("project", {"since": "2016", "until": "2015"}, "A project begins before it ends."),
        ("programme", {"since": "2016", "until": "2015"}, "A programme begins before it ends."),
    ],
)
def test_what_cannot_be_is_refused_in_words(enter, noun, facts, sentence):
    with pytest.raises(InvalidContent) as refused:
        enter(noun, "odd", **facts)

    assert [str(problem) for problem in refused.value.problems] == [sentence]


def test_a_place_is_named_once(enter, subject):
    subject("amman", noun="place")

    for noun in ("project", "programme"):
        with pytest.raises(InvalidContent) as refused:
            enter(noun, "odd", places=["amman", "amman"])
        assert [str(problem) for problem in refused.value.problems] == ["places.1: This place is named twice."]
