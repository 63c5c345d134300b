"""Money at the desk: what a finance officer sees and does, from the ceiling to the euro paid back."""

import re
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pypdf import PdfReader

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import TieKind
from parvis.domain.funding.models import Amendment, Convention, Envelope, Grant, Levy, LevyYear, PaymentOrder
from parvis.foundation.accounts.models import Role
from parvis.register.actions import propose, record_statement
from parvis.register.content import content_of
from parvis.register.entry import take_apart
from parvis.register.models import Subject, Text
from tests.doors.desk.conftest import NOON

TODAY = timezone.localdate().isoformat()


@pytest.fixture
def money(people):
    """A water levy of 2026 with a ceiling of a million, an envelope, a decision, and a grant asked for."""
    by = people[Role.FINANCE]

    def enter(model, action, key, **facts):
        taken = take_apart(model, {"key": key, "title": {"en": key.capitalize(), "fr": key}, **facts})
        return action(entry=taken.entry, facts=taken.facts, by=by, at=NOON)

    def subject(key, noun, **more):
        moments = {"entered_at": NOON, "amended_at": NOON, "entered_by": by, "amended_by": by}
        return Subject.objects.create(key=key, noun=noun, visibility="public", **moments, **more)

    subject("vote-1", "decision")
    subject("aid-ngo", "body", kind="ngo")
    levy = enter(Levy, actions.enter_levy, "water", title={"en": "The water levy"}, rules=[{"rate": "0.01"}])
    actions.open_levy_year(levy=levy, year=2026, currency="EUR", base=Decimal(100_000_000), by=by, at=NOON)
    enter(Envelope, actions.enter_envelope, "solidae", levy="water", year=2026)
    facts = {"beneficiary": "aid-ngo", "currency": "EUR", "state": "asked", "year": 2026, "amount_asked": "50000"}
    enter(Grant, actions.enter_grant, "wells", kind="call", file="W-1", asked_on="2026-01-10", **facts)
    return enter


@pytest.fixture
def does(at_desk):
    """Post a deed on a page of money; the sentence the page answers with."""
    client = at_desk(Role.FINANCE)

    def done(address, code, **said):
        answer = client.post(f"/bureau/argent/{address}/", {"do": code, "decision": "vote-1", "day": TODAY, **said})
        if answer.status_code == 302:
            return "done"
        found = re.search(r'class="refusals".*?<ul>(.*?)</ul>', answer.content.decode(), re.DOTALL)
        return re.sub(r"<[^>]+>", "", found[1] if found else "").strip()

    return done


