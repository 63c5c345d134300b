"""Letters in bulk: read before they are made, made from the text of their call, printed, mended, let go."""

import html
import io
import re
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from parvis.domain.council.actions import enter_decision
from parvis.domain.council.models import Decision
from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import letters
from parvis.domain.funding.enums import PaperKind
from parvis.domain.funding.models import Grant, Letter, OutgoingEmail, Selection, Wording
from parvis.domain.funding.queries import Served, Terms
from parvis.doors.desk import tasks
from parvis.doors.desk.letters import Letters
from parvis.doors.desk.reminders import reminders
from parvis.foundation.accounts.models import Role, User
from parvis.register.models import Subject
from tests.support import calls, grants, reviews
from tests.support.reviews import COUNCIL
from tests.support.reviews import READING as LATER


@pytest.fixture
def vote(db):
    by = {
        "entered_at": grants.AT,
        "amended_at": grants.AT,
        "entered_by": grants.finance(),
        "amended_by": grants.finance(),
    }
    Subject.objects.create(key="council", noun="body", revision=1, **by)
    facts = {"number": "2027-DGRI-12", "day": "2027-05-30", "body": "council"}
    return grants.enter(Decision, enter_decision, "vote-2027", "deliberation", **facts).subject


@pytest.fixture
def selection(people):
    """Three files of a call: one given whole, one in part, one refused; all asked for 15,000 in French."""
    envelope = grants.an_envelope()
    call = calls.opened_call(people[Role.OFFICER], envelope=envelope.key)
    files = reviews.ranked(call, people[Role.OFFICER])
    reviews.under_contract(files, people[Role.OFFICER])
    terms = Terms(threshold=Decimal(50), amounts={str(files[1].pk): Decimal(9_000)})
    by = people[Role.PUBLISHER]
    scenario = actions.save_scenario(call=call, name="A", terms=terms, by=by, at=LATER)
    reasons = {str(files[1].pk): "L’enveloppe est partagée."}
    return actions.close_selection(scenario=scenario, reasons=reasons, waiting=frozenset(), by=by, at=LATER)


@pytest.fixture
def decided(selection, vote, people):
    actions.record_answer(selection=selection, decision=vote, by=people[Role.PUBLISHER], at=COUNCIL)
    OutgoingEmail.objects.all().delete()
    return Selection.objects.get()


@pytest.fixture
def officer(at_desk):
    return at_desk(Role.OFFICER)


def to(name, selection, *more):
    return reverse(f"desk:{name}", args=[selection.pk, *more])


def words_of(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("\xa0", " ").split())


def test_any_letter_is_read_before_the_council_answers_and_none_is_made(selection, officer):
    line = selection.lines.get(rank=2)

    page = words_of(officer.get(to("letter", selection, line.pk)))
    refused = words_of(officer.post(to("make_letters", selection), follow=True))

    assert "une partie de cette somme : 9 000,00 €" in page.replace("\u202f", " ")
    assert "délibération […] du […]" in page
    assert ("The council has not answered" in refused, Letter.objects.count()) == (True, 0)


def test_every_file_has_its_letter_with_its_facts_in_the_language_of_its_body(decided, officer):
    page = officer.post(to("make_letters", decided), follow=True)

    letters = list(queries.letters_of(decided, User.objects.get(email="officer@ville.example")))
    assert [(one.paper, one.language) for one in letters] == [
        ("letter_award", "fr"), ("letter_partial", "fr"), ("letter_refusal", "fr"),
    ]  # fmt: skip
    partial = letters[1].text.replace("\u202f", " ").replace("\xa0", " ")
    for fact in (
        "15 000,00 €", "9 000,00 €", "Un quai pour Porto-Lume", letters[1].line.application.number, "2027-DGRI-12",
        "30 mai 2027", "Amis des ports", "Motifs : L’enveloppe est partagée.",
    ):  # fmt: skip
        assert fact in partial
    assert "Motifs\xa0: Note de 40,00 sur 100, sous le seuil." in letters[2].text
    assert "3 letters are made" in words_of(page)
    assert "Décerné" not in "".join(one.text + one.title for one in letters)


def waiting():
    """What the Today page says of letters."""
    with override("en"):
        groups = {title: lines for title, _n, lines in reminders(grants.DAY)}
    return [line.why for line in groups.get("Letters to make or to let go", [])]


