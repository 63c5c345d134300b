"""The plan of a project: what it costs, who pays, what is late."""

from datetime import date
from decimal import Decimal

import pytest

from parvis.domain.projects.actions import move_project
from parvis.domain.projects.errors import MoreThanItCosts, PlanUnbalanced
from parvis.domain.projects.models import Project
from parvis.domain.projects.queries import funding_awaited, late_milestones, plan_of

TODAY = date(2026, 11, 1)


@pytest.fixture
def project(enter, subject):
    """A project of 100,000: the City asked for 60,000, of which 40,000 confirmed, and a ministry for 25,000."""
    subject("paris")
    subject("ministry")

    def entered(ministry="25000"):
        return enter(
            "project", "quay", stage="study", stage_as_of="2026", cost="100000", currency="EUR",
            funding=[
                {"body": "paris", "amount_asked": "60000", "amount_confirmed": "40000", "amount_paid": "10000"},
                {"body": "ministry", "amount_asked": ministry, "deadline": "2026-06-30", "internal": True},
            ],
            milestones=[
                {"words": {"en": "Survey"}, "due": "2026-03", "done": "2026-03-12"},
                {"words": {"en": "Works"}, "due": "2026-10", "who": "paris"},
                {"words": {"en": "Opening"}, "due": "2026-11"},
            ],
        )  # fmt: skip

    return entered


def test_a_plan_adds_up_what_is_asked_confirmed_and_paid_and_says_the_gap(project):
    plan = plan_of(project())

    assert (plan.asked, plan.confirmed, plan.paid) == (Decimal(85_000), Decimal(40_000), Decimal(10_000))
    assert (plan.gap, plan.unconfirmed) == (Decimal(15_000), Decimal(45_000))


def test_a_project_is_not_decided_while_nobody_pays_for_a_part_of_it(project, act):
    with pytest.raises(PlanUnbalanced, match=r"Nobody is asked for €15,000\.00 of the cost"):
        act(move_project, project=project(), stage="decided", as_of="2026-05")

    assert Project.objects.get().stage == "study"


def test_a_plan_that_balances_lets_the_project_be_decided(project, act):
    decided = act(move_project, project=project(ministry="40000"), stage="decided", as_of="2026-05")

    assert decided.stage == "decided"


def test_sources_never_pass_the_cost(project):
    with pytest.raises(MoreThanItCosts):
        project(ministry="40001")

    assert not Project.objects.exists()


def test_steps_and_answers_whose_day_has_gone_by_are_late(project):
    project()

    assert [row.words["en"] for row in late_milestones(TODAY)] == ["Works"]
    assert [row.body.key for row in funding_awaited(TODAY)] == ["ministry"]


def test_what_stays_inside_is_in_no_table(project, rows):
    project()

    assert [row["body"] for row in rows("projects", "project_funding")] == ["paris"]
