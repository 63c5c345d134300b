"""Erasing an applicant: nothing that may go still names them, files and money stay, and the reason is noted."""

import html
import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from parvis.domain.funding import actions
from parvis.domain.funding.enums import Side
from parvis.domain.funding.models import Application, ApplicationStep, BodyInvitation, EarlierAnswer, PersonErasure
from parvis.foundation.accounts.models import Role, User
from parvis.foundation.journal.models import Line
from tests.support import calls

WORDS = ("ana@assoc.example", "Ana Lima", "Lima Ana")
#: What was sent, and the digest that proves it, is never altered.
AS_SENT = {"funding_submission"}


@pytest.fixture
def ana(people):
    """An applicant whose name stands in a file that was sent, in a draft, a message, a question, and in an email."""
    person = calls.applicant("ana@assoc.example", first_name="Ana", last_name="Lima")
    now = timezone.now()
    call = calls.opened_call(people[Role.OFFICER], opens_at="2026-01-01 08:00", closes_at="2036-01-01 08:00")
    body = calls.body_of(person)
    calls.write(file := calls.whole(call, body, person, now), person, {"signatory": "Ana LIMA, president"}, at=now)
    actions.send_file(application=file.pk, by=person, at=now + timedelta(seconds=1), language="fr")
    file.refresh_from_db()
    draft = calls.begun(call, body, person, now)
    calls.write(draft, person, {"contact": "ana@assoc.example", "summary": "Written by Lima Ana."}, at=now)
    actions.write_message(file=file, side=Side.APPLICANT, words="Ask for Ana Lima.", by=person, at=now)
    ApplicationStep.objects.create(
        application=file, code="told", comes_from="submitted", goes_to="submitted", reason="Ana Lima rang: 50% is_late",
        taken_at=now, taken_by=people[Role.OFFICER],
    )  # fmt: skip
    _asks(call, person, people[Role.OFFICER], now)
    actions.declare_interest(application=file, words="My aunt is Lima Ana.", by=people[Role.READER], at=now)
    return person


def _asks(call, person, officer, now):
    """A question that names who asks, answered in words that name them too until that was corrected."""
    asked = actions.ask_about_call(call=call, words="Ana Lima asks: twice?", by=person, at=now)
    said = {"words": {"fr": "Deux fois ?"}, "by": officer}
    actions.answer_about_call(question=asked, answer={"fr": "Oui, Mme Ana Lima : 50 %."}, at=now, **said)
    actions.correct_call_answer(question=asked, answer={"fr": "Oui."}, seen=now, at=now + timedelta(seconds=1), **said)


def erased(at_desk, person, **said):
    facts = {"asker": "person", "asked_on": timezone.localdate().isoformat(), **said}
    return at_desk(Role.ADMINISTRATOR).post(f"/bureau/comptes/{person.pk}/effacer/", facts)


