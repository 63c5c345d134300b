"""Conventions and amendments as papers: made from a text officers write, kept with the version they come from."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import timezone
from pypdf import PdfReader

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import PaperKind
from parvis.domain.funding.models import Grant
from parvis.domain.funding.queries import Served
from parvis.foundation.accounts.models import Role
from parvis.foundation.vocabulary.paper_texts import PaperText
from tests.support import calls, grants

HERE = "/bureau/argent/subventions/a-quay/"


@pytest.fixture
def grant(people):
    return grants.under_convention(grants.awarded(calls.body_of(calls.applicant())))


@pytest.fixture
def officer(at_desk):
    return at_desk(Role.OFFICER)


CITY = Served()


def write(text, *, served=CITY, paper=PaperKind.CONVENTION):
    said = PaperText("Convention {number}", text)
    return actions.write_wording(
        paper=paper, served=served, language="en", said=said, by=grants.finance(), at=grants.AT
    )


def told(answer):
    paper = PdfReader(BytesIO(answer.content))
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join("".join(page.extract_text() for page in paper.pages).split())


def test_a_convention_keeps_the_version_it_was_drawn_up_from_until_it_is_asked_for_anew(grant, officer):
    first = told(officer.get(f"{HERE}convention/"))
    write("# New article\n\nThe sum of {amount} serves {object}.")

    kept = told(officer.get(f"{HERE}convention/"))
    officer.post(HERE, {"do": "renew"})
    anew = told(officer.get(f"{HERE}convention/"))

    assert (first, "New article" in kept) == (kept, False)
    assert "1. New article The sum of €50,000.00 serves A quay." in anew
    assert queries.convention_of(grant).wording.version == 2


def test_the_text_of_a_kind_of_grant_goes_before_that_of_the_city(db):
    write("For every grant of {city}.")
    write("For direct grants.", served=Served(kind="direct"))

    drawn = grants.under_convention(grants.awarded(calls.body_of(calls.applicant()), kind="direct"))

    assert drawn.convention.wording.texts["en"]["text"] == "For direct grants."


def test_a_signed_convention_is_made_from_no_other_text(grant, officer):
    actions.sign_convention(grant=grant, signed=date(2026, 4, 1), by=grants.finance(), at=grants.AT)
    write("Another text.")

    officer.post(HERE, {"do": "renew"})

    assert "Another text." not in told(officer.get(f"{HERE}convention/"))


def test_an_amendment_is_a_paper_that_says_only_what_it_changes(grant, officer):
    actions.sign_convention(grant=grant, signed=date(2026, 4, 1), by=grants.finance(), at=grants.AT)
    said = {"grant": Grant.objects.get(), "slip": grants.slip(), "reason": "The rains came late."}
    later = actions.amend_convention(**said, ends=date(2027, 6, 30))
    actions.sign_amendment(amendment=later, signed=timezone.localdate(), by=grants.finance(), at=grants.AT)
    less = actions.amend_convention(**said, envelope=grants.an_envelope(), change=Decimal(-5_000))

    first, second = (told(officer.get(f"{HERE}avenants/{one.pk}/")) for one in (later, less))

    assert "Amendment 1 of convention 2026-DGRI-1" in first
    assert "The convention ends on 30 June 2027." in first
    assert "The amount of the grant" not in first
    assert "The amount of the grant changes by − €5,000.00 and is now €45,000.00." in second
    assert "The rains came late." in second
    assert (later.wording.paper, later.wording.version) == ("amendment", 1)
