"""Ties looked for at each turn of a file: what is closed, what is set aside, what is refused, what the minutes tell."""

from decimal import Decimal

import pytest

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions.beneficiaries import record_of
from parvis.domain.funding.actions.ties import declare_interest, declare_ties, look_at_arrivals, unconcerned_by_grant
from parvis.domain.funding.enums import GrantState, InterestGround, LookOccasion, MemberRole, TieKind
from parvis.domain.funding.errors import NothingWritten
from parvis.domain.funding.errors.choosing import (
    ConcernsYou,
    GrantConcernsYou,
    MembersConcerned,
    SelectionConcernsYou,
    SelectionDecided,
    SelectionOutdated,
    SelectionWithdrawn,
)
from parvis.domain.funding.models import Application, Crisis, Review
from parvis.domain.funding.queries import Terms, Tie
from parvis.domain.funding.queries.files import files_received
from parvis.domain.funding.queries.reviews import interests_of, looks_at, ranking_of
from parvis.foundation.accounts.models import Role, User
from tests.support import calls, grants, reviews
from tests.support.reviews import COUNCIL, SIRETS
from tests.support.reviews import READING as LATER


@pytest.fixture
def publisher(db):
    return User.objects.create_user("publisher@ville.example", role=Role.PUBLISHER)


@pytest.fixture
def call(clerk, envelope):
    return calls.opened_call(clerk, envelope=envelope.key)


@pytest.fixture
def ranked(call, clerk):
    """Three files, of 80, 60 and 40 points, each read by rosa and sami."""
    files = reviews.ranked(call, clerk)
    reviews.under_contract(files, clerk)
    return files


def person(name):
    return User.objects.get(email=f"{name}@readers.example")


def state(file):
    return Application.objects.get(pk=file.pk).state


def closed(call, publisher, **terms):
    scenario = actions.save_scenario(call=call, name="A", terms=Terms(**terms), by=publisher, at=LATER)
    return actions.close_selection(scenario=scenario, reasons={}, waiting=frozenset(), by=publisher, at=LATER)


def employed_by(number):
    return [Tie(TieKind.EMPLOYER, number=number)]


@pytest.fixture
def chairs(enter):
    """Somebody of the register holds an office in a body that asks, known there by the same number."""

    def sits(name, body, siret, **more):
        enter("body", body, kind="association", identifiers={"siret": siret})
        enter("person", f"{body}-chair", kind="office_holder", title={"fr": name})
        enter(
            "office", f"chair-of-{body}", kind="chair", title={"fr": "Présidence"}, body=body,
            holdings=[{"person": f"{body}-chair", "valid_from": "2020", **more}],
        )  # fmt: skip

    return sits


def test_a_tie_declared_once_a_file_is_ranked_takes_its_marks_out_and_sends_it_back_to_its_readers(call, ranked):
    declare_ties(person=person("rosa"), ties=employed_by(SIRETS[0]), at=LATER)

    assert [state(file) for file in ranked] == ["under_review", "ranked", "ranked"]
    assert [(one.file, one.rank) for one in ranking_of(call) if one.file != str(ranked[0].pk)] == [
        (str(ranked[1].pk), 2),
        (str(ranked[2].pk), 3),
    ]
    assert [line.candidate.file for line in queries.outcome_of(call, Terms()).lines] == [
        str(ranked[1].pk),
        str(ranked[2].pk),
    ]


def test_a_file_sent_back_is_given_to_another_reader_and_ranked_again_without_the_mark_set_aside(call, ranked, clerk):
    declare_ties(person=person("rosa"), ties=employed_by(SIRETS[0]), at=LATER)
    tove = reviews.reviewer(call, clerk, "tove")

    actions.share_files(call=call, by=clerk, at=LATER)
    reviews.signed(
        Review.objects.get(application=ranked[0], reviewer=tove),
        {code: actions.Given(2) for code in reviews.CRITERIA},
    )
    actions.rank_files(call=call, by=clerk, at=LATER)

    assert [(one.file, one.score) for one in ranking_of(call)] == [
        (str(one), Decimal(score))
        for one, score in sorted([(ranked[0].pk, "60.00"), (ranked[1].pk, "60.00")], key=lambda pair: str(pair[0]))
    ] + [(str(ranked[2].pk), Decimal("40.00"))]


