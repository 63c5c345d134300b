"""A call on four hundred real requests of 2013, from its opening to the last euro accounted for."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Sum
from django.test import Client
from django.urls import reverse

from parvis.domain.funding import actions, queries
from parvis.domain.funding.enums import GrantState, Proposed
from parvis.domain.funding.errors.choosing import AboveUnexplained
from parvis.domain.funding.models import (
    Application,
    Convention,
    Envelope,
    Grant,
    Instalment,
    OutgoingEmail,
    PaymentOrder,
    RecoveryClaim,
    SelectionLine,
)
from parvis.doors.desk.tasks import make_letters
from parvis.doors.jobs.rehearsing import accounting, filing, giving, judging, people, publishing, stage
from parvis.doors.jobs.rehearsing.calendar import Calendar
from parvis.doors.jobs.rehearsing.requests import asked_in_all, drawn, voted_in_all
from tests.stories.conftest import plain
from tests.support import calls
from tests.support.released import readable

TODAY = date(2026, 11, 26)
THRESHOLD = Decimal(23_000)
#: Of what is typed in a rehearsal, the words no public text has.
TYPED = ("pour la répétition : aucune", "Note jouée", "rendu financier (rép")
ASKED, VOTED = Decimal(17_368_120), Decimal(11_900_425)


@dataclass
class Told:
    """The requests, and the request of each file: by its identifier, and by its number."""

    requests: tuple
    by_file: dict
    by_number: dict

    @property
    def voted(self):
        return [one for one in self.requests if one.voted]


@pytest.fixture
def play(house):
    """The stage: an envelope that holds what was voted on these requests, and one euro."""
    calls.enter_workflow(house.by)
    return stage.set_up(people.cast(house.at), Calendar(TODAY), envelope=voted_in_all(drawn()) + 1)


def summed(rows, column):
    return rows.aggregate(total=Sum(column))["total"] or Decimal(0)


def filed(play):
    files = filing.Counter(play.cast).file(play.call, drawn(), play.calendar.filed)
    told = Told(
        drawn(),
        {str(files[one.line].pk): one for one in drawn()},
        {files[one.line].number: one for one in drawn()},
    )
    assert (asked_in_all(told.requests), voted_in_all(told.requests)) == (ASKED, VOTED)
    assert Application.objects.filter(state="submitted").count() == 400
    return told


def judged(play, told):
    days = play.calendar
    judging.made_eligible(play.call.applications.all(), play.cast, days.read)
    judging.shared(play.call, play.cast, days.read)
    judging.read(play.call, told.by_file, days.read)
    assert actions.rank_files(call=play.call, by=play.cast.officer, at=days.read) == 400


def selected(play, told):
    """Seventeen of these were voted more than they asked: without a reason none of it passes, with one it does."""
    scenario = judging.scenario_of(play.call, told.by_file, play.cast, play.calendar.proposed)
    with pytest.raises(AboveUnexplained):
        actions.close_selection(
            scenario=scenario, reasons={}, waiting=frozenset(), by=play.cast.publisher, at=play.calendar.proposed
        )
    selection = judging.selected(scenario, told.by_file, play.cast, play.calendar.proposed)
    lines = selection.lines.all()
    assert (summed(lines, "asked"), summed(lines, "amount")) == (ASKED, VOTED)
    return selection


def answered(play, told, selection):
    """Each grant is its request's to the cent; each refusal has its reason; each file its letter."""
    giving.answered(selection, play)
    grants = list(Grant.objects.select_related("subject", "beneficiary").order_by("file"))
    given = {grant.file: (grant.amount_asked, grant.amount_voted) for grant in grants}
    standing = queries.standing_of_envelope(Envelope.objects.get())
    refused = SelectionLine.objects.filter(proposed=Proposed.REFUSE)
    make_letters.call(selection.pk, play.cast.publisher.pk)
    letters = OutgoingEmail.objects.filter(letter__isnull=False)
    assert given == {number: (one.asked, one.voted) for number, one in told.by_number.items() if one.voted}
    assert (standing.engaged, standing.left) == (VOTED, Decimal(1))
    assert refused.count() == len(told.requests) - len(told.voted) == 135
    assert all(line.reason for line in refused)
    assert sum(bool(grant.above_asked) for grant in grants) == sum(one.above for one in told.requests) == 17
    assert set(letters.values_list("application", flat=True)) == set(Application.objects.values_list("pk", flat=True))
    return grants


def under_convention(play, told, grants):
    """A convention for every body that passes 23,000 euros in the year, all its grants together; for none other."""
    totals = Counter()
    for one in told.voted:
        totals[filing.numbered(one)] += one.voted
    expected = {number: one.voted for number, one in told.by_number.items() if totals[filing.numbered(one)] > THRESHOLD}

    bound = giving.under_convention(grants, play)

    assert {one.grant.file: one.amount for one in Convention.objects.select_related("grant")} == {
        number: voted for number, voted in expected.items() if voted
    }
    assert Convention.objects.filter(signed__isnull=True).count() == 0
    return bound