def test_letters_wait_held_back_and_leave_when_they_are_let_go(decided, officer):
    told = [waiting()]
    officer.post(to("make_letters", decided))
    told.append(waiting())
    before = list(OutgoingEmail.objects.values_list("state", flat=True))

    officer.post(to("decide_letters", decided), {"state": "waiting"})

    assert [*told, waiting()] == [["3 letters to make"], ["3 emails held back"], []]
    assert (before, set(OutgoingEmail.objects.values_list("state", flat=True))) == (["held"] * 3, {"waiting"})
    assert officer.get(to("letters_progress", decided)).json() == {"over": True, "done": 3, "what": "letters made"}


def test_letters_are_made_once_however_often_it_is_asked(decided, officer):
    officer.post(to("make_letters", decided))
    officer.post(to("make_letters", decided))

    assert (Letter.objects.count(), OutgoingEmail.objects.count()) == (3, 3)


def test_all_letters_make_one_accessible_paper_a_letter_a_page_with_its_address(decided, officer):
    officer.post(to("make_letters", decided))

    pdf = PdfReader(io.BytesIO(officer.get(to("letters_paper", decided)).content))

    pages = [page.extract_text() for page in pdf.pages]
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert len(pages) == 3
    for page, letter in zip(pages, Letter.objects.order_by("line__rank"), strict=True):
        assert (letter.line.application.number in page, "Marseille" in page, "FRANCE" in page) == (True, True, True)


def test_words_mended_before_they_leave_are_those_of_the_email_and_of_the_paper(decided, officer):
    officer.post(to("make_letters", decided))
    email = OutgoingEmail.objects.order_by("pk").first()

    officer.post(reverse("desk:mend_email", args=[email.pk]), {"subject": "Titre", "body": "Mots choisis."})

    email.refresh_from_db()
    letter = Letter.objects.get(pk=email.letter_id)
    assert (email.subject, email.body, letter.title, letter.text) == (
        "Titre", "Mots choisis.", "Titre", "Mots choisis.",
    )  # fmt: skip
    email.state, email.sent_at = "sent", COUNCIL
    email.save()
    gone = officer.post(reverse("desk:mend_email", args=[email.pk]), {"subject": "X", "body": "Y"}, follow=True)
    assert "has already left" in words_of(gone)


def test_a_decision_without_its_number_stops_every_letter_and_says_why(decided, officer):
    Decision.objects.update(number="")

    page = words_of(officer.post(to("make_letters", decided), follow=True))

    assert "The letter names the number of the decision “Vote 2027”, and its record has none." in page
    assert Letter.objects.count() == 0


def test_the_letter_of_a_file_that_concerns_an_officer_is_left_to_a_colleague(decided, officer, people, at_desk):
    line = decided.lines.get(rank=1)
    actions.declare_interest(application=line.application, words="Family.", by=people[Role.OFFICER], at=LATER)

    officer.post(to("make_letters", decided))

    assert [one.line.rank for one in Letter.objects.all()] == [2, 3]
    assert officer.get(to("letter", decided, line.pk)).status_code == 404
    at_desk(Role.PUBLISHER).post(to("make_letters", decided))
    assert Letter.objects.count() == 3
    assert len(PdfReader(io.BytesIO(officer.get(to("letters_paper", decided)).content)).pages) == 2


def text(code, **more):
    return reverse("desk:wording", args=[code]) + "?" + "&".join(f"{name}={said}" for name, said in more.items())


def test_an_officer_writes_the_text_of_a_call_and_letters_keep_the_version_they_are_made_from(decided, officer):
    address = text("letter_award", pour=decided.call.key, langue="fr")

    officer.post(address, {"title": "Bravo {organisme}", "text": "{montant accordé} pour {objet}."})
    officer.post(to("make_letters", decided))
    officer.post(address, {"title": "Encore", "text": "Autre texte."})

    letter = Letter.objects.get(paper="letter_award")
    assert (letter.title, letter.wording.version, letter.wording.about) == (
        "Bravo Amis des ports", 1, decided.call.subject,
    )  # fmt: skip
    assert [row.version for row in queries.wordings("letter_award", Served(decided.call.subject))] == [2, 1]
    kept = Letter.objects.get(paper="letter_refusal").wording
    assert (kept.written_in, kept.version, kept.about) == ("file", 1, None)


def test_a_place_that_is_unknown_is_refused_with_those_there_are_and_nothing_is_kept(officer):
    answer = officer.post(text("letter_award", langue="fr"), {"title": "A", "text": "{solde} pour {organisme}"})

    page = words_of(answer)
    assert (answer.status_code, Wording.objects.count()) == (422, 0)
    assert "Nothing is known by this name: {solde}." in page
    assert "{montant accordé}" in page
    assert "{solde} pour {organisme}" in page


