"""What keeps a file from being sent: its co-funding plan, by what the question is and not by what it is called."""

import yaml

from parvis.domain.funding.enums import Guard
from parvis.domain.funding.models import Application
from parvis.domain.funding.queries.forms import definition_problems
from parvis.domain.funding.queries.guards import TESTS, Attempt, all_troubles
from parvis.foundation.accounts.models import Role, User
from tests.support import calls


def renamed():
    """The questions of Riviera's call, its co-funding plan under another code and with other columns."""
    text = (calls.RECORDS / "calls.yaml").read_text(encoding="utf-8")
    fields = yaml.safe_load(text)["calls"][0]["fields"]
    for field in fields:
        if field["code"] == "cofunding":
            field |= {"code": "others", "type": "cofunding", "required": False}
        elif field.get("within") == "cofunding":
            field |= {"within": "others", "code": {"amount": "gives"}.get(field["code"], field["code"])}
    return fields


def test_a_plan_of_any_name_must_add_up_to_the_income_of_the_budget(db):
    officer = User.objects.create_user("officer@ville.example", role=Role.OFFICER)
    ana = calls.applicant()
    call = calls.opened_call(officer, fields=renamed())
    file = calls.whole(call, calls.body_of(ana), ana)
    plan = {"others.a1.funder": "Région", "others.a1.gives": "4 000", "others.a1.sure": "sure"}
    calls.write(file, ana, plan)

    def told():
        held = Application.objects.select_related("call").get(pk=file.pk)
        return [(one.field, one.sentence) for one in all_troubles(held, calls.WHILE_OPEN) if one.field == "others"]

    uneven = told()
    calls.write(file, ana, {"others.a1.gives": "EUR 20 000"}, window="two")

    sentence = "The co-funding plan adds up to €4,000.00, and the budget's income to €20,000.00."
    assert uneven == [("others", sentence)]
    assert told() == []


def test_a_plan_without_amounts_is_not_opened():
    row = {"section": "money", "words": {"en": "Who pays"}}
    fields = [
        {**row, "code": "budget", "type": "budget"},
        {**row, "code": "others", "type": "cofunding"},
        {**row, "code": "funder", "type": "text", "within": "others"},
    ]

    problems = definition_problems({"sections": [{"code": "money"}], "fields": fields})

    assert problems == ["The co-funding plan “Who pays” needs one column of amounts, and one only."]


def test_a_budget_in_another_currency_balances_in_that_one(db):
    officer = User.objects.create_user("officer@ville.example", role=Role.OFFICER)
    ana = calls.applicant()
    file = calls.whole(calls.opened_call(officer, currency="CHF"), calls.body_of(ana), ana)
    calls.write(file, ana, {"budget.60": "CHF 25 000", "budget.61": ""}, window="two")
    held = Application.objects.select_related("call").get(pk=file.pk)

    told = TESTS[Guard.BUDGET_BALANCED](Attempt(held, ana, calls.WHILE_OPEN))

    assert told == "Gap of CHF13,000.00: costs exceed income."
