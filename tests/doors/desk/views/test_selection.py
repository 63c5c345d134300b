"""The office's pages from readings to the council's answer."""

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from pypdf import PdfReader

from parvis.domain.council.models import Decision
from parvis.domain.funding import actions
from parvis.domain.funding.models import ApplicantBody, Application, BodyStanding, Interest, Selection
from parvis.doors.desk import council_papers
from parvis.foundation.accounts.models import Role, User
from parvis.register.entry import Entry
from parvis.register.models import Subject
from tests.support import calls, reviews


@pytest.fixture
def vote(people):
    by, at = people[Role.PUBLISHER], calls.OPENS
    return Subject.objects.create(
        key="vote-2027", noun="decision", entered_at=at, amended_at=at, entered_by=by, amended_by=by
    )


@pytest.fixture
def call(people, vote):
    """A call whose envelope holds 40,000."""
    by, at = people[Role.PUBLISHER], calls.OPENS
    levy = actions.enter_levy(entry=_head("general", "general"), facts={}, by=by, at=at)
    year = actions.open_levy_year(levy=levy, year=2027, currency="EUR", by=by, at=at)
    facts = {"levy": "general", "year": 2027}
    envelope = actions.enter_envelope(entry=_head("harbours-2027", "call"), facts=facts, by=by, at=at)
    slip = actions.Slip(decision=vote, day=date(2027, 1, 4), by=by, at=at)
    actions.vote_levy(levy_year=year, amount=Decimal(40_000), slip=slip)
    actions.allot(envelope=envelope, amount=Decimal(40_000), slip=slip)
    return calls.opened_call(people[Role.OFFICER], envelope="harbours-2027")


def _head(key, kind):
    return Entry(key, kind, texts={"title": {"en": key}})


@pytest.fixture
def ranked(call, people):
    files = reviews.ranked(call, people[Role.OFFICER])
    reviews.under_contract(files, people[Role.OFFICER])
    return files


@pytest.fixture
def publisher(at_desk):
    return at_desk(Role.PUBLISHER)


def board(call):
    return reverse("desk:selection", args=[call.key])


def put(publisher, call, **terms):
    """Keep a scenario and put it before the council."""
    publisher.post(board(call), {"name": "A", "threshold": "50", **terms})
    publisher.post(reverse("desk:close_selection", args=[call.key]), {"scenario": "A"})
    return Selection.objects.get()


def test_the_office_asks_shares_out_and_sees_how_far_reading_is(call, at_desk, people):
    officer = at_desk(Role.OFFICER)
    rosa = reviews.reviewer(call, people[Role.OFFICER], "rosa")
    ana = calls.applicant()
    reviews.eligible(calls.sent(call, calls.body_of(ana), ana), people[Role.OFFICER])
    officer.post(reverse("desk:ask_reviewer", args=[call.key]), {"person": people[Role.READER].pk})

    answer = officer.post(reverse("desk:share_files", args=[call.key]), follow=True)

    rows = [(row["reviewer"].person, row["to_read"], row["signed"]) for row in answer.context["rows"]]
    assert rows == [(people[Role.READER], 1, 0), (rosa, 1, 0)]
    assert "2 readings given." in answer.content.decode()


def test_files_that_lack_reviewers_are_told(call, at_desk, people):
    reviews.reviewer(call, people[Role.OFFICER], "rosa")
    ana = calls.applicant()
    reviews.eligible(calls.sent(call, calls.body_of(ana), ana), people[Role.OFFICER])

    answer = at_desk(Role.OFFICER).post(reverse("desk:share_files", args=[call.key]), follow=True)

    assert "1 file lacks reviewers" in answer.content.decode()


def test_somebody_who_may_not_read_is_refused_in_words(call, at_desk, people):
    answer = at_desk(Role.OFFICER).post(
        reverse("desk:ask_reviewer", args=[call.key]), {"person": people[Role.APPLICANT].pk}, follow=True
    )

    assert "Your role does not allow this." in answer.content.decode()


def test_the_board_follows_its_terms_and_a_number_that_is_none_is_said(call, publisher, ranked):
    chosen = publisher.post(board(call), {"threshold": "50"}).context["outcome"]
    wrong = publisher.post(board(call), {"threshold": "fifty"})

    assert ([line.chosen for line in chosen.lines], chosen.total) == ([True, True, False], Decimal(30_000))
    assert "Not worked out" in wrong.content.decode()


