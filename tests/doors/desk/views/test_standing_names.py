"""Names of persons on the preview: shown beside their text, and let stand there by a publisher alone."""

import fcntl
from decimal import Decimal

import pytest

from parvis.domain.directory.actions import enter_person
from parvis.domain.directory.models import Person, StandingName
from parvis.domain.funding.actions import record_aid_cost
from parvis.foundation.accounts.models import Role, User
from parvis.publication.bake import BakeFault, Pictures, actions, preparing
from parvis.register.entry import take_apart
from parvis.register.models import Text
from tests.doors.desk.conftest import NOON

PREVIEW, LET = "/bureau/publier/", "/bureau/publier/noms/"


@pytest.fixture
def named(settings, tmp_path, source, monkeypatch):
    monkeypatch.setattr(actions, "pictures_on", lambda _city, _at: Pictures(lambda _content: ()))
    settings.VAR_DIR, settings.PARVIS_CITY = tmp_path, "riviera"
    User.objects.create_user("m@assoc.example", role=Role.APPLICANT, first_name="Marie", last_name="Dupont-Élan")
    Text.objects.filter(subject=source.subject, language="en").update(body="Stay of <Marie> DUPONT ELAN")


def digest(page):
    seen = page.context["seen"]
    (seen,) = seen["named"] if isinstance(seen, dict) else seen.named
    return seen.digest


def test_a_story_from_a_name_seen_to_a_release_published(named, at_desk):
    desk = at_desk(Role.PUBLISHER)
    seen = desk.get(PREVIEW)
    refused = desk.post(PREVIEW, {"removals": "0"}, follow=True)
    without = desk.post(LET, {"named": [digest(desk.get(PREVIEW))], "reason": "dupont elan marie, a book"})

    let = desk.post(LET, {"named": [digest(seen)], "reason": "Title of a book"}, follow=True)
    done = desk.post(PREVIEW, {"removals": "0"}, follow=True)

    page = seen.content.decode()
    assert '<span lang="en">Stay of &lt;<mark>Marie&gt; DUPONT ELAN</mark></span>' in page
    assert '<td data-label="Field">Title (English)</td>' in page
    assert "Publish release 1" not in page
    assert "name persons (places: 1)" in refused.content.decode()
    told = without.content.decode()
    assert without.status_code == 422
    assert "The reason is kept for good: write it without the person’s name." in told
    assert ("dupont elan marie, a book</textarea>" in told, f'value="{digest(seen)}" checked' in told) == (True, True)
    assert "1 name may stand where it is." in let.content.decode()
    assert "Publish release 1" in let.content.decode()
    assert "Title of a book" in let.content.decode()
    assert "the public site shows it now" in done.content.decode()
    assert actions.archive().in_force == 1
    assert StandingName.objects.get().about == "city-page"


@pytest.mark.parametrize(
    ("role", "shown", "may_let"),
    [(Role.READER, False, False), (Role.OFFICER, True, False), (Role.PUBLISHER, True, True)],
)
def test_officers_see_where_a_name_stands_and_a_publisher_may_let_it(named, at_desk, role, shown, may_let):
    desk = at_desk(role)
    page = desk.get(PREVIEW)

    answer = desk.post(LET, {"named": [digest(page)], "reason": "Title of a book"})

    told = page.content.decode()
    assert "hold the name of a person the house knows" in told
    assert ("DUPONT ELAN</mark>" in told, 'name="named"' in told) == (shown, may_let)
    assert answer.status_code == (302 if may_let else 403)
    assert StandingName.objects.exists() is may_let


def test_a_name_that_is_never_published_offers_nothing_to_tick(named, at_desk, people):
    content = {"key": "md", "kind": "honoured", "title": {"fr": "Marie Dupont-Élan"}, "visibility": "restricted"}
    taken = take_apart(Person, content)
    enter_person(entry=taken.entry, facts=taken.facts, by=people[Role.OFFICER], at=NOON)
    desk = at_desk(Role.PUBLISHER)
    seen = desk.get(PREVIEW)

    nothing = desk.post(LET, {"named": ["0" * 64], "reason": "Because"}, follow=True).content.decode()
    refused = desk.post(LET, {"named": [digest(seen)], "reason": "Because"}, follow=True).content.decode()

    assert 'name="named"' not in seen.content.decode()
    assert "This name is never published: correct the text." in seen.content.decode()
    assert "tick each text whose name may stand" in nothing
    assert "This name is never published: correct the text." in refused
    assert not StandingName.objects.exists()