def words_of(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


YEAR, ENVELOPE, GRANT = "water/2026", "enveloppes/solidae", "subventions/wells"
CONVENTION = {"number": "2026-1", "starts": "2026-01-01", "ends": "2026-12-31"}
FIRST = {"amount_1": "40000", "envelope_1": "solidae", "condition_1": "signature"}
SECOND = {"amount_2": "20000", "envelope_2": "solidae", "condition_2": "narrative"}


@pytest.fixture
def awarded(money, does):
    """60,000 awarded, above the 50,000 asked for, to a body that signed its contract."""
    does(YEAR, "vote", amount="400 000")
    does(ENVELOPE, "allot", amount="300 000,00 €")
    does(GRANT, "standing", contract_signed="2026-01-01")
    does(GRANT, "award", amount="60000", envelope="solidae", above_asked="Dearer pumps")
    return Grant.objects.get()


@pytest.fixture
def ordered(awarded, does):
    """The first instalment, of 40,000, ordered."""
    does(GRANT, "instalments", **FIRST, **SECOND)
    does(GRANT, "draw_up", **CONVENTION, regranting="yes")
    does(GRANT, "sign", day="2026-04-01")
    does(GRANT, f"pay-{awarded.instalments.get(position=1).pk}")
    return PaymentOrder.objects.get()


@pytest.mark.django_db
def test_a_vote_above_the_ceiling_is_refused_on_the_page_and_one_within_is_kept(money, does):
    above = does(YEAR, "vote", amount="1 000 000,01")

    assert above.startswith("The ceiling of “The water levy” for 2026 is €1,000,000.00, and €1,000,000.00 is left")
    assert does(YEAR, "vote", amount="400 000") == "done"
    assert does(ENVELOPE, "allot", amount="300 000,00 €") == "done"


@pytest.mark.django_db
def test_an_award_asks_for_the_contract_and_for_the_reason_of_a_higher_vote(money, does):
    does(YEAR, "vote", amount="400000")
    does(ENVELOPE, "allot", amount="300000")
    asked = {"amount": "60000", "envelope": "solidae"}

    assert "had not signed its republican-commitment" in does(GRANT, "award", **asked, above_asked="Dearer pumps")
    assert does(GRANT, "standing", contract_signed="2026-01-01") == "done"
    assert "This may be voted: say why." in does(GRANT, "award", **asked)
    assert does(GRANT, "award", **asked, above_asked="Dearer pumps") == "done"


@pytest.mark.django_db
def test_an_instalment_says_what_it_waits_for_until_it_may_be_ordered(awarded, does, at_desk):
    assert "add up to €40,000.00" in does(GRANT, "instalments", **FIRST)
    assert does(GRANT, "instalments", **FIRST, **SECOND) == "done"
    waits = words_of(at_desk(Role.FINANCE).get("/bureau/argent/subventions/wells/"))
    assert "Re-granting" in does(GRANT, "draw_up", **CONVENTION)
    assert does(GRANT, "draw_up", **CONVENTION, regranting="yes") == "done"
    assert does(GRANT, "sign", day="2026-04-01") == "done"

    first = awarded.instalments.get(position=1)
    assert "Order instalment 1 not yet: a signed convention is needed." in waits
    assert does(GRANT, f"pay-{first.pk}") == "done"


@pytest.mark.django_db
def test_orders_go_to_finance_as_a_file_and_its_answers_come_back_row_by_row(ordered, at_desk):
    desk = at_desk(Role.FINANCE)
    handed = desk.post("/bureau/argent/versements/transmettre/").content.decode().splitlines()
    good = f"order;paid_on;amount;reference;refused\n{ordered.number};{TODAY};40 000,00;M-1;\n"

    answered = words_of(_answers(desk, f"{good}X-9;;;;Closed\n{ordered.number};soon;1;;\n"))

    assert handed == [
        "order,issued,grant,beneficiary,siret,amount,currency,envelope,decision",
        f"{ordered.number},{TODAY},wells,aid-ngo,,40000.00,EUR,solidae,vote-1",
    ]
    assert "1 row taken" in answered
    assert "line 3 · X-9 · No order has this number." in answered
    assert f"line 4 · {ordered.number} · “soon”" in answered
    assert "Known already." in words_of(_answers(desk, good))
    assert Grant.objects.get().amount_paid == 40_000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("{order},2999-01-01,40000\n", "line 2 · {order} · This day is yet to come: nothing is paid on it."),
        ("{order}\0,2026-01-01,1\n", "line 2 · {order} · This order is “Issued”: no answer was expected."),
        ("{order},2026-01-01,40000 USD\n", "line 2 · {order} · “40000 USD” · This amount is in USD; write it in EUR."),
        ("{order},2026-01-01,-40000\n", "line 2 · {order} · “-40000” · An amount cannot be below zero"),
        ('{order},2026-01-01,"1\n{order},2026-01-01,1\n', "line 2 · · From here on the file cannot be read"),
    ],
)
def test_a_file_of_answers_that_does_not_hold_is_told_row_by_row(ordered, at_desk, rows, why):
    told = _answers(at_desk(Role.FINANCE), "order,paid_on,amount\n" + rows.format(order=ordered.number))

    assert why.format(order=ordered.number) in words_of(told)
    assert PaymentOrder.objects.get().state == "issued"