def test_what_becomes_of_a_rank_with_one_reader_less_is_told_in_words(call, publisher, people):
    reviews.ranked(call, people[Role.OFFICER], marks=(3, (4, 1)))

    shown = publisher.get(board(call)).content.decode()

    told = re.findall(r"stable|\d to \d with one reader less", shown)
    assert told == ["1 to 2 with one reader less"] * 2


def test_boxes_ticked_and_unticked_are_kept_in_the_scenario(call, publisher, ranked):
    first, second, third = (str(file.pk) for file in ranked)
    shown = {"file": [first, second, third], "was": [first, second], "threshold": "50", "name": "B"}

    publisher.post(board(call), shown | {"chosen": [second, third]})

    told = publisher.get(f"{board(call)}?scenario=B").context["outcome"]
    assert [line.chosen for line in told.lines] == [False, True, True]


def test_a_board_is_made_of_the_files_that_are_open_and_lets_nothing_of_another_be_worked_out(
    call, at_desk, people, publisher, ranked
):
    selection = put(publisher, call)
    officer = people[Role.OFFICER]
    actions.declare_interest(application=ranked[0], words="Family.", by=officer, at=reviews.READING)
    Application.objects.update(state="ranked")

    page = at_desk(Role.OFFICER).get(board(call))
    before_council = at_desk(Role.OFFICER).get(reverse("desk:put_before_council", args=[selection.pk]))

    told, rows = page.context, page.context["rows"]
    assert ([row["file"] for row in rows], [row["ranked"].rank for row in rows]) == (ranked[1:], [1, 2])
    assert (ranked[0].number in page.content.decode(), told["closed_to_me"]) == (False, 1)
    assert {sum(one.files for _word, one in lines) for _title, lines in told["shares"]} == {2}
    assert told["outcome"].total == sum(row["line"].proposed for row in rows if row["line"].chosen)
    assert [(one.files, one.proposed) for one in told["selections"]] == [(2, Decimal(15_000))]
    assert [ranked[0].body.name in text for text in (*before_council.context["without_contract"], "")] == [False]
    assert ranked[0].number not in before_council.content.decode()


def test_who_comes_to_the_office_after_a_file_is_looked_at_before_they_are_shown_it(call, publisher, ranked):
    publisher.get("/bureau/dossiers/")
    newcomer = User.objects.create_user("omar@assoc0.example", role=Role.OFFICER)
    desk, file = Client(), ranked[0]
    desk.force_login(newcomer)

    shown = [row.pk for row, _said in desk.get("/bureau/dossiers/").context["rows"]]
    taken = b"".join(desk.get("/bureau/dossiers/export.csv").streaming_content).decode()
    User.objects.filter(pk=newcomer.pk).update(email="omar@assoc1.example")
    moved = [row.pk for row, _said in desk.get("/bureau/dossiers/").context["rows"]]

    assert (shown, moved) == ([one.pk for one in ranked[1:]], [ranked[2].pk])
    assert (file.number in taken, ranked[1].number in taken) == (False, True)
    assert desk.get(reverse("desk:file", args=[file.pk])).status_code == 404
    assert [(one.application, one.ground) for one in Interest.objects.filter(person=newcomer)] == [
        (file, "domain"), (ranked[1], "domain"),
    ]  # fmt: skip


def test_the_council_decides_and_every_file_is_told(call, publisher, ranked, vote):
    selection = put(publisher, call)

    page = publisher.post(reverse("desk:council_answer", args=[selection.pk]), {"decision": vote.key}, follow=True)

    assert [Application.objects.get(pk=file.pk).state for file in ranked] == ["awarded", "awarded", "refused"]
    assert "2 grants are awarded" in page.content.decode()


def test_a_refusal_is_said_and_the_board_comes_back(call, publisher, ranked):
    publisher.post(board(call), {"name": "C", "file": [str(ranked[0].pk)], "was": [str(ranked[0].pk)]})

    page = publisher.post(reverse("desk:close_selection", args=[call.key]), {"scenario": "C"}, follow=True)

    assert "Say why" in page.content.decode()
    assert Selection.objects.count() == 0


def test_reasons_typed_for_a_selection_that_is_refused_stand_in_the_board_again(call, publisher, ranked):
    first, _second, third = (str(file.pk) for file in ranked)
    publisher.post(board(call), {"name": "C", "file": [first], "was": [first], "threshold": "50"})
    typed = {"scenario": "C", f"why-{third}": "Its dossier says “enough”.", "wait": third}

    page = publisher.post(reverse("desk:close_selection", args=[call.key]), typed)

    rows = {str(row["file"].pk): (row["reason"], row["waits"]) for row in page.context["rows"]}
    assert page.status_code == 422
    assert rows[third] == ("Its dossier says “enough”.", True)
    assert 'value="Its dossier says “enough”."' in page.content.decode()
    assert f'action="{board(call)}"' in page.content.decode()


