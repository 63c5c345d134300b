"""Aid as IATI tells it, at the desk: money the city gives becomes grants, that of others is said about projects."""

from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.directory.models import Body
from parvis.domain.funding.models import Grant
from parvis.exchange.inbound import actions
from parvis.register.actions import record_statement
from parvis.register.models import Source, Statement, Subject
from tests.exchange.inbound.conftest import NOON

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<iati-activities version="2.03">\n'
TAIL = "</iati-activities>"
CITY = "<narrative>Ville de Paris</narrative>"
ACTIVITY = f"""<iati-activity default-currency="EUR" xml:lang="fr" last-updated-datetime="2026-02-01T00:00:00Z">
<iati-identifier>FR-INSEE-217500016-SOFIA</iati-identifier>
<reporting-org ref="FR-INSEE-217500016" type="11">{CITY}</reporting-org>
<title><narrative>Eau à Sofiaville</narrative></title>
<description type="1"><narrative>Des bornes-fontaines</narrative></description>
<participating-org ref="FR-INSEE-217500016" role="1" type="11">{CITY}</participating-org>
<participating-org ref="FR-SIREN-491226049" role="4" type="22"><narrative>Fonds Eau</narrative></participating-org>
<activity-status code="2"/>
<activity-date type="1" iso-date="2024-09-01"/>
<recipient-country code="SN"/>
<sector vocabulary="1" code="14031" percentage="60"/><sector vocabulary="1" code="41010" percentage="40"/>
<tag vocabulary="2" code="6"><narrative>Eau</narrative></tag>
<policy-marker vocabulary="1" code="1" significance="1"/>
<transaction><transaction-type code="2"/><transaction-date iso-date="2024-07-10"/>
<value value-date="2024-07-10">272000.50</value></transaction>
<transaction><transaction-type code="3"/><transaction-date iso-date="2024-09-01"/>
<value value-date="2024-09-01">200000</value><provider-org>{CITY}</provider-org>
<receiver-org ref="FR-SIREN-491226049"><narrative>Fonds Eau</narrative></receiver-org></transaction>
<document-link format="application/pdf" url="https://docs.example.org/r;1.pdf"><title><narrative>Rapport</narrative>
</title><category code="A01"/><document-date iso-date="2025-01-15"/></document-link>
<result type="1"><title><narrative>Bornes</narrative></title><indicator measure="1"><title>
<narrative>Bornes</narrative></title><period><period-start iso-date="2024-09-01"/><period-end iso-date="2025-06-30"/>
<target value="12"/><actual value="10.5"/></period></indicator></result>
</iati-activity>"""
SECOND = """<transaction><transaction-type code="3"/><transaction-date iso-date="2025-06-30"/>
<value value-date="2025-06-30">72000.50</value></transaction>\n<document-link"""


@pytest.fixture
def city(enter):
    enter("body", "city-of-paris", title={"fr": "Ville de Paris"}, identifiers={"siren": "217500016"})


def _file(*activities):
    return HEAD + "".join(activities) + TAIL


def _figures(key):
    held = Statement.objects.held().filter(subject__key=key).order_by("property", "as_of", "pk")
    return [(one.property, one.number, one.as_of, one.source.subject.key) for one in held]