def test_with_three_readers_the_score_is_worked_out_anew_and_the_file_stays_ranked(call, ranked, clerk):
    tove = reviews.reviewer(call, clerk, "tove")
    third = Review.objects.create(application=ranked[0], reviewer=tove, given_at=LATER, given_by=clerk)
    reviews.signed(third, {code: actions.Given(1) for code in reviews.CRITERIA})
    before = [one.score for one in ranking_of(call) if one.file == str(ranked[0].pk)]

    declare_ties(person=tove, ties=employed_by(SIRETS[0]), at=LATER)

    after = [one.score for one in ranking_of(call) if one.file == str(ranked[0].pk)]
    assert (before, after, state(ranked[0])) == ([Decimal("60.00")], [Decimal("80.00")], "ranked")


def test_a_tie_found_after_a_selection_is_closed_stops_the_decision_until_another_is_closed(
    call, ranked, publisher, clerk, vote
):
    selection = closed(call, publisher, threshold=Decimal(50))
    declare_ties(person=person("rosa"), ties=employed_by(SIRETS[0]), at=LATER)

    with pytest.raises(SelectionOutdated, match=str(ranked[0].number)):
        actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)

    actions.withdraw_selection(selection=selection, why="Un lien a été déclaré.", by=publisher, at=COUNCIL)
    assert [state(file) for file in ranked] == ["under_review", "ranked", "ranked"]
    with pytest.raises(SelectionWithdrawn):
        actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)
    again = closed(call, publisher, threshold=Decimal(50))
    assert [grant.amount_voted for grant in actions.record_answer(
        selection=again, decision=vote, by=publisher, at=COUNCIL)] == [Decimal(15_000)]  # fmt: skip


def test_a_selection_is_withdrawn_with_a_reason_and_never_once_it_is_decided(call, ranked, publisher, vote):
    selection = closed(call, publisher, threshold=Decimal(50))

    with pytest.raises(NothingWritten):
        actions.withdraw_selection(selection=selection, why=" ", by=publisher, at=COUNCIL)
    actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)
    with pytest.raises(SelectionDecided):
        actions.withdraw_selection(selection=selection, why="Trop tard.", by=publisher, at=COUNCIL)


def test_an_office_of_the_register_closes_the_file_of_its_body_to_its_holder(call, ranked, clerk, chairs):
    chairs("Inès Duport", "harbour-friends", SIRETS[0])
    officer = User.objects.create_user("i@ville.example", role=Role.OFFICER, first_name="Inès", last_name="Duport")

    actions.rank_files(call=call, by=clerk, at=LATER)

    assert [(one.application, one.who, one.ground, one.words) for one in interests_of(call)] == [
        (ranked[0], "Inès Duport", InterestGround.MANDATE, "Présidence")
    ]
    assert [file.pk for file in files_received(call, officer)] == [ranked[1].pk, ranked[2].pk]
    with pytest.raises(ConcernsYou):
        actions.take_step(application=ranked[0].pk, code="refuse", by=officer, at=LATER, reason="Non.")


@pytest.mark.parametrize(("ended", "found"), [("2025-06-30", 1), ("2019-06-30", 0)])
def test_an_office_that_ended_counts_for_as_many_years_as_the_city_looks_back_on(
    call, ranked, clerk, chairs, ended, found
):
    chairs("Inès Duport", "harbour-friends", SIRETS[0], valid_from="2015", valid_to=ended)
    User.objects.create_user("i@ville.example", role=Role.OFFICER, first_name="Inès", last_name="Duport")

    actions.rank_files(call=call, by=clerk, at=LATER)

    assert len(interests_of(call)) == found