def test_a_reader_is_led_to_no_page_that_their_role_does_not_open(call, publisher, ranked, vote, at_desk):
    selection = put(publisher, call)
    publisher.post(reverse("desk:council_answer", args=[selection.pk]), {"decision": vote.key})
    reader = at_desk(Role.READER)
    pages = ["/bureau/", "/bureau/dossiers/", reverse("desk:call", args=[call.key]),
             reverse("counter:preview", args=[call.key, "form"])]  # fmt: skip

    told = [reader.get(page).content.decode().partition("<body")[2] for page in pages]
    links = {link for page in told for link in re.findall(r'href="(/(?:bureau|guichet)/[^"#]*)', page)}

    assert [link for link in sorted(links) if reader.get(link).status_code in (403, 404)] == []
    assert [ranked[0].number in page for page in told] == [False, True, True, False]


def test_a_board_without_ranked_files_says_what_is_waited_for_and_counts_no_file_that_is_closed(call, at_desk, people):
    officer = people[Role.OFFICER]
    reviews.reviewer(call, officer, "rosa")
    reviews.reviewer(call, officer, "luis")
    ana = calls.applicant()
    file = reviews.eligible(calls.sent(call, calls.body_of(ana), ana), officer)
    actions.share_files(call=call, by=officer, at=reviews.READING)
    before = at_desk(Role.OFFICER).get(board(call))

    actions.declare_interest(
        application=file or Application.objects.get(), words="Family.", by=officer, at=reviews.READING
    )
    after = at_desk(Role.OFFICER).get(board(call))
    readings = at_desk(Role.OFFICER).get(reverse("desk:reviewing", args=[call.key]))

    assert "2 readings wait for their reviewer." in before.content.decode()
    assert [after.context[name] for name in ("to_sign", "counts")] == [0, []]
    assert [row["to_read"] for row in readings.context["rows"]] == [0, 0]


def test_the_report_to_the_council_is_a_tagged_paper_and_a_text_to_edit(call, publisher, ranked, people):
    Interest.objects.create(
        application=ranked[2], person=people[Role.OFFICER], ground="declared", words="Family.",
        stated_at=reviews.READING, stated_by=people[Role.OFFICER],
    )  # fmt: skip
    selection = put(publisher, call)

    papers = {form: publisher.get(reverse("desk:council_paper", args=[selection.pk, form])) for form in ("pdf", "docx")}

    pdf = PdfReader(io.BytesIO(papers["pdf"].content))
    told = "".join(page.extract_text() for page in pdf.pages)
    text = zipfile.ZipFile(io.BytesIO(papers["docx"].content)).read("word/document.xml").decode()
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    for number in (file.number for file in ranked):
        assert (number in told, number in text) == (True, True)
    assert ("Family." in text, papers["docx"]["Cache-Control"]) == (True, "no-store")


def test_the_report_names_the_object_the_year_of_the_body_and_the_convention_it_needs(call, publisher, ranked):
    first = str(ranked[0].pk)
    selection = put(publisher, call, **{f"amount-{first}": "14 000"})

    papers = [publisher.get(reverse("desk:council_paper", args=[selection.pk, form])) for form in ("pdf", "docx")]

    pdf = "".join(page.extract_text() for page in PdfReader(io.BytesIO(papers[0].content)).pages)
    text = zipfile.ZipFile(io.BytesIO(papers[1].content)).read("word/document.xml").decode()
    for told in (" ".join(pdf.split()), text):
        assert told.count("Un quai pour Porto-Lume") == 3
        assert "It is needed for 0 of 2 bodies." in told


def test_a_body_that_passes_the_sum_of_a_convention_with_all_it_receives_is_named_so(
    call, publisher, ranked, people, vote
):
    ranked[0].body.refresh_from_db()
    received = Entry("given-before", "direct", texts={"title": {"en": "Given before"}})
    facts = {"beneficiary": ranked[0].body.record.key, "year": timezone.now().year, "currency": "EUR"}
    facts |= {"state": "awarded", "amount_voted": "10000", "decision": vote.key}
    actions.enter_grant(entry=received, facts=facts, by=people[Role.FINANCE], at=calls.OPENS)

    selection = put(publisher, call)

    told = council_papers.facts_of(selection)
    assert [row[6] for row in told["rows"]] == ["€25,000.00: convention", "€15,000.00", ""]
    assert "It is needed for 1 of 2 bodies." in told["sentences"][2]