@pytest.mark.django_db
def test_a_transfer_the_bank_sends_back_is_told_by_file_or_page_and_ordered_again(ordered, does, at_desk):
    desk, columns = at_desk(Role.FINANCE), "order,paid_on,amount,sent_back_on,sent_back_why\n"
    desk.post("/bureau/argent/versements/transmettre/")
    _answers(desk, f"{columns}{ordered.number},{TODAY},40000,,\n")
    late = words_of(_answers(desk, f"{columns}{ordered.number},,40000,2999-01-01,Wrong IBAN\n"))
    part = words_of(_answers(desk, f"{columns}{ordered.number},,1000,{TODAY},Wrong IBAN\n"))
    _answers(desk, f"{columns}{ordered.number},,40000,{TODAY},Wrong IBAN\n")

    orders, trail = (words_of(desk.get(f"/bureau/argent/{each}/")) for each in ("versements", f"{GRANT}/piste"))
    again = does(GRANT, f"pay-{ordered.instalment_id}")
    desk.post("/bureau/argent/versements/transmettre/")
    second = PaymentOrder.objects.latest("pk")
    _answers(desk, f"{columns}{second.number},{TODAY},40000,,\n")

    assert "1 January 2999 is yet to come: nothing is sent back on it." in late
    assert "a transfer comes back whole" in part
    assert all("Sent back by the bank" in page and "Wrong IBAN" in page for page in (orders, trail))
    assert "Paid €0.00, paid back €0.00, kept €0.00, still to pay €60,000.00." in trail
    assert again == "done"
    assert does(GRANT, f"returned-{second.pk}", reason="Account closed") == "done"
    assert list(PaymentOrder.objects.values_list("state", "reason")) == [
        ("returned", "Wrong IBAN"), ("returned", "Account closed"),
    ]  # fmt: skip
    assert Grant.objects.get().amount_paid == 0


@pytest.mark.django_db
def test_nothing_is_entered_of_a_day_that_has_not_come(money, does):
    ahead = {"amount": "10", "day": "2999-01-01"}

    assert does(YEAR, "vote", **ahead) == "Day: This day has not come yet: enter it once it has."


@pytest.mark.django_db
def test_a_day_is_read_as_people_write_it_and_one_that_is_none_is_told_as_typed(money, does):
    assert does(YEAR, "vote", amount="10", day="31/02/2026") == "Day: “31/02/2026” · There is no such day."
    assert does(YEAR, "vote", amount="10", day="5 janvier 2026") == "done"
    assert queries.standing_of_year(LevyYear.objects.get()).voted == 10


@pytest.mark.django_db
def test_a_grant_is_accounted_for_claimed_back_closed_and_its_trail_leads_to_the_vote(ordered, does, at_desk):
    desk = at_desk(Role.FINANCE)
    desk.post("/bureau/argent/versements/transmettre/")
    _answers(desk, f"order,paid_on,amount\n{ordered.number},{TODAY},40000\n")
    told = {"kind": "financial", "signed_by": "The president", "unspent": "1500"}
    assert "is not read" in does(GRANT, "report", **told, lines="60; Pumps")
    assert does(GRANT, "report", **told, lines="60; Pumps; 60000; 38 500,00") == "done"
    assert does(GRANT, "report", kind="narrative", words="Twelve wells.") == "done"
    assert "Wells · aid-ngo · Narrative report" in words_of(desk.get("/bureau/argent/comptes-rendus/"))
    assert "Wells aid-ngo €40,000.00" in words_of(desk.get("/bureau/argent/versements/"))
    for each in queries.reports_to_review():
        assert "Say what the report lacks" in does(GRANT, f"review-{each.pk}", verdict="no")
        assert does(GRANT, f"review-{each.pk}", verdict="yes") == "done"
    assert does(GRANT, "claim", amount="1500", envelope="solidae", reason="Not spent") == "done"
    settle = f"settle-{Grant.objects.get().claims.get().pk}"
    assert "€1,500.00 is left of this claim" in does(GRANT, settle, settled="yes", came_back="1500.01")
    assert does(GRANT, settle, settled="yes", came_back="1 000") == "done"
    in_part = words_of(desk.get("/bureau/argent/subventions/wells/"))
    assert does(GRANT, settle, settled="yes") == "done"
    amended = {"new_end": "2027-06-30", "reason": "A dry summer", "envelope": "solidae", "change": "-500"}
    assert does(GRANT, "amend", **amended) == "done"
    assert "an amendment is not signed." in words_of(desk.get("/bureau/argent/subventions/wells/"))
    assert does(GRANT, f"sign-{Amendment.objects.get().pk}") == "done"
    assert does(GRANT, "close") == "done"

    page = words_of(desk.get("/bureau/argent/subventions/wells/"))
    trail = words_of(desk.get("/bureau/argent/subventions/wells/piste/"))

    assert "Closed" in page
    assert "60 Pumps €60,000.00 €38,500.00 -€21,500.00 -35.8" in page
    assert "1% × €100,000,000.00 = €1,000,000.00" in trail
    assert "Paid €40,000.00, paid back €1,500.00, kept €38,500.00, still to pay €0.00." in trail
    assert "vote-1" in trail
    assert f"{ordered.number} · instalment 1 · €40,000.00 · issued on" in trail
    reports = re.findall(r"(\w+) report · [\w ]+ · (\w+)", trail)
    assert reports == [("Financial", "Accepted"), ("Narrative", "Accepted")]
    assert "€1,000.00 came back, €500.00 is left" in in_part
    assert list(queries.ledger_faults()) == []