def test_who_bears_another_name_in_the_register_says_so_and_its_offices_count(call, ranked, chairs):
    chairs("Inès Duport", "harbour-friends", SIRETS[0])
    rosa = person("rosa")

    declare_ties(person=rosa, ties=[Tie(TieKind.NAME, "DUPORT Inès"), Tie(TieKind.NAME, "inès duport")], at=LATER)

    assert [(one.person, one.ground) for one in interests_of(call)] == [(rosa, InterestGround.MANDATE)]


def test_a_grant_of_history_named_by_its_title_closes_the_file_of_its_beneficiary(call, ranked, enter, source):
    source("minutes")
    enter("body", "harbour-friends", kind="association", identifiers={"siret": SIRETS[1]})
    enter(
        "grant", "grant-2021-well", kind="call", title={"fr": "Un puits à Mopti"}, beneficiary="harbour-friends",
        state="awarded", year=2021, currency="EUR", amount_voted="50000", cites=[{"source": "minutes", "lines": "3"}],
    )  # fmt: skip
    rosa = person("rosa")

    declare_ties(person=rosa, ties=[Tie(TieKind.PAST_GRANT, "un puits a mopti")], at=LATER)

    assert [(one.application, one.ground, one.words) for one in interests_of(call)] == [
        (ranked[1], InterestGround.PAST_GRANT, "2021 · Un puits à Mopti")
    ]


def test_a_body_that_shared_a_project_paid_by_a_past_grant_ties_who_works_for_it(call, ranked, enter, source):
    source("minutes")
    enter("body", "harbour-friends", kind="association", identifiers={"siret": SIRETS[1]})
    enter("body", "well-diggers", kind="association", title={"fr": "Les Puisatiers"})
    enter("project", "mopti-well", kind="project", title={"fr": "Un puits"}, stage="running", stage_as_of="2026")
    for key, body in (("g-one", "harbour-friends"), ("g-two", "well-diggers")):
        enter(
            "grant", key, kind="call", beneficiary=body, project="mopti-well", year=2021, currency="EUR",
            state="awarded", amount_voted="5000", cites=[{"source": "minutes", "lines": "3"}],
        )  # fmt: skip
    rosa = person("rosa")

    declare_ties(person=rosa, ties=[Tie(TieKind.EMPLOYER, "Les puisatiers")], at=LATER)

    assert [(one.application, one.ground) for one in interests_of(call)] == [(ranked[1], InterestGround.PAST_GRANT)]


def test_who_acted_for_a_body_at_the_counter_is_tied_to_it_after_leaving_it(call, ranked, clerk):
    left = ranked[2].begun_by
    left.bodies.all().delete()
    User.objects.filter(pk=left.pk).update(role=Role.OFFICER)

    actions.rank_files(call=call, by=clerk, at=LATER)

    assert [(one.application, one.person.pk, one.ground) for one in interests_of(call)] == [
        (ranked[2], left.pk, InterestGround.MEMBER)
    ]


def test_two_ties_of_one_kind_make_one_line_of_the_minutes(call, ranked):
    rosa = person("rosa")

    declare_ties(person=rosa, ties=[*employed_by(SIRETS[0]), Tie(TieKind.EMPLOYER, "Amis des ports")], at=LATER)

    assert len([one for one in interests_of(call) if one.application == ranked[0]]) == 1


def test_the_domain_of_the_office_itself_as_the_city_states_it_ties_none_of_its_people(call, clerk):
    museum = calls.applicant("conservatrice@paris.fr")
    file = calls.sent(call, calls.body_of(museum), museum)
    publisher = User.objects.create_user("publisher@paris.fr", role=Role.PUBLISHER)

    look_at_arrivals(by=clerk, at=LATER)

    assert (interests_of(call), [one.pk for one in files_received(call, publisher)]) == ([], [file.pk])


