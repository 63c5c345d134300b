"""Whom the money makes known: who asks in their own name, who signs, who is to be reached."""

import pytest

from parvis.domain.directory.enums import Known
from parvis.domain.funding import actions
from parvis.domain.funding.models import Answer, Application
from parvis.domain.funding.queries.persons import answered_names, applicant_names, signatory_names
from parvis.foundation.values.naming import spellings_of
from tests.support import calls


def said(names):
    return {(" ".join(way), how) for given, family, how in names for way in spellings_of(given, family)}


def asked_by(clerk, email, given, **call):
    opened = calls.opened_call(clerk, **call)
    person = calls.applicant(email, first_name=given, last_name="Confidencial")
    own = actions.open_in_own_name(country="PT", by=person, at=calls.OPENS)
    return Application.objects.create(
        call=opened, form=opened.forms.get(), body=own, begun_at=calls.OPENS, begun_by=person
    )


@pytest.mark.parametrize(("themes", "how"), [(["culture"], Known.IN_OWN_NAME), (["rights"], Known.SHELTERED)])
def test_who_asks_in_their_own_name_is_known_so_and_sheltered_under_a_theme_that_shelters(clerk, themes, how):
    asked_by(clerk, "ines@lab.example", "Inês", kind="research_stay", themes=themes)

    assert said(applicant_names()) == {("ines confidencial", how), ("confidencial ines", how)}


def test_an_answer_to_who_signs_or_who_is_to_be_reached_is_a_name_and_no_other_answer_is(clerk):
    file = asked_by(clerk, "ines@lab.example", "Inês", kind="research_stay")
    told = {"signatory": "Mme Ana Lima, présidente", "contact.name": "Jo Reis", "title": "Deux mots", "contact": None}
    told |= {"contact.email": "eva.sousa@assoc.example", "contact.both": "Rui Alves <rui@assoc.example>"}
    for field, value in told.items():
        Answer.objects.create(application=file, field=field, value=value, saved_at=calls.OPENS, saved_by=file.begun_by)

    known = {name for name, _how in said(answered_names())}

    assert {"ana lima", "lima ana", "jo reis", "reis jo"} <= known
    assert "rui alves" in {" ".join(name.split()[:2]) for name in known}
    assert not known & {"deux mots", "eva sousa", "eva sousa assoc example"}
    assert said(signatory_names()) == set()