def paid_by_finance(play, instalments, at):
    """Orders leave as a file of the desk, and the answers of finance come back as one."""
    giving.ordered(instalments, play, at)
    desk = Client()
    desk.force_login(play.cast.finance)
    left = list(csv.DictReader(io.StringIO(desk.post(reverse("desk:export_payments")).content.decode())))
    reply = io.StringIO()
    writer = csv.writer(reply)
    writer.writerow(["order", "paid_on", "amount", "reference", "refused"])
    writer.writerows([row["order"], at.date(), row["amount"], f"M-{row['order']}", ""] for row in left)
    answers = SimpleUploadedFile("answers.csv", reply.getvalue().encode())
    assert desk.post(reverse("desk:payment_answers"), {"answers": answers}).status_code == 200
    return sum(Decimal(row["amount"]) for row in left)


def paid(play, grants, bound):
    """All that is voted is paid, in one time or two; a second time waits for the report."""
    instalments = giving.planned(grants, bound, play)
    first = [one for one in instalments if one.position == 1]
    second = [one for one in instalments if one.position == 2]
    assert summed(Instalment.objects.all(), "amount") == VOTED
    assert queries.blocks_of(second[0], play.calendar.paid.date()) != []

    left = paid_by_finance(play, first, play.calendar.paid)
    accounting.told(grants, play)
    left += paid_by_finance(play, second, play.calendar.paid_again)

    assert left == summed(PaymentOrder.objects.filter(state="paid"), "amount") == VOTED
    assert (summed(Grant.objects.all(), "amount_paid"), len(second)) == (VOTED, len(bound))


def accounted_for(play, grants):
    """What was not spent comes back; nothing else is missing; every grant is closed."""
    accounting.accounted(grants, play)
    expected = sum(accounting.unspent_of(grant) for grant in grants)

    back = accounting.recovered(grants, play)
    accounting.closed(grants, play)

    money = queries.standing_of_envelope(Envelope.objects.get())
    assert back == expected == summed(RecoveryClaim.objects.filter(state="recovered"), "amount") > 0
    assert (money.engaged, money.paid, money.recovered, money.kept) == (VOTED, VOTED, back, VOTED - back)
    assert set(Grant.objects.values_list("state", flat=True)) == {GrantState.CLOSED}
    assert list(queries.ledger_faults()) == []
    return back


def traced(play, told, grant):
    """From what was paid back to the levy, the vote, the score, the form: one page of the desk."""
    one = told.by_number[grant.file]
    desk = Client(headers={"accept-language": "en"})
    desk.force_login(play.cast.finance)
    trail = plain(desk.get(reverse("desk:money_trail", args=[grant.key])).content.decode())
    steps = (
        "General budget (rehearsal)", "Decision played (rehearsal)", grant.file, f"€{one.asked:,.2f}",
        f"€{one.voted:,.2f}", f"CONV-{grant.file}", "version 1, frozen on", "rank ", "Marks of the signed readings",
        f"Paid €{one.voted:,.2f}, paid back €{accounting.unspent_of(grant):,.2f}",
    )  # fmt: skip
    assert [step for step in steps if step not in trail] == []


def published(house, told, grants, play, back):
    """The public reads the same totals, and the name of nobody."""
    publishing.made_public(grants, told.by_number, by=house.by, at=play.calendar.settled)
    pages = house.publish()
    table = pages.words(f"/en/money/grants?year={play.calendar.year}")
    listed = b"".join(pages.client.get(f"/en/money/grants.csv?year={play.calendar.year}").streaming_content)
    rows = list(csv.DictReader(io.StringIO(listed.decode("utf-8-sig"))))
    assert pages.counted("/en/money/grants") == "265 grants"
    assert f"€{VOTED:,.2f} voted" in table
    assert back > 0
    assert f"less €{back:,.2f} that came back" in pages.words("/en/money")
    assert ["not to be added up" in pages.words(f"/en/money{of}") for of in ("", "/grants?view=chart", "/grants")] == [
        True, True, False,
    ]  # fmt: skip
    assert f"€{VOTED:,.2f} of which €{back:,.2f} came back" in pages.words(f"/en/money/budget/{play.calendar.year}")
    assert sum(Decimal(row["amount_voted"]) for row in rows) == VOTED
    assert persons_in(house.folder / "releases") == {}


def persons_in(folder):
    """Files of a release that name whoever wrote, read, signed or decided, or that say what they typed inside."""
    words = ("rehearsal.invalid", "Montplanche", *TYPED)
    spelt = [re.escape(form).encode() for word in words for form in (word, json.dumps(word)[1:-1])]
    planted = re.compile(b"|".join(spelt))
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".zip", ".parquet", ".sqlite", ".csv", ".json"}
    return {path.name: found for path in files if (found := planted.findall(readable(path)))}


def test_a_whole_call_is_the_council_s_of_2013_to_the_cent_from_the_request_to_what_came_back(house, play):
    told = filed(play)
    judged(play, told)
    grants = answered(play, told, selected(play, told))
    bound = under_convention(play, told, grants)
    paid(play, grants, bound)
    back = accounted_for(play, grants)
    traced(play, told, next(grant for grant in bound if accounting.unspent_of(grant)))
    published(house, told, grants, play, back)