def test_what_arrives_is_looked_at_once_before_anybody_is_shown_it(call, clerk):
    ana = calls.applicant("ana@assoc.example")
    file = calls.sent(call, calls.body_of(ana), ana)
    tied = User.objects.create_user("leo@assoc.example", role=Role.OFFICER)

    assert (look_at_arrivals(by=clerk, at=LATER), look_at_arrivals(by=clerk, at=LATER)) == (1, 0)
    assert [(one.application, one.person, one.ground, one.words) for one in interests_of(call)] == [
        (file, tied, InterestGround.EMAIL_DOMAIN, "assoc.example")
    ]


def test_an_address_of_the_form_itself_gives_its_domain_away(call, clerk):
    ana = calls.applicant("ana@gmail.com")
    calls.sent(call, calls.body_of(ana), ana)  # the form says contact@assoc.example
    tied = User.objects.create_user("leo@assoc.example", role=Role.OFFICER)

    look_at_arrivals(by=clerk, at=LATER)

    assert [(one.person, one.ground) for one in interests_of(call)] == [(tied, InterestGround.EMAIL_DOMAIN)]


def test_who_is_tied_to_one_of_those_who_ask_chooses_among_none(call, ranked, publisher, vote):
    selection = closed(call, publisher, threshold=Decimal(50))
    declare_interest(application=ranked[1], words="Ma sœur y travaille.", by=publisher, at=LATER)

    with pytest.raises(SelectionConcernsYou, match=str(ranked[1].number)):
        actions.save_scenario(call=call, name="B", terms=Terms(), by=publisher, at=LATER)
    with pytest.raises(SelectionConcernsYou):
        actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)

    other = User.objects.create_user("other@ville.example", role=Role.PUBLISHER)
    assert len(actions.record_answer(selection=selection, decision=vote, by=other, at=COUNCIL)) == 2


def test_a_tie_found_at_the_closing_itself_is_kept_though_the_closing_is_refused(call, ranked, publisher, chairs):
    scenario = actions.save_scenario(call=call, name="A", terms=Terms(), by=publisher, at=LATER)
    chairs("Paul Lige", "harbour-friends", SIRETS[0])
    User.objects.filter(pk=publisher.pk).update(first_name="Paul", last_name="Lige")
    publisher.refresh_from_db()

    with pytest.raises(SelectionConcernsYou):
        actions.close_selection(scenario=scenario, reasons={}, waiting=frozenset(), by=publisher, at=LATER)

    assert [(one.who, one.ground) for one in interests_of(call)] == [("Paul Lige", InterestGround.MANDATE)]
    assert [(look.occasion, look.found) for look in looks_at(call)][-1] == (LookOccasion.SELECTION, 1)


def test_who_ranks_leaves_to_a_colleague_the_file_that_concerns_them(call, clerk, publisher):
    for name in ("rosa", "sami"):
        reviews.reviewer(call, clerk, name)
    ana = calls.applicant()
    file = reviews.eligible(calls.sent(call, calls.body_of(ana), ana), clerk)
    actions.share_files(call=call, by=clerk, at=LATER)
    for review in reviews.readings_of(file):
        reviews.signed(review, {code: actions.Given(3) for code in reviews.CRITERIA})
    declare_interest(application=file, words="Un ami la préside.", by=clerk, at=LATER)

    assert actions.rank_files(call=call, by=clerk, at=LATER) == 0
    assert actions.rank_files(call=call, by=publisher, at=LATER) == 1


def test_members_of_the_council_with_an_office_in_a_body_that_asks_leave_the_room(
    call, ranked, publisher, enter, chairs, clerk, amend
):
    chairs("Élue Untel", "harbour-friends", SIRETS[0])
    enter("body", "the-council", kind="city")
    enter("office", "seat-in-council", kind="councillor", title={"fr": "Siège"}, body="the-council",
          holdings=[{"person": "harbour-friends-chair", "valid_from": "2020"}])  # fmt: skip
    decision = enter("decision", "vote-of-june", kind="deliberation", body="the-council", day="2027-05-28")
    selection = closed(call, publisher, threshold=Decimal(50))

    with pytest.raises(MembersConcerned, match="Élue Untel"):
        actions.record_answer(selection=selection, decision=decision.subject, by=publisher, at=COUNCIL)
    grants = actions.record_answer(
        selection=selection, decision=decision.subject, by=publisher, at=COUNCIL, stood_aside=True
    )

    assert (len(grants), [(one.who, one.words) for one in interests_of(call)]) == (2, [("Élue Untel", "Présidence")])