@pytest.mark.django_db
def test_who_is_tied_to_a_body_reads_nothing_of_what_it_is_given(ordered, at_desk, people):
    body = ordered.instalment.grant.beneficiary
    Text.objects.create(subject=body, field="title", language="en", body="Aid for all")
    people[Role.OFFICER].ties.create(kind=TieKind.EMPLOYER, name="Aid for all", declared_at=NOON)
    tied, colleague = at_desk(Role.OFFICER), at_desk(Role.FINANCE)
    pages = [f"argent/{GRANT}/", f"argent/{GRANT}/piste/", f"argent/{GRANT}/convention/", f"argent/{GRANT}/avenants/1/",
             f"argent/{GRANT}/signature/papier/", "fiches/grants/wells/", "fiches/grants/wells/histoire/"]  # fmt: skip
    lists = ["argent/versements/", "argent/comptes-rendus/", f"argent/{ENVELOPE}/", f"argent/{YEAR}/", "fiches/grants/",
             "recherche/?q=wells", ""]  # fmt: skip

    refused = [tied.get(f"/bureau/{page}") for page in pages]
    told = {page: words_of(tied.get(f"/bureau/{page}")) for page in lists}

    assert [(one.status_code, "a colleague acts on it" in words_of(one)) for one in refused] == [(403, True)] * 7
    assert [page for page, words in told.items() if "Wells" in words] == []
    assert "1 line is closed to you: you have a tie to the body." in told["argent/versements/"]
    assert "a grant that is closed to you" in told[f"argent/{ENVELOPE}/"]
    assert [page for page in lists[2:6] if "Wells" not in words_of(colleague.get(f"/bureau/{page}"))] == []
    assert colleague.get(f"/bureau/{pages[0]}").status_code == 200
    Subject.objects.filter(key="wells").update(visibility="internal")
    offered = [len(one.get("/bureau/choix/?q=wells").json()["choices"]) for one in (tied, colleague)]
    assert offered == [0, 1]