def test_an_activity_the_city_pays_for_becomes_a_grant_with_its_money_day_by_day(city, receive, judge, accept, clerk):
    judged = judge(receive(_file(ACTIVITY), "recognise", name="a.xml"), options={"bodies": "enter"})
    imported = accept(judged)

    grant = Grant.objects.get()
    source = imported.kept["source"]
    assert (imported.how["standard"], judged.tallies["unclaimed"]) == ("iati_given", ["reporting-org (1)"])
    assert (grant.amount_voted, grant.amount_paid, grant.currency, grant.year, grant.country) == (
        Decimal("272000.50"), Decimal(200000), "EUR", 2024, "SN",
    )  # fmt: skip
    assert Body.objects.get(subject=grant.beneficiary).identifiers == {"siren": "491226049"}
    assert (grant.subject.themes, grant.goals) == (["solidarity", "climate"], ["6"])
    assert [(one.aim, one.importance) for one in grant.aims.all()] == [("gender", "also")]
    figures = grant.figures.values_list("words", "effect", "starts", "ends", "aimed_at", "reached")
    assert list(figures) == [
        ({"fr": "Bornes"}, "output", "2024-09-01", "2025-06-30", Decimal(12), Decimal("10.5"))
    ]  # fmt: skip
    assert _figures(grant.subject.key) == [
        ("committed", Decimal("272000.5"), "2024-07-10", source), ("document", None, "2025-01-15", source),
        ("paid", Decimal(200000), "2024-09-01", source), ("sector_share", Decimal("0.6"), "2026-02-01", source),
        ("sector_share", Decimal("0.4"), "2026-02-01", source),
    ]  # fmt: skip


def test_the_same_activity_again_is_the_same_and_a_second_payment_is_a_change_undone_alone(
    city, receive, judge, accept, clerk, told
):
    accept(judge(receive(_file(ACTIVITY), "recognise"), options={"bodies": "enter"}))
    again = judge(receive(_file(ACTIVITY), "recognise"), options={"bodies": "enter"})
    more = accept(judge(receive(_file(ACTIVITY.replace("<document-link", SECOND)), "recognise")))
    paid = [row for row in _figures(Grant.objects.get().subject.key) if row[0] == "paid"]
    total = Grant.objects.get().amount_paid
    actions.undo_import(imported=more, by=clerk, at=NOON)

    key = Grant.objects.get().subject.key
    assert told(again) == [(1, "same", [])]
    assert [row.verdict for row in more.rows.all()] == ["changed"]
    assert ([row[1] for row in paid], total) == ([Decimal(200000), Decimal("72000.5")], Decimal("272000.50"))
    assert ([row[1] for row in _figures(key) if row[0] == "paid"], Grant.objects.get().amount_paid) == (
        [Decimal(200000)], Decimal(200000),
    )  # fmt: skip


def test_undone_as_one_act_nothing_of_it_is_held_and_it_may_be_brought_in_again(city, receive, judge, accept, clerk):
    imported = accept(judge(receive(_file(ACTIVITY), "recognise"), options={"bodies": "enter"}))
    actions.undo_import(imported=imported, by=clerk, at=NOON)
    left = (Statement.objects.held().count(), Source.objects.filter(subject__revision__gte=1).count())
    entered = list(Subject.objects.filter(revision__gte=1).values_list("key", flat=True))
    accept(judge(receive(_file(ACTIVITY), "recognise"), options={"bodies": "enter"}))

    assert (left, entered) == ((0, 0), ["city-of-paris"])
    assert Statement.objects.held().count() == 5


def test_money_of_others_is_said_about_a_project_and_is_no_grant_of_the_city(city, receive, judge, accept, told):
    theirs = ACTIVITY.replace("FR-INSEE-217500016", "XM-DAC-5-7").replace("Ville de Paris", "Un ministère")
    as_grants = judge(receive(_file(theirs), "grants"), options={"bodies": "enter"})
    judged = judge(receive(_file(theirs), "recognise"), options={"bodies": "enter"})
    imported = accept(judged)

    assert told(as_grants)[0][2] == [
        ": line 3: Un ministère pays for this activity, not the city: bring the file in as projects."
    ]
    assert (imported.target, Grant.objects.count()) == ("projects", 0)
    assert judged.tallies["unclaimed"] == ["reporting-org (1)"]
    assert [row[:3] for row in _figures("xm-dac-5-7-sofia")] == [
        ("committed", Decimal("272000.5"), "2024-07-10"), ("document", None, "2025-01-15"),
        ("paid", Decimal(200000), "2024-09-01"), ("result", Decimal("10.5"), "2025-06-30"),
        ("sector_share", Decimal("0.6"), "2026-02-01"), ("sector_share", Decimal("0.4"), "2026-02-01"),
        ("tag", None, ""), ("tag", None, ""),
    ]  # fmt: skip