def test_a_text_written_in_one_language_leaves_the_others_as_they_were(officer, people):
    before = queries.text_in_force(PaperKind.LETTER_AWARD).texts["en"]

    officer.post(text("letter_award", langue="fr"), {"title": "A", "text": "B"})
    officer.post(text("letter_award", langue="fr"), {"title": "A", "text": "B"})

    now = queries.text_in_force(PaperKind.LETTER_AWARD)
    assert (now.texts["en"], now.texts["fr"].title, now.wording.version) == (before, "A", 1)
    assert "the whole city" in words_of(officer.get(text("letter_award")))
    assert officer.get(reverse("desk:wordings")).status_code == 200


def test_a_file_that_waits_has_the_letter_of_the_waiting_list(selection, officer):
    line = selection.lines.get(rank=3)
    refused = queries.letter_of(line)

    line.proposed = "wait"

    assert (refused, queries.letter_of(line)) == (PaperKind.LETTER_REFUSAL, PaperKind.LETTER_WAITING)


def test_letters_whose_worker_is_killed_are_whole_or_not_made_and_the_rest_is_made_when_asked_again(
    decided, people, monkeypatch
):
    lay, batches = letters._lay_in_outbox, []

    def killed_at_the_second(kept, at):
        batches.append(kept)
        if len(batches) == 2:
            raise SystemExit
        lay(kept, at)

    monkeypatch.setattr(tasks, "AT_ONCE", 2)
    monkeypatch.setattr(letters, "_lay_in_outbox", killed_at_the_second)
    asked = (decided.pk, people[Role.OFFICER].pk)

    with pytest.raises(SystemExit):
        tasks.make_letters.func(*asked)
    cut = made_and_emailed()
    tasks.make_letters.func(*asked)

    assert cut == (2, 2)
    assert made_and_emailed() == (3, 3)


def made_and_emailed():
    return Letter.objects.count(), OutgoingEmail.objects.exclude(letter=None).values("letter").distinct().count()


UNSIGNED, UNTITLED = "Nobody is named as the one who signs", "This call has no title in this language: French."


def test_letters_end_with_a_closing_formula_and_the_office_that_signs_in_the_language_of_each(decided, officer):
    mayor = Subject.objects.create(
        key="mayor-of-paris", noun="office", revision=1, entered_at=grants.AT, amended_at=grants.AT,
        entered_by=grants.finance(), amended_by=grants.finance(),
    )  # fmt: skip
    for language, body in (("fr", "Maire de Paris"), ("en", "Mayor of Paris")):
        mayor.texts.create(field="title", language=language, body=body)

    page = words_of(officer.get(to("letters", decided)))
    officer.post(to("make_letters", decided))

    ends = {one.text.split("\n\n")[-2].split(",")[0] for one in Letter.objects.all()}
    assert {one.text.split("\n\n")[-1] for one in Letter.objects.all()} == {"Maire de Paris"}
    assert (ends, UNSIGNED in page) == ({"Nous vous prions d’agréer"}, False)


def test_what_one_would_regret_is_told_before_letters_are_made_and_keeps_none_from_being_made(decided, officer):
    line = decided.lines.get(rank=1)

    pages = [words_of(officer.get(to(*where))) for where in (("letters", decided), ("letter", decided, line.pk))]
    decided.call.subject.texts.create(field="title", language="fr", body="Petits ports 2027")
    titled = words_of(officer.get(to("letters", decided)))
    officer.post(to("make_letters", decided))
    after = [words_of(officer.get(to(*where))) for where in (("letters", decided), ("letter", decided, line.pk))]

    assert [(UNSIGNED in page, UNTITLED in page) for page in pages] == [(True, True)] * 2
    assert (UNSIGNED in titled, UNTITLED in titled) == (True, False)
    assert [(UNSIGNED in page, UNTITLED in page) for page in after] == [(False, False)] * 2
    assert Letter.objects.get(line=line).text.endswith("l’expression de nos salutations distinguées.")


def test_a_letter_names_the_year_of_which_it_tells_the_total(selection, people):
    body = selection.lines.get(rank=1).application.body
    facts = {"beneficiary": body.record.key, "year": 2027, "currency": "EUR", "state": "awarded"}
    facts |= {"amount_voted": "10000", "decision": grants.decision().key}
    grants.enter(Grant, actions.enter_grant, "given-before", "direct", **facts)

    [letter] = Letters(selection).written([selection.lines.get(rank=1)])

    told = letter.text.replace("\u202f", " ").replace("\xa0", " ")
    assert "votre organisme reçoit 25 000,00 € en 2027" in told
