"""What binds the city is told by whom its room's rule allows, whichever way it is written."""

import pytest

from parvis.domain.partnerships import actions as partnerships
from parvis.domain.partnerships.models import Agreement
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.accounts.rules import BindsTheCity
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.models import Subject

#: What each noun may say in the city's name, as a data file or a sheet would write it.
BINDING = {
    "signed by a step": ("agreement", {"steps": [{"state": "signed", "day": "2015"}]}),
    "signed by its date": ("agreement", {"signed": "2015"}),
    "suspended": (
        "agreement",
        {"steps": [{"state": "listed", "day": "2014"}, {"state": "suspended", "day": "2016"}]},
    ),
    "ended": ("agreement", {"steps": [{"state": "ended", "day": "2015"}]}),
    "kept": ("promise", {"steps": [{"state": "kept", "day": "2016", "evidence": ["paris"]}]}),
    "not kept": ("promise", {"steps": [{"state": "not_kept", "day": "2016"}]}),
    "proven": ("claim", {"state": "proven", "evidence": ["paris"]}),
    "adopted": ("legal_basis", {"state": "adopted", "adopted": "2015"}),
    "in force without adoption": ("legal_basis", {"state": "in_force", "in_force_from": "2015"}),
    "repealed": ("legal_basis", {"state": "repealed", "repealed": "2015"}),
    "awarded": ("honour", {"steps": [{"step": "awarded", "day": "2015"}]}),
    "graded": ("relation", {"level": "special"}),
}
ALONE = {
    "agreement": {"parties": ["paris", "lima"]},
    "promise": {"made_by": "paris"},
    "claim": {"kind": "first", "publisher": "paris", "scope": {"en": "all"}, "as_of": "2015"},
    "legal_basis": {"level": "municipal", "state": "proposed"},
    "honour": {"honoree": "someone"},
    "relation": {"partner": "lima", "stage": "dormant"},
}


@pytest.fixture
def officer(db):
    return User.objects.create_user("officer@ville.example", role=Role.OFFICER)


@pytest.fixture
def known(subject):
    for key in ("paris", "lima"):
        subject(key)
    subject("someone", "person")


def written(doors, noun, more):
    return take_apart(doors[noun][0], {"key": "one", "title": {"en": "One"}, **ALONE[noun], **more})


@pytest.mark.parametrize("case", BINDING)
def test_an_officer_enters_the_record_and_not_the_act(case, doors, known, officer, noon):
    noun, act = BINDING[case]
    _model, enter, amend = doors[noun]
    bold, plain = written(doors, noun, act), written(doors, noun, {})

    with pytest.raises(BindsTheCity):
        enter(entry=bold.entry, facts=bold.facts, by=officer, at=noon)
    assert not Subject.objects.filter(key="one").exists()
    record = enter(entry=plain.entry, facts=plain.facts, by=officer, at=noon)
    with pytest.raises(BindsTheCity):
        amend(record=record, entry=bold.entry, facts=bold.facts, seen_revision=1, by=officer, at=noon)

    assert Subject.objects.get(key="one").revision == 1


@pytest.mark.parametrize("case", BINDING)
def test_a_publisher_tells_of_it_and_an_officer_amends_the_rest(case, doors, known, officer, clerk, noon):
    noun, act = BINDING[case]
    _model, enter, amend = doors[noun]
    bold = written(doors, noun, act)
    record = enter(entry=bold.entry, facts=bold.facts, by=clerk, at=noon)

    retitled = take_apart(type(record), content_of(record) | {"title": {"en": "Better said"}})
    amended = amend(record=record, entry=retitled.entry, facts=retitled.facts, seen_revision=1, by=officer, at=noon)

    assert amended.subject.texts.get(field="title").body == "Better said"


def test_an_officer_corrects_the_day_of_a_signature_and_does_not_take_it_back(doors, known, officer, clerk, noon):
    _model, enter, amend = doors["agreement"]
    signed = written(doors, "agreement", {"steps": [{"state": "signed", "day": "2015"}]})
    record = enter(entry=signed.entry, facts=signed.facts, by=clerk, at=noon)

    exact = written(doors, "agreement", {"steps": [{"state": "signed", "day": "2015-05-09"}], "signed": "2015-05-09"})
    record = amend(record=record, entry=exact.entry, facts=exact.facts, seen_revision=1, by=officer, at=noon)
    gone = written(doors, "agreement", {})
    with pytest.raises(BindsTheCity):
        amend(record=record, entry=gone.entry, facts=gone.facts, seen_revision=2, by=officer, at=noon)

    assert Agreement.objects.get().steps.get().day == "2015-05-09"


def test_the_state_line_asks_the_same_rule(doors, known, officer, noon):
    _model, enter, _amend = doors["agreement"]
    plain = written(doors, "agreement", {"steps": [{"state": "draft", "day": "2014"}]})
    record = enter(entry=plain.entry, facts=plain.facts, by=officer, at=noon)

    with pytest.raises(BindsTheCity) as refused:
        partnerships.sign_agreement(agreement=record, signed="2015", by=officer, at=noon)

    assert str(refused.value).startswith("“Signed” binds the city")
    assert Agreement.objects.get().signed == ""