def tables_naming(words):
    """Every table of the database in which a row holds one of these words."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            for word in words:
                cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}" t WHERE t::text ILIKE %s)', [f"%{word}%"])
                found |= {table} if cursor.fetchone()[0] else set()
    return found


def words_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def test_after_an_erasure_only_what_was_sent_still_names_the_person(ana, at_desk):
    before = tables_naming(WORDS)

    answer = erased(at_desk, ana)

    assert answer.status_code == 302
    assert {"accounts_user", "funding_answer", "funding_callquestion", "funding_earlieranswer"} <= before
    assert tables_naming(WORDS) == AS_SENT
    assert ApplicationStep.objects.get(code="told").reason == "▒▒▒ rang: 50% is_late"
    ana.refresh_from_db()
    assert (str(ana), ana.is_active, ana.has_usable_password()) == (f"person erased, no. {ana.pk}", False, False)
    assert sorted(Application.objects.values_list("state", flat=True)) == ["draft", "submitted"]


def test_who_asked_when_what_was_kept_and_why_is_noted_and_the_journal_names_nobody(ana, at_desk, people):
    erased(at_desk, ana, asker="authority")

    note = PersonErasure.objects.get()
    assert (note.asker, note.asked_on, note.erased_by, note.kept) == (
        "authority", timezone.localdate(), people[Role.ADMINISTRATOR], {"submissions": 1, "documents": 2},
    )  # fmt: skip
    page = words_of(at_desk(Role.ADMINISTRATOR).get("/bureau/comptes/effaces/"))
    assert "1 · Files as they were sent, under their digest: accounting papers, kept ten years." in page
    assert "Ana" not in page
    line = Line.objects.get(verb="erasure noted")
    assert (line.about, line.digests) == (f"account:{ana.pk}", {"kept": 3})


def test_what_will_go_and_stay_is_shown_before(ana, at_desk):
    page = words_of(at_desk(Role.ADMINISTRATOR).get(f"/bureau/comptes/{ana.pk}/effacer/"))

    assert "Parts in bodies: 1" in page
    assert "Fields and messages in which the name or the address stood: 8" in page
    assert User.objects.filter(pk=ana.pk, is_active=True).exists()


def test_a_body_managed_by_the_person_alone_is_handed_over(ana, at_desk):
    erased(at_desk, ana, successor="Bruno@assoc.example")

    assert [(row.email, row.role) for row in BodyInvitation.objects.all()] == [("bruno@assoc.example", "manager")]


@pytest.mark.parametrize("typed", ["12/03/2026", "12 mars 2026"])
def test_the_day_it_was_asked_for_is_read_as_people_write_it_and_a_wrong_one_says_why(ana, at_desk, typed):
    wrong = erased(at_desk, ana, asked_on="03/25/2026")
    erased(at_desk, ana, asked_on=typed)

    assert "“03/25/2026” · " in words_of(wrong)
    assert [note.asked_on.isoformat() for note in PersonErasure.objects.all()] == ["2026-03-12"]


def test_agents_are_not_erased_nor_anybody_twice_nor_on_a_day_to_come(ana, at_desk, people):
    tomorrow = (timezone.localdate() + timedelta(days=2)).isoformat()

    early = erased(at_desk, ana, asked_on=tomorrow)
    agent = erased(at_desk, people[Role.OFFICER])
    erased(at_desk, ana)

    assert "This day is yet to come." in words_of(early)
    assert (early.status_code, agent.status_code, erased(at_desk, ana).status_code) == (422, 404, 404)
    assert PersonErasure.objects.count() == 1


def test_words_are_struck_out_of_a_reason_and_none_is_written_into_it(ana):
    step = ApplicationStep.objects.filter(code="told")

    step.update(reason="▒▒▒ rang: ▒▒▒ is_late")
    for other in ("Nobody rang: 50% is_late", "", "▒▒▒ rang: ▒▒▒ isXlate", "▒▒▒ rang: ▒▒▒ is_late, twice"):
        with pytest.raises(DatabaseError), transaction.atomic():
            step.update(reason=other)
    for other in ({"goes_to": "refused"}, {"taken_by": ana}):
        with pytest.raises(DatabaseError), transaction.atomic():
            step.update(**other)
    with pytest.raises(DatabaseError), transaction.atomic():
        step.delete()

    assert step.get().reason == "▒▒▒ rang: ▒▒▒ is_late"


def test_a_name_is_struck_out_of_an_earlier_answer_and_nothing_is_written_into_it(ana):
    earlier = EarlierAnswer.objects.filter(answer={"fr": "Oui, Mme Ana Lima : 50 %."})

    for change in ({"answer": {"fr": "Non."}}, {"question": {"fr": "Une fois ?"}}, {"said_at": timezone.now()}):
        with transaction.atomic(), pytest.raises(DatabaseError):
            earlier.update(**change)
    assert earlier.update(answer={"fr": "Oui, Mme ▒▒▒ : 50 %."}) == 1


def test_a_preview_that_may_name_the_person_is_erased_with_them(ana, at_desk, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    (tmp_path / "preview").mkdir()
    (tmp_path / "preview" / "seen.json").write_text('{"named": [{"words": "Ana Lima"}]}')

    erased(at_desk, ana)

    assert list((tmp_path / "preview").iterdir()) == []