def test_a_file_of_the_city_may_be_brought_in_as_projects_when_an_officer_says_so(city, receive, judge):
    imported = judge(receive(_file(ACTIVITY), "projects"), options={"bodies": "enter"})

    assert (imported.how["standard"], imported.target) == ("iati_activities", "projects")
    assert [row.verdict for row in imported.rows.all()] == ["new"]


def test_a_body_is_found_by_its_number_whatever_its_name(city, enter, receive, judge):
    enter("body", "water-fund", title={"fr": "Fonds mondial de l’eau"}, identifiers={"siret": "49122604900014"})

    imported = judge(receive(_file(ACTIVITY), "recognise"))

    assert [(row.verdict, row.content["beneficiary"]) for row in imported.rows.all()] == [("new", "water-fund")]


@pytest.mark.parametrize(
    ("held", "candidates", "reason"),
    [
        ("49122604900014", ["eau", "water-fund"], "is one body by its number and another by its name: choose which."),
        (None, ["eau"], "has another number in the register: choose what it is."),
    ],
)
def test_a_number_and_a_name_that_disagree_are_a_question_to_the_officer(
    held, candidates, reason, city, enter, receive, judge, told, clerk
):
    enter("body", "eau", title={"fr": "Fonds Eau"}, identifiers={"siren": "732829320"} if held is None else {})
    if held:
        enter("body", "water-fund", title={"fr": "Fonds mondial"}, identifiers={"siret": held})

    imported = judge(receive(_file(ACTIVITY), "recognise"), options={"bodies": "enter"})
    asked = imported.asks
    actions.settle_names(
        imported=imported, answers={"Fonds Eau [FR-SIREN-491226049]": "eau"}, bodies="ask", by=clerk, at=NOON
    )
    imported.refresh_from_db()
    settled = actions.judge_import(imported=imported, by=clerk, at=NOON)

    assert [one["text"] for one in asked] == ["Fonds Eau [FR-SIREN-491226049]"]
    assert [one["answer"] for one in asked[0]["candidates"]] == candidates
    assert told(imported) == [(1, "new", [])]
    assert reason in str(imported.asks or asked) or settled.rows.get().content["beneficiary"] == "eau"


def test_an_amount_or_a_day_that_is_none_refuses_its_activity_with_the_line(city, receive, judge, told):
    wrong = ACTIVITY.replace(">272000.50<", ">deux cents<")

    imported = judge(receive(_file(wrong), "recognise"), options={"bodies": "enter", "strict": "take"})

    assert told(imported) == [(1, "refused", ["value: line 17: “deux cents” is not a number."])]


def test_a_budget_called_committed_stands_for_what_was_granted_and_is_said_to(city, receive, judge):
    budget = """<budget type="1" status="2"><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>
<value value-date="2024-01-01">1000</value></budget>"""
    start, end = ACTIVITY.index("<transaction>"), ACTIVITY.index("<document-link")

    imported = judge(
        receive(_file(ACTIVITY[:start] + budget + ACTIVITY[end:]), "recognise"), options={"bodies": "enter"}
    )

    row = imported.rows.get()
    assert (row.verdict, row.content["amount_voted"], row.content["year"]) == ("new", "1000", 2024)
    assert ["row", "budget", 1] in imported.tallies["standard"]["rules"]
    assert date.fromisoformat(row.content["starts"]) == date(2024, 9, 1)


def _money(key):
    held = Statement.objects.held().filter(subject__key=key, property__in=("committed", "paid", "budgeted"))
    return sorted((one.property, one.as_of, one.number) for one in held)