def test_what_a_body_receives_in_other_money_stands_beside_its_total_and_asks_for_no_convention(
    call, publisher, ranked, people, vote
):
    ranked[0].body.refresh_from_db()
    received = Entry("given-before", "direct", texts={"title": {"en": "Given before"}})
    facts = {"beneficiary": ranked[0].body.record.key, "year": timezone.now().year, "currency": "USD"}
    facts |= {"state": "awarded", "amount_voted": "10000", "decision": vote.key}
    given = actions.enter_grant(entry=received, facts=facts, by=people[Role.FINANCE], at=calls.OPENS)

    selection = put(publisher, call)

    told = council_papers.facts_of(selection)
    page = publisher.get(reverse("desk:money_grant", args=[given.key])).content.decode()
    assert [row[6] for row in told["rows"]] == ["€15,000.00; besides, not counted: US$10,000.00", "€15,000.00", ""]
    assert "It is needed for 0 of 2 bodies." in told["sentences"][2]
    assert "besides, not counted against any threshold: US$10,000.00" in page


def test_somebody_whom_a_file_concerns_does_not_take_the_report(call, publisher, ranked, people):
    selection = put(publisher, call)
    actions.declare_interest(application=ranked[0], words="Family.", by=people[Role.PUBLISHER], at=reviews.READING)

    answer = publisher.get(reverse("desk:council_paper", args=[selection.pk, "docx"]), follow=True)

    assert "This file is closed to you." in answer.content.decode()
    assert [line.application for line, _reason, _typed in answer.context["lines"]] == ranked[1:]
    french = publisher.get(answer.redirect_chain[0][0], headers={"accept-language": "fr"})
    assert french.context["lines"][-1][1] == "Note de 40,00 sur 100, sous le seuil."


def test_no_other_form_of_the_report_is_made(call, publisher, ranked):
    selection = put(publisher, call)

    assert publisher.get(reverse("desk:council_paper", args=[selection.pk, "exe"])).status_code == 404


def test_an_officer_prepares_and_only_a_publisher_puts_before_the_council(call, at_desk, publisher, ranked):
    publisher.post(board(call), {"name": "A", "threshold": "50"})

    refused = at_desk(Role.OFFICER).post(reverse("desk:close_selection", args=[call.key]), {"scenario": "A"})

    assert (refused.status_code, Selection.objects.count()) == (403, 0)


def test_nobody_who_is_not_signed_in_sees_any_of_it(call):
    assert Client().get(board(call)).status_code == 302


def test_the_board_and_the_file_warn_of_a_body_that_won_before(call, ranked, publisher, people, vote):
    by, first = people[Role.OFFICER], ranked[0]
    first.body.refresh_from_db()
    facts = {"beneficiary": first.body.record.key, "currency": "EUR", "amount_voted": "8000", "programme": ""}
    facts |= {"state": "awarded", "decision": vote.key}
    earlier = calls.enter_call(by, key="call-before", code="", edition="2026", fields=[], sections=[], criteria=[])
    for year in (2025, 2026):
        number = f"OLD-{year}"
        file = Application.objects.create(
            call=earlier, form=first.form, body=first.body, begun_at=calls.OPENS, begun_by=by, number=number,
            submitted_at=calls.OPENS, state="awarded",
        )  # fmt: skip
        grant = Entry(f"grant-{year}", "call", texts={"title": {"en": f"Quay {year}"}})
        actions.enter_grant(entry=grant, facts={**facts, "year": year, "file": file.number}, by=by, at=calls.OPENS)
    calls.amend(call, calls.content_now(call) | {"follows": "call-before"}, by)

    board = publisher.get(reverse("desk:selection", args=[call.key])).content.decode()
    page = publisher.get(reverse("desk:file", args=[first.pk])).content.decode()

    assert board.count("Repeat winner:") == page.count("Repeat winner:") == 1
    assert "won 2 grants in earlier editions (2025, 2026), €16,000.00 in all" in page.replace("\xa0", " ")