def test_going_back_to_a_release_that_names_somebody_shows_where_and_a_publisher_may_let_it(named, at_desk, people):
    desk = at_desk(Role.PUBLISHER)
    before = User.objects.filter(email="m@assoc.example")
    before.update(first_name="", last_name="")
    actions.publish(removals=0, by=people[Role.PUBLISHER], at=NOON)
    Text.objects.filter(body__contains="DUPONT").update(body="Stay")
    actions.publish(removals=0, by=people[Role.PUBLISHER], at=NOON)
    before.update(first_name="Marie", last_name="Dupont-Élan")

    stopped = desk.post("/bureau/versions/1/revenir/", follow=True)
    page = stopped.content.decode()
    unsaid = desk.post("/bureau/versions/1/noms/", {"named": [digest(stopped)], "reason": " "})
    let = desk.post("/bureau/versions/1/noms/", {"named": [digest(stopped)], "reason": "Title of a book"}, follow=True)
    done = desk.post("/bureau/versions/1/revenir/", follow=True)

    assert stopped.redirect_chain == [("/bureau/versions/1/noms/", 302)]
    assert "Texts of release 1 name persons the house knows today (places: 1)" in page
    assert "<mark>Marie&gt; DUPONT ELAN</mark>" in page
    assert unsaid.status_code == 422
    assert "No text of it names a person the house knows" in let.content.decode()
    assert "Release 1 is in force again." in done.content.decode()
    assert actions.archive().in_force == 1


def test_a_name_in_a_table_whose_rows_are_of_no_record_is_shown_and_hidden_too(named, at_desk, people):
    Text.objects.filter(body__contains="DUPONT").update(body="Stay")
    known = User.objects.filter(email="m@assoc.example")
    known.update(first_name="", last_name="")
    record_aid_cost(
        year=2025, part="staff", country="BJ", amount=Decimal(100), currency="EUR", told_by="Accounts",
        words="Office of Marie Dupont Elan", by=people[Role.OFFICER], at=NOON,
    )  # fmt: skip
    actions.publish(removals=0, by=people[Role.PUBLISHER], at=NOON)
    known.update(first_name="Marie", last_name="Dupont-Élan")
    desk, page = at_desk(Role.PUBLISHER), "/bureau/versions/1/noms/"

    shown = desk.get(page)
    asked = {"do": "hide", "named": [digest(shown)], "reason": "A person was named"}
    done = desk.post(page, asked, follow=True).content.decode()

    assert "Office of <mark>Marie Dupont Elan</mark>" in shown.content.decode()
    assert "of no record" in shown.content.decode()
    assert "These releases were made again without what was hidden or withdrawn: 1." in done
    assert b"Dupont Elan" not in actions.archive().content(1).joinpath("site.sqlite").read_bytes()


@pytest.fixture
def hidden_by_hand(named, people):
    """A release that names somebody known since, hidden and not made again: as a worker that is killed leaves it."""
    known = User.objects.filter(email="m@assoc.example")
    known.update(first_name="", last_name="")
    actions.publish(removals=0, by=people[Role.PUBLISHER], at=NOON)
    known.update(first_name="Marie", last_name="Dupont-Élan")
    actions.hide_names(keys=["city-page"], reason="A person was named", by=people[Role.PUBLISHER], at=NOON)