@pytest.mark.django_db
def test_who_is_tied_to_a_body_decides_nothing_that_is_said_of_its_grants(ordered, at_desk, people, source):
    grant = ordered.instalment.grant
    told = {"property": "observation", "words": {"en": "Late"}, "source": source.key, "lines": "4"}
    statement = record_statement(about=grant.subject, content=told, by=people[Role.FINANCE], at=NOON)
    for role in (Role.OFFICER, Role.PUBLISHER):
        people[role].ties.create(kind=TieKind.EMPLOYER, name="Aid for all", declared_at=NOON)
    Text.objects.create(subject=grant.beneficiary, field="title", language="en", body="Aid for all")
    proposal = propose(noun="grant", key="wells", content=content_of(grant), seen_revision=grant.subject.revision,
                       origin="A reader", by=people[Role.READER], at=NOON)  # fmt: skip
    tied, said = at_desk(Role.OFFICER), {"reason": "In my interest"}

    refused = [tied.post(f"/bureau/enonces/{statement.pk}/{what}/", said).status_code
               for what in ("retirer", "preferer", "douter")]  # fmt: skip
    refused.append(at_desk(Role.PUBLISHER).get("/bureau/retraits/wells/").status_code)
    shown = "wells" in tied.get("/bureau/propositions/").content.decode()
    for deed in ("accepter", "refuser"):
        tied.post(f"/bureau/propositions/{proposal.pk}/{deed}/", said)
    proposal.refresh_from_db()
    statement.refresh_from_db()

    assert (refused, shown, proposal.state) == ([403] * 4, False, "waiting")
    assert (statement.rank, statement.retracted_at) == ("normal", None)
    assert "wells" in at_desk(Role.FINANCE).get("/bureau/propositions/").content.decode()


def _answers(desk, text):
    return desk.post(
        "/bureau/argent/versements/reponses/", {"answers": SimpleUploadedFile("answers.csv", text.encode("cp1252"))}
    )


@pytest.mark.django_db
def test_a_bar_says_its_amounts_and_an_unknown_base_shows_none(money, at_desk, people, does):
    does("water/2026", "vote", amount="950000")
    money(Levy, actions.enter_levy, "waste", rules=[{"rate": "0.01"}])
    desk = at_desk(Role.FINANCE)
    opened = desk.post("/bureau/argent/", {"do": "open", "levy": "waste", "year": "2026"})

    page = desk.get("/bureau/argent/").content.decode()

    assert opened.status_code == 302
    assert page.count('class="money-bar"') == 1
    assert "ceiling €1,000,000.00, voted €950,000.00, committed €0.00, paid €0.00, left €950,000.00" in page
    assert "Own resources not known: no ceiling is computed" in page
    assert "not yet: the own resources are not known." in words_of(desk.get("/bureau/argent/waste/2026/"))


@pytest.mark.django_db
def test_the_base_is_set_the_vote_lowered_and_money_carried(money, does):
    does("water/2026", "vote", amount="400000")
    assert does("water/2026", "lower", amount="100000") == "done"
    assert does("water/2026", "base", base="20000000", base_source="Budget") == (
        "€300,000.00 is voted already for 2026: its ceiling cannot come below."
    )
    assert does("water/2026", "base", base="2 000 000 000 000", base_source="Budget") == "done"
    assert does("water/2026", "base", base="200000000", base_source="Budget") == "done"
    does("enveloppes/solidae", "allot", amount="300000")
    money(Envelope, actions.enter_envelope, "solidae-2027", levy="water", year=2027)
    assert "is not open" in does("enveloppes/solidae", "carry", amount="1", envelope="solidae-2027")
    assert does("enveloppes/solidae", "take_back", amount="50000") == "done"
    assert str(queries.standing_of_year(LevyYear.objects.get()).left) == "300000.00"


@pytest.mark.django_db
def test_a_year_that_is_over_is_closed_at_the_desk_and_says_so(money, does, at_desk):
    levy = Levy.objects.get()
    by = levy.subject.entered_by
    for year in (2025, 2099):
        actions.open_levy_year(levy=levy, year=year, currency="EUR", base=Decimal(100_000), by=by, at=NOON)
    money(Envelope, actions.enter_envelope, "solidae-2025", levy="water", year=2025)
    does("water/2025", "vote", amount="800")
    does("enveloppes/solidae-2025", "allot", amount="800")

    early, late = (words_of(at_desk(Role.FINANCE).get(f"/bureau/argent/water/{year}/")) for year in (2099, 2025))
    mute = does("water/2025", "close")
    done = does("water/2025", "close", reason="Accounts voted")
    page = words_of(at_desk(Role.FINANCE).get("/bureau/argent/water/2025/"))

    assert ("this year is not over." in early, "Only a decision opens it again." in late) == (True, True)
    assert (mute, done) == ("Why: This field is required.", "done")
    assert "Accounts voted. What is promised is paid; nothing new is given. The decision" in page
    assert page.count("this year is closed.") == 3
    assert "This year was closed on" in words_of(at_desk(Role.FINANCE).get("/bureau/argent/"))
    assert "this year is closed." in words_of(at_desk(Role.FINANCE).get("/bureau/argent/enveloppes/solidae-2025/"))