def test_what_the_council_decides_otherwise_is_typed_by_line_kept_when_refused_and_told_by_the_minutes(
    call, publisher, ranked, vote
):
    selection = put(publisher, call)
    first, second, _third = selection.lines.order_by("rank")
    typed = {"decision": vote.key, f"voted-{first.pk}": "12 000,50", f"answer-{second.pk}": "adjourn"}
    address = reverse("desk:council_answer", args=[selection.pk])

    refused = publisher.post(address, {**typed, f"reason-{first.pk}": "Amendement 3"})
    unread = publisher.post(address, {**typed, f"voted-{first.pk}": "douze"})
    unsaid = publisher.post(address, {**typed, "decision": ""})
    publisher.post(address, {**typed, f"reason-{first.pk}": "Amendement 3", f"reason-{second.pk}": "Renvoi"})

    page = publisher.get(reverse("desk:put_before_council", args=[selection.pk])).content.decode()
    assert (refused.status_code, 'value="12 000,50"' in refused.content.decode()) == (422, True)
    assert (unread.status_code, Selection.objects.get().decision_id) == (422, vote.pk)
    assert ["€12,000.50" in page, "Adjourn" in page, "The council decided otherwise on 2 files." in page] == [True] * 3
    assert (unsaid.status_code, "Choose the decision the council took." in unsaid.content.decode()) == (422, True)
    told = council_papers.facts_of(Selection.objects.get())
    assert [row[2:] for row in told["otherwise"]] == [
        ["€15,000.00", "€12,000.50", "Amendement 3"],
        ["€15,000.00", "Adjourn", "Renvoi"],
    ]
    assert told["answer"][0].endswith(": 1 grant, €12,000.50 in all.")
    docx = publisher.get(reverse("desk:council_paper", args=[selection.pk, "docx"])).content
    text = zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()
    assert (text.count("w:tblHeader"), "Amendement 3" in text) == (2, True)
    assert publisher.get(reverse("desk:council_paper", args=[selection.pk, "pdf"])).content[:5] == b"%PDF-"


def test_an_answer_that_does_not_tell_what_was_decided_is_asked_and_nothing_is_carried_out(
    call, publisher, ranked, vote
):
    selection = put(publisher, call)
    line, address = selection.lines.order_by("rank")[0], reverse("desk:council_answer", args=[selection.pk])
    sum_refused = {f"answer-{line.pk}": "refuse", f"voted-{line.pk}": "500", f"reason-{line.pk}": "Out of scope"}

    told = [
        publisher.post(address, {"decision": vote.key, **typed})
        for typed in ({f"reason-{line.pk}": "Out of scope"}, sum_refused)
    ]

    assert [(one.status_code, "Say what the council decided for" in one.content.decode()) for one in told] == [
        (422, True), (422, True),
    ]  # fmt: skip
    assert 'value="Out of scope"' in told[0].content.decode()
    assert Selection.objects.get().decision_id is None


def test_the_votes_of_the_decision_are_told_as_far_as_they_are_known(call, publisher, ranked, vote):
    by, at = vote.entered_by, calls.OPENS
    moments = {"entered_at": at, "amended_at": at, "entered_by": by, "amended_by": by}
    council = Subject.objects.create(key="council", noun="body", **moments)
    Decision.objects.create(
        subject=vote, body=council, number="2027 DGRI 12", day="2027-05-28", seats=163, voters=150, votes_for=120,
        votes_against=20, abstentions=10,
    )  # fmt: skip

    with override("en"):
        said = council_papers.votes_said(vote)
    Decision.objects.update(voters=1, votes_for=0, votes_against=0, abstentions=1, seats=2)
    with override("fr"):
        alone = council_papers.votes_said(vote)

    assert said == "Votes: 120 for, 20 against, 10 abstaining, 150 took part, 13 absent or without part in the vote."
    assert alone == "Votes\xa0: 0 pour, 0 contre, 1 abstention, 1 votant, 1 absent ou sans part au vote."
    assert council_papers.votes_said(None) == ""


def test_a_contract_that_lacks_is_noted_from_the_selection_and_the_council_may_answer(call, at_desk, publisher, ranked):
    selection = put(publisher, call)
    bodies = [file.body for file in ranked[:2]]
    BodyStanding.objects.all().delete()
    page = reverse("desk:note_contracts", args=[selection.pk])
    deeds = [deed.code for deed in at_desk(Role.OFFICER).get(page).context["deeds"]]

    empty = at_desk(Role.OFFICER).post(page, {"do": deeds[0]})
    for code in deeds:
        at_desk(Role.OFFICER).post(page, {"do": code, "contract_signed": "2025-01-07"})

    assert sorted(deeds) == sorted(f"shown-{body.pk}" for body in bodies)
    assert empty.status_code == 422
    assert {one.body_id: str(one.contract_signed) for one in BodyStanding.objects.all()} == {
        body.record_id: "2025-01-07" for body in ApplicantBody.objects.filter(pk__in=[one.pk for one in bodies])
    }
    assert publisher.get(reverse("desk:put_before_council", args=[selection.pk])).context["without_contract"] == []