def test_while_releases_are_made_again_the_page_says_how_far_it_is(hidden_by_hand, at_desk):
    desk = at_desk(Role.PUBLISHER)
    preparing._write(
        "work.json", {"kind": "again", "mark": "", "asked": 0.0, "step": "Making 1", "part": 1, "parts": 1}
    )
    with (preparing._folder() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        page = desk.get("/bureau/versions/1/noms/", headers={"x-parvis-progress": "1"}).content.decode()
        preview = desk.get(PREVIEW).content.decode()

    assert [part in page for part in ("Making 1", "1 of 1", "data-parvis-progress")] == [True] * 3
    assert "Releases are being made again without what was hidden or withdrawn" in page
    assert "Releases are being made again without what was hidden or withdrawn" in preview


def test_a_release_that_waits_to_be_made_again_is_told_and_asked_for(hidden_by_hand, at_desk):
    desk = at_desk(Role.PUBLISHER)
    waiting = [desk.get(path).content.decode() for path in ("/bureau/versions/1/noms/", "/bureau/versions/")]

    done = desk.post("/bureau/versions/1/noms/", {"do": "again"}, follow=True).content.decode()

    assert ["wait to be made again: 1." in page for page in waiting] == [True, True]
    assert 'value="again"' in waiting[0]
    assert "These releases were made again without what was hidden or withdrawn: 1." in done
    assert "wait to be made again" not in done
    assert desk.get("/bureau/versions/1/noms/", headers={"x-parvis-progress": "1"}).status_code == 204


def test_what_stopped_the_making_is_told_to_who_asked(hidden_by_hand, at_desk, monkeypatch):
    def broken(**_told):
        raise BakeFault("a link leads nowhere")

    monkeypatch.setattr(actions, "finish_purge", broken)
    done = at_desk(Role.PUBLISHER).post("/bureau/versions/1/noms/", {"do": "again"}, follow=True).content.decode()

    assert "a link leads nowhere" in done
    assert "wait to be made again: 1." in done


def test_names_of_a_release_that_does_not_exist_are_a_sentence(named, at_desk):
    page = at_desk(Role.PUBLISHER).get("/bureau/versions/9/noms/", follow=True)

    assert "Release 9 does not exist, or cannot be read." in page.content.decode()


def test_a_name_of_an_earlier_release_is_hidden_in_every_release_and_one_typed_is_looked_for(named, at_desk, people):
    before = User.objects.filter(email="m@assoc.example")
    before.update(first_name="", last_name="")
    Text.objects.filter(body__contains="DUPONT").update(body="Stay of Marie DUPONT ELAN and M. Quazmodel")
    actions.publish(removals=0, by=people[Role.PUBLISHER], at=NOON)
    Text.objects.filter(body__contains="DUPONT").update(body="Stay")
    actions.publish(removals=0, by=people[Role.PUBLISHER], at=NOON)
    before.update(first_name="Marie", last_name="Dupont-Élan")
    desk, page = at_desk(Role.PUBLISHER), "/bureau/versions/1/noms/"

    looked = desk.post(page, {"do": "look", "also": "Quazmodel"})
    marked = sorted(one.words for one in looked.context["seen"]["named"])
    asked = {"do": "hide", "also": "Quazmodel", "named": [one.digest for one in looked.context["seen"]["named"]]}
    unsaid = desk.post(page, {**asked, "reason": " "})
    nothing = desk.post(page, {**asked, "named": [], "reason": "A person was named"})
    done = desk.post(page, {**asked, "reason": "A person was named"}, follow=True)
    told = desk.get("/bureau/retraits/").content.decode()

    assert marked == ["Marie DUPONT ELAN", "Quazmodel"]
    assert (unsaid.status_code, "Say in a sentence why the names are hidden." in unsaid.content.decode()) == (422, True)
    assert 'name="also" value="Quazmodel"' in unsaid.content.decode()
    assert "tick the texts whose names are to be hidden" in nothing.content.decode()
    assert "These releases were made again without what was hidden or withdrawn: 1." in done.content.decode()
    assert "No text of it names a person the house knows" in done.content.decode()
    assert "a text of release 1, in which a name is hidden" in told
    assert "quazmodel" not in told.lower()
    assert (
        b"Stay of [\xe2\x80\xa6] and M. [\xe2\x80\xa6]"
        in actions.archive().content(1).joinpath("site.sqlite").read_bytes()
    )