@pytest.mark.django_db
def test_a_reader_sees_the_money_and_an_officer_moves_none(money, at_desk):
    reader, officer = at_desk(Role.READER), at_desk(Role.OFFICER)

    for address in ("", "water/2026/", "enveloppes/solidae/", "subventions/wells/"):
        page = reader.get(f"/bureau/argent/{address}")
        assert (page.status_code, b'name="do"' in page.content) == (200, False)
    assert officer.post("/bureau/argent/water/2026/", {"do": "vote"}).status_code == 403
    assert b'value="award"' not in officer.get("/bureau/argent/subventions/wells/").content


@pytest.mark.django_db
def test_help_in_kind_is_awarded_by_its_value_and_a_request_is_refused(money, does):
    facts = {"currency": "EUR", "state": "asked", "year": 2026, "natural_person": True, "visibility": "internal"}
    money(Grant, actions.enter_grant, "hall", form="in_kind", kind="in_kind", **facts)
    money(Grant, actions.enter_grant, "stay", kind="mobility", **facts)

    assert does("subventions/hall", "award_in_kind", value="1200") == "done"
    assert does("subventions/stay", "refuse") == "done"
    assert does("subventions/stay", "award", amount="1") == ""  # no such step from where it stands
    assert sorted(Grant.objects.values_list("state", flat=True)) == ["asked", "awarded", "refused"]


@pytest.mark.django_db
def test_a_grant_is_reserved_split_by_line_and_cancelled(money, does, at_desk):
    money(Levy, actions.enter_levy, "general", kind="general")
    at_desk(Role.FINANCE).post("/bureau/argent/", {"do": "open", "levy": "general", "year": "2026"})
    money(Envelope, actions.enter_envelope, "general-2026", levy="general", year=2026)
    for levy, envelope in (("water", "solidae"), ("general", "general-2026")):
        does(f"{levy}/2026", "vote", amount="30000")
        does(f"enveloppes/{envelope}", "allot", amount="30000")
    does("subventions/wells", "standing", approved="on")

    assert does("subventions/wells", "reserve", amount="10000", envelope="solidae") == "done"
    both = {"amount": "30000", "envelope": "solidae", "more_amount": "20000", "other_envelope": "general-2026"}
    assert does("subventions/wells", "award", **both) == "done"
    assert "Wells aid-ngo Awarded" in words_of(at_desk(Role.READER).get("/bureau/argent/enveloppes/solidae/"))
    assert does("subventions/wells", "cancel") == "done"


@pytest.mark.django_db
def test_the_convention_is_a_tagged_paper_with_its_amount_and_its_articles(money, does, at_desk):
    does("water/2026", "vote", amount="100000")
    does("enveloppes/solidae", "allot", amount="100000")
    does("subventions/wells", "standing", public_interest="on")
    does("subventions/wells", "award", amount="50000", envelope="solidae")
    desk = at_desk(Role.OFFICER)
    without = desk.get("/bureau/argent/subventions/wells/convention/")
    does("subventions/wells", "instalments", amount_1="50000", envelope_1="solidae", condition_1="signature")
    does("subventions/wells", "draw_up", number="2026-1", starts="2026-01-01", ends="2026-12-31", regranting="no")

    answer = desk.get("/bureau/argent/subventions/wells/convention/")

    paper = PdfReader(BytesIO(answer.content))
    text = " ".join(paper.pages[0].extract_text().split())
    assert without.status_code == 302
    assert (answer["Content-Type"], Convention.objects.get().signed) == ("application/pdf", None)
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Convention 2026-1" in text
    assert "€50,000.00" in text
    assert "The beneficiary may grant no part of the sum to others." in text
    assert "30 June 2027" in text