def test_money_of_a_grant_is_moved_by_nobody_whom_the_file_concerns(call, ranked, publisher, vote, clerk, slip):
    [grant, *_others] = actions.record_answer(
        selection=closed(call, publisher, threshold=Decimal(50)), decision=vote, by=publisher, at=COUNCIL
    )
    declare_interest(application=ranked[0], words="Ma sœur y travaille.", by=slip.by, at=COUNCIL)

    with pytest.raises(GrantConcernsYou):
        actions.cancel_award(grant=grant, slip=slip)

    grant.refresh_from_db()
    assert (grant.state, grant.file) == (GrantState.AWARDED, ranked[0].number)


def test_a_grant_without_any_file_is_acted_on_by_a_colleague_of_who_sits_in_its_body(asked, chairs, enter, clerk):
    chairs("Paul Lige", "harbour-friends", SIRETS[0])
    grant = enter("grant", "direct-one", kind="direct", beneficiary="harbour-friends", year=2026, currency="EUR",
                  state="asked")  # fmt: skip
    paul = User.objects.create_user("p@ville.example", role=Role.FINANCE, first_name="Paul", last_name="Lige")

    unconcerned_by_grant(grant, clerk, LATER)
    with pytest.raises(GrantConcernsYou):
        unconcerned_by_grant(grant, paul, LATER)


def test_a_grant_without_any_file_is_acted_on_by_a_colleague_of_who_acts_for_its_body_at_the_counter(clerk):
    body = calls.body_of(calls.applicant("ana@assoc.example"))
    grant = grants.awarded(body)
    member = User.objects.create_user("m@elsewhere.example", role=Role.OFFICER)
    unconcerned_by_grant(grant, member, LATER)
    body.members.create(person=member, role=MemberRole.WRITER, since=calls.OPENS)

    unconcerned_by_grant(grant, clerk, LATER)
    with pytest.raises(GrantConcernsYou):
        unconcerned_by_grant(grant, member, LATER)


def test_emergency_aid_is_taken_up_or_refused_by_nobody_tied_to_the_body_that_asks(clerk):
    ana = calls.applicant("ana@assoc.example")
    body = calls.body_of(ana)
    crisis = grants.enter(Crisis, actions.enter_crisis, "flood", "disaster", opened="2026-01", visibility="public")
    request = actions.ask_emergency_aid(
        crisis=crisis, body=body, amount=Decimal(30_000), purpose="Water", place="Sylhet", language="en", by=ana,
        at=LATER,
    )  # fmt: skip
    tied = User.objects.create_user("m@ville.example", role=Role.OFFICER)
    declare_ties(person=tied, ties=[Tie(TieKind.EMPLOYER, name=body.name)], at=LATER)

    with pytest.raises(GrantConcernsYou):
        actions.take_up_emergency(request=request, by=tied, at=LATER)
    with pytest.raises(GrantConcernsYou):
        actions.refuse_emergency(request=request, reason="No", by=tied, at=LATER)

    assert (queries.emergencies_of_concern([request], tied, LATER.date()), request.state) == ({request.pk}, "waiting")
    assert actions.take_up_emergency(request=request, by=clerk, at=LATER).file == request.number


def test_the_minutes_tell_each_look_and_what_was_done(call, ranked, clerk, publisher, vote):
    declare_ties(person=person("rosa"), ties=employed_by(SIRETS[2]), at=LATER)
    selection = closed(call, publisher, threshold=Decimal(50))
    actions.record_answer(selection=selection, decision=vote, by=publisher, at=COUNCIL)

    assert [(one.occasion, one.files, one.found, one.set_aside, one.put_back) for one in looks_at(call)] == [
        ("sharing", 3, 0, 0, 0),
        ("ranking", 3, 0, 0, 0),
        ("declared", 3, 1, 1, 1),
        ("selection", 3, 0, 0, 0),
        ("decision", 3, 0, 0, 0),
    ]
    assert record_of(ranked[2].body, by=clerk, at=LATER).noun == "body"