@pytest.mark.parametrize("payer", ["FR-SIREN-000000000", "FR-INSEE-217500016"], ids=["project", "grant"])
def test_an_amount_corrected_in_a_later_file_takes_the_place_of_the_old_one_and_never_adds_to_it(
    payer, city, receive, judge, accept, clerk
):
    budget = """<budget><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>
<value value-date="2024-01-01">{}</value></budget><transaction>"""
    first = ACTIVITY.replace('ref="FR-INSEE-217500016" role="1"', f'ref="{payer}" role="1"').replace(
        "<transaction>", budget.format(280000), 1
    )
    if payer != "FR-INSEE-217500016":
        first = first.replace(CITY, "<narrative>Autre ville</narrative>")
    kept = {"bodies": "enter", "strict": "take"}
    accept(judge(receive(_file(first), "recognise", name="a.xml"), options=kept))
    key = Subject.objects.get(noun__in=("grant", "project"), revision__gte=1).key
    before = _money(key)

    later = first.replace(">200000<", ">190000<").replace(">280000<", ">290000<")
    later = later.replace("<document-link", SECOND, 1)
    judged = judge(receive(_file(later), "recognise", name="b.xml"), options=kept)
    row = judged.rows.get()
    imported = accept(judged)

    assert before == [
        ("budgeted", "2024-01-01", Decimal(280000)), ("committed", "2024-07-10", Decimal("272000.5")),
        ("paid", "2024-09-01", Decimal(200000)),
    ]  # fmt: skip
    assert row.verdict == "changed"
    assert _money(key) == [
        ("budgeted", "2024-01-01", Decimal(290000)), ("committed", "2024-07-10", Decimal("272000.5")),
        ("paid", "2024-09-01", Decimal(190000)), ("paid", "2025-06-30", Decimal("72000.5")),
    ]  # fmt: skip
    assert len(imported.kept["corrected"]) == 2

    actions.undo_import(imported=imported, by=clerk, at=NOON)
    assert _money(key) == before


def test_what_no_file_said_is_never_corrected_by_one(city, receive, judge, accept, enter, clerk):
    kept = {"bodies": "enter"}
    accept(judge(receive(_file(ACTIVITY), "recognise", name="a.xml"), options=kept))
    grant, paid = Grant.objects.get(), Statement.objects.get(property="paid")
    enter("source", "minutes", publisher={"fr": "Ville"}, date="2025", date_basis="page", language="fr",
          speaks="self_reported")  # fmt: skip
    scope = {**paid.scope}
    said = {"property": "paid", "number": 150000, "unit": "EUR", "currency": "EUR", "amount_kind": "actual",
            "scope": scope, "as_of": "2024-09-01", "source": "minutes", "lines": "3"}  # fmt: skip
    record_statement(about=grant.subject, content=said, by=clerk, at=NOON)

    accept(judge(receive(_file(ACTIVITY.replace(">200000<", ">190000<")), "recognise", name="b.xml"), options=kept))

    held = Statement.objects.held().filter(property="paid").order_by("number")
    assert [(one.number, one.source.subject.key.startswith("import-")) for one in held] == [
        (Decimal(150000), False), (Decimal(190000), True),
    ]  # fmt: skip


def test_how_an_activity_counts_as_aid_is_kept_in_words_with_its_code(city, receive, judge, accept):
    terms = (
        '<default-flow-type code="10"/><default-finance-type code="110"/><default-aid-type code="C01"/>'
        '<default-tied-status code="5"/>'
    )
    kept = {"bodies": "enter", "strict": "take"}
    whole = ACTIVITY.replace("<transaction>", f"{terms}<transaction>", 1)
    told = judge(receive(_file(whole), "recognise", name="a.xml"), options=kept)

    accept(told)

    held = Statement.objects.held().filter(property__in=("flow_type", "finance_type", "aid_type", "tied_status"))
    assert {one.property: one.words["fr"] for one in held} == {
        "flow_type": "Aide publique au développement (10)", "finance_type": "Dons ordinaires (110)",
        "aid_type": "Interventions de type projet (C01)", "tied_status": "Non liée (5)",
    }  # fmt: skip
    assert told.tallies["unclaimed"] == ["reporting-org (1)"]