@pytest.mark.django_db
def test_a_file_of_answers_that_is_none_is_refused_in_words(money, at_desk):
    desk = at_desk(Role.FINANCE)

    empty = desk.post("/bureau/argent/versements/reponses/", {}, follow=True)
    other = _answers(desk, "number,day\n1,2\n")

    assert "Choose the file of answers" in words_of(empty)
    assert "Columns expected: order (number of the order), paid_on (day it was paid), amount (" in words_of(other)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("12,500", "This can be read as"),
        ("1e5", "This is not an amount: write digits"),
        ("-5", "An amount cannot be below zero"),
        ("0,001", "This is finer than the smallest coin"),
        ("5 USD", "This amount is in USD; write it in EUR."),
    ],
)
def test_an_amount_that_is_not_sure_is_asked_again_and_nothing_moves(money, does, typed, why):
    assert f"“{typed}” · {why}" in does("water/2026", "vote", amount=typed)
    assert queries.standing_of_year(LevyYear.objects.get()).voted == 0


@pytest.mark.django_db
def test_a_decision_that_does_not_exist_is_named(money, does):
    assert "No decision has the key" in does("water/2026", "vote", amount="5", decision="vote-9")


@pytest.mark.django_db
@pytest.mark.parametrize(("levy", "why"), [("sand", "No record has the key “sand”."), ("", "This field is required.")])
def test_a_levy_that_does_not_exist_opens_no_year_and_what_was_typed_stays(money, at_desk, levy, why):
    typed = {"do": "open", "levy": levy, "year": "2027", "base": "12 000", "base_source": "Budget, page 4"}

    answer = at_desk(Role.FINANCE).post("/bureau/argent/", typed)

    page = answer.content.decode()
    assert (answer.status_code, why in page, 'value="Budget, page 4"' in page) == (422, True, True)
    assert LevyYear.objects.count() == 1


@pytest.mark.django_db
def test_a_vote_pressed_twice_is_voted_once_and_one_that_was_refused_may_be_sent_again(money, at_desk):
    desk, there = at_desk(Role.FINANCE), "/bureau/argent/water/2026/"
    page = desk.get(there).content.decode()
    mark = re.search(r'name="do" value="vote"><input type="hidden" name="-once" value="([^"]+)"', page)[1]
    vote = {"do": "vote", "decision": "vote-1", "day": TODAY, "-once": mark}

    refused = desk.post(there, vote | {"amount": "2 000 000"}).status_code
    pressed = [desk.post(there, vote | {"amount": "400 000"}).status_code for _press in range(2)]
    again = desk.post(there, vote | {"amount": "1 000", "-once": "another"}).status_code

    assert (refused, pressed, again) == (422, [302, 302], 302)
    assert queries.standing_of_year(LevyYear.objects.get()).voted == 401_000


@pytest.mark.django_db
def test_what_waits_says_so_to_who_asks_for_it_from_an_older_page(ordered, does):
    assert does(GRANT, "close", decision="vote-1") == "Close the grant · a payment is under way."


@pytest.mark.django_db
def test_no_report_is_called_due_of_a_grant_that_is_only_asked_for(money, at_desk, does):
    asked = words_of(at_desk(Role.FINANCE).get(f"/bureau/argent/{GRANT}/"))
    does(YEAR, "vote", amount="60000")
    does(ENVELOPE, "allot", amount="60000")
    does(GRANT, "standing", contract_signed="2026-01-02")
    does(GRANT, "award", amount="40000", envelope="solidae")

    awarded = words_of(at_desk(Role.FINANCE).get(f"/bureau/argent/{GRANT}/"))

    assert ["Financial report due" in page for page in (asked, awarded)] == [False, True]