def test_a_file_that_comes_back_is_looked_at_again_as_it_is_sent(call, clerk):
    ana = calls.applicant("ana@gmail.com")
    file = calls.sent(call, calls.body_of(ana), ana)
    leo = User.objects.create_user("leo@harbour.example", role=Role.OFFICER)
    look_at_arrivals(by=clerk, at=LATER)
    actions.take_step(application=file.pk, code="ask", by=clerk, at=LATER, reason="Un contact.")

    calls.write(file, ana, {"contact": "zoe@harbour.example"}, at=LATER)
    before = interests_of(call)
    actions.send_file(application=file.pk, by=ana, at=LATER, language="en")

    assert (before, [(one.person, one.ground) for one in interests_of(call)]) == (
        [],
        [(leo, InterestGround.EMAIL_DOMAIN)],
    )
    assert [one.pk for one in files_received(call, leo)] == []
    assert [(one.occasion, one.found) for one in looks_at(call)][1:] == [(LookOccasion.RETURNED, 1)]


def test_who_joins_a_body_that_asks_closes_its_files_at_once_and_sets_readings_aside(call, ranked):
    body = ranked[0].body
    zoe = calls.applicant("zoe@readers.example")
    body.invitations.create(email=zoe.email, role=MemberRole.WRITER, invited_at=LATER, invited_by=ranked[0].begun_by)

    actions.join_body(person=zoe, at=LATER)

    assert [(one.application, one.person, one.ground) for one in interests_of(call)] == [
        (ranked[0], person(name), InterestGround.EMAIL_DOMAIN) for name in ("rosa", "sami")
    ]
    assert [state(file) for file in ranked] == ["under_review", "ranked", "ranked"]
    assert Review.objects.standing().filter(application=ranked[0]).count() == 0


def test_two_accounts_of_one_association_in_a_small_office_are_both_found(call, clerk):
    ana = calls.applicant("ana@assoc.example")
    file = calls.sent(call, calls.body_of(ana), ana)
    pair = [User.objects.create_user(f"{name}@assoc.example", role=Role.OFFICER) for name in ("leo", "lia")]

    look_at_arrivals(by=clerk, at=LATER)

    assert [(one.application, one.person, one.ground) for one in interests_of(call)] == [
        (file, one, InterestGround.EMAIL_DOMAIN) for one in pair
    ]


def test_a_partner_added_as_a_file_is_completed_ties_who_works_for_it_and_a_funder_does_not(call, clerk):
    ana = calls.applicant("ana@gmail.com")
    file = calls.sent(call, calls.body_of(ana), ana)
    leo, zoe = (User.objects.create_user(f"{name}@ville.example", role=Role.OFFICER) for name in ("leo", "zoe"))
    declare_ties(person=leo, ties=[Tie(TieKind.EMPLOYER, "Les Puisatiers")], at=LATER)
    declare_ties(person=zoe, ties=[Tie(TieKind.EMPLOYER, "Conseil régional")], at=LATER)
    look_at_arrivals(by=clerk, at=LATER)
    actions.take_step(application=file.pk, code="ask", by=clerk, at=LATER, reason="Qui creuse ?")

    funded = {"cofunding.f1.funder": "Conseil régional", "cofunding.f1.amount": "20000", "cofunding.f1.sure": "asked"}
    calls.write(file, ana, {"partners.b1.partner-name": "Les puisatiers", **funded}, at=LATER)
    actions.send_file(application=file.pk, by=ana, at=LATER, language="fr")

    assert [(one.person, one.ground) for one in interests_of(call)] == [(leo, InterestGround.EMPLOYER)]
