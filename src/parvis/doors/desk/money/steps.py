"""The steps a grant may take from where it stands: each asks its few fields and says what it waits for."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from parvis.domain.funding import actions, queries
from parvis.domain.funding.actions import Part, Source
from parvis.domain.funding.enums import (
    Advice,
    ClaimState,
    Condition,
    GrantForm,
    GrantState,
    OrderState,
    ReportKind,
    ReportState,
)
from parvis.domain.funding.errors import NothingMoves, spelt
from parvis.domain.funding.models import (
    Amendment,
    AmendmentRequest,
    BodyStanding,
    ConventionPaper,
    Envelope,
    Grant,
    Instalment,
    Opinion,
    PaymentOrder,
    Report,
)
from parvis.domain.funding.rules import may_move_money, may_sign_for_city
from parvis.doors.desk.access import who
from parvis.doors.desk.money import signing
from parvis.doors.desk.money.deeds import Deed, Said
from parvis.doors.desk.naming import title_of
from parvis.foundation.accounts.models import Role
from parvis.foundation.accounts.rules import at_least
from parvis.register.models import Subject

_S = GrantState
_MOVES_MONEY = gettext_lazy("it moves money: finance does it.")


def grant_of(key: str) -> Grant:
    ties = ("subject", "beneficiary", "decision", "crisis", "agreement", "programme", "levy")
    return get_object_or_404(Grant.objects.select_related(*ties), subject__key=key)


class Deeds:
    """The steps a grant may take from where it stands, for the person at the desk."""

    def __init__(self, held: Grant, request: HttpRequest) -> None:
        self.held, self.request = held, request
        decision = held.decision.key if held.decision else ""
        self.first: Said = {"decision": decision, "day": timezone.localdate()}
        self.mine = queries.envelopes_of_grant(held.subject)

    def all(self) -> list[Deed]:
        finance = self._awards() + self._payments() if at_least(self.request.user, Role.FINANCE) else []
        if not at_least(self.request.user, Role.OFFICER):
            return finance
        return self._reviews() + finance + self._opinions() + self._conventions() + self._reports()

    def _deed(self, code: str, label: str, asks: tuple[str, ...], act: Any, *lacks: str, **more: Any) -> Deed:
        def done(said: Said, slip: Any) -> Any:
            actions.unconcerned_by_grant(self.held, slip.by, slip.at)
            return act(said, slip)

        first, some = more.pop("first", self.first), more.get("envelopes", ())
        if "envelope" in asks and len(some) == 1:  # there is nothing to choose from
            first = {"envelope": some[0][0], **first}
        return Deed(code, label, asks, done, list(lacks), first, **more)

    def _choices(self, envelopes: Any) -> list[tuple[str, str]]:
        return [(each.key, f"{title_of(each.subject)} · {each.year}") for each in envelopes]

    def _envelope(self, key: str) -> Envelope:
        return get_object_or_404(Envelope.objects.select_related("subject", "levy"), subject__key=key)

    def _who(self) -> dict[str, Any]:
        return {"by": who(self.request), "at": timezone.now()}

    def _awards(self) -> list[Deed]:
        held, common = self.held, ("decision", "day")
        warns = self._advised() if held.state == _S.ASKED else ""
        if held.state == _S.ASKED and held.form == GrantForm.IN_KIND:
            return [
                self._deed(
                    "award_in_kind", _("Award"), ("value", *common, "above_asked"), self._award_in_kind, warns=warns
                ),
                self._refuse(),
            ]
        if held.state == _S.ASKED:
            some = self._choices(queries.envelopes_to_draw_on().filter(year=held.year))
            asks = ("amount", "envelope", "more_amount", "other_envelope", *common, "above_asked")
            return [
                self._deed("award", _("Award"), asks, self._award, envelopes=some, warns=warns),
                self._deed("reserve", _("Reserve"), ("amount", "envelope", *common), self._reserve, envelopes=some),
                self._refuse(),
            ]
        if held.state == _S.AWARDED:
            ends, undone = self._what_ends()
            return [
                self._deed("close", _("Close the grant"), common,
                           lambda _s, slip: actions.close_grant(grant=held, slip=slip),
                           *queries.closing_lacks(held), warns=ends),
                self._deed("cancel", _("Cancel the award"), common,
                           lambda _s, slip: actions.cancel_award(grant=held, slip=slip),
                           *([_("money is paid: it is claimed back.")] if held.amount_paid else []), warns=undone),
                *self._rectifications(),
            ]  # fmt: skip
        return []

    def _what_ends(self) -> tuple[str, str]:
        """What closing and cancelling do to the money; help in kind moves none, and its value is told."""
        held = self.held
        if held.form == GrantForm.IN_KIND:
            worth = {"amount": spelt(held.amount_voted or Decimal(0), held.currency)}
            return _("A closed grant is not opened again."), _(
                "Help worth %(amount)s is no longer given. A cancelled grant is not revived: to give again, another "
                "is entered. Choose the decision that undoes it, or notes that it is given up."
            ) % worth
        free = {"amount": spelt(queries.standing_of_grant(held.subject).to_pay, held.currency)}
        return _("%(amount)s not paid goes back to the envelope. A closed grant is not opened again.") % free, _(
            "%(amount)s goes back to the envelope. A cancelled grant is not revived: to give again, another is "
            "entered. Choose the decision that undoes it, or notes that it is given up."
        ) % free

    def _advised(self) -> str:
        """What whoever awards a grant outside a call is told of the opinions on it."""
        if queries.application_of(self.held) is not None:
            return ""
        given = set(self.held.opinions.standing().values_list("advice", flat=True))
        if not given:
            return _("No opinion is noted on this request.")
        return _("An unfavourable opinion is noted on this request.") if Advice.UNFAVOURABLE in given else ""

    def _opinions(self) -> list[Deed]:
        """Of a grant that no call asked for, offices say what they think before it is decided."""
        held = self.held
        if held.state != _S.ASKED or queries.application_of(held) is not None:
            return []

        def give(said: Said, _slip: Any) -> None:
            actions.give_opinion(
                grant=held, office=_named("office", said["advised_by"]), advice=Advice(said["advice"]),
                given=said["day"], why=said["grounds"], **self._who(),
            )  # fmt: skip

        note = self._deed("opinion", _("Note an opinion"), ("advice", "advised_by", "day", "grounds"), give)
        return [note, *(self._take_opinion_back(each) for each in held.opinions.standing().select_related("office"))]

    def _take_opinion_back(self, opinion: Opinion) -> Deed:
        said = {"office": title_of(opinion.office), "advice": opinion.get_advice_display()}

        def take_back(said: Said, _slip: Any) -> None:
            actions.take_opinion_back(opinion=opinion, why=said["reason"], **self._who())

        return self._deed(
            f"opinion-back-{opinion.pk}", _("Take back the opinion of %(office)s (%(advice)s)") % said, ("reason",),
            take_back, first={}, warns=_(
                "It was noted by mistake: it stays told on this page with your reason, and counts no more."
            ),
        )  # fmt: skip

    def _refuse(self) -> Deed:
        held = self.held
        return self._deed(
            "refuse", _("Refuse"), ("decision", "day"), lambda _s, slip: actions.refuse_grant(grant=held, slip=slip),
            warns=_("A refused grant is not taken up again: another is entered."),
        )  # fmt: skip

    def _rectifications(self) -> list[Deed]:
        """The council changes what it voted while no convention is drawn up; an amendment does afterwards."""
        held = self.held
        if held.form == GrantForm.IN_KIND or not self.mine or queries.convention_of(held) is not None:
            return []

        def rectify(said: Said, slip: Any) -> None:
            if not said["change"]:
                raise NothingMoves
            actions.rectify_award(
                grant=held, envelope=self._envelope(said["envelope"]), change=said["change"], slip=slip
            )

        asks, some = ("change", "envelope", "reason", "decision", "day"), self._choices(self.mine)
        first = {"day": timezone.localdate(), "envelope": some[0][0]}
        return [self._deed(
            "rectify", _("Change what was voted"), asks, rectify, envelopes=some, first=first,
            warns=_("Instalments not ordered yet are to be planned again afterwards."),
        )]  # fmt: skip

    def _award(self, said: Said, slip: Any) -> None:
        sources = [Source(self._envelope(said["envelope"]), said["amount"])]
        if said["more_amount"] and said["other_envelope"]:
            sources.append(Source(self._envelope(said["other_envelope"]), said["more_amount"]))
        actions.award_grant(grant=self.held, sources=sources, slip=slip, above_asked=_words(said["above_asked"]))

    def _award_in_kind(self, said: Said, slip: Any) -> None:
        actions.award_in_kind(grant=self.held, value=said["value"], slip=slip, above_asked=_words(said["above_asked"]))

    def _reserve(self, said: Said, slip: Any) -> None:
        actions.reserve(grant=self.held, envelope=self._envelope(said["envelope"]), amount=said["amount"], slip=slip)

    def _payments(self) -> list[Deed]:
        held = self.held
        sent_back = [self._send_back(each) for each in queries.orders_of(held).filter(state=OrderState.PAID)]
        if held.state != _S.AWARDED or not self.mine:
            return sent_back
        found = [self._pay(each) for each in queries.instalments_to_move(held)]
        found += [self._restore(each) for each in queries.orders_to_restore(held)]
        short = queries.orders_above_what_is_left(held)
        found += [self._restore(each, self._above(each, left)) for each, left in short]
        claims = [each for each in held.claims.all() if each.state == ClaimState.ISSUED]
        found += sent_back
        found += [
            self._deed(f"settle-{claim.pk}", _("Settle a claim"), ("settled", "came_back", "decision", "day"),
                       lambda said, slip, claim=claim: actions.settle_claim(
                           claim=claim, recovered=said["settled"] == "yes", slip=slip, amount=said["came_back"]))
            for claim in claims
        ]  # fmt: skip
        if held.amount_paid:
            asks = ("amount", "envelope", "reason", "decision", "day")
            some = self._choices(self.mine)
            found.append(self._deed("claim", _("Claim back"), asks, self._claim, envelopes=some))
        return found

    def _pay(self, instalment: Instalment) -> Deed:
        label = _("Order instalment %(number)s") % {"number": instalment.position}
        lacks = queries.blocks_of(instalment, timezone.localdate())

        def order(_said: Said, slip: Any) -> None:
            actions.order_payment(instalment=instalment, slip=slip)

        return self._deed(f"pay-{instalment.pk}", label, ("decision", "day"), order, *lacks)

    def _send_back(self, order: PaymentOrder) -> Deed:
        label = _("Transfer %(number)s was sent back by the bank") % {"number": order.number}

        def sent_back(said: Said, slip: Any) -> None:
            actions.return_payment(order=order, on=said["day"], why=said["reason"], by=slip.by, at=slip.at)

        return self._deed(f"returned-{order.pk}", label, ("day", "reason"), sent_back)

    def _above(self, order: PaymentOrder, left: Decimal) -> str:
        """Why an order that was paid indeed cannot be noted so yet, and what to do."""
        said = {"left": spelt(left, self.held.currency), "amount": spelt(order.amount, self.held.currency)}
        return (
            _(
                "only %(left)s of this grant is left to order, and this order was of %(amount)s. If it was paid indeed,"
                " raise the grant again first; what its beneficiary is not to keep is claimed back afterwards."
            )
            % said
        )

    def _restore(self, order: PaymentOrder, *lacks: str) -> Deed:
        """Put right a row of finance's answers that was about another order."""
        refused = order.state == OrderState.REFUSED
        label = (
            _("Order %(number)s was not refused: it was paid")
            if refused
            else _("Transfer %(number)s was not sent back: it was paid")
        )

        def restore(said: Said, slip: Any) -> None:
            actions.restore_payment(order=order, why=said["reason"], paid=said.get("day"), by=slip.by, at=slip.at)

        return self._deed(
            f"restore-{order.pk}", label % {"number": order.number}, ("day", "reason") if refused else ("reason",),
            restore, *lacks, first={}, warns=_(
                "What was told by mistake stays in the trail. The payment is noted under a new number, which is not"
                " handed to finance."
            ),
        )  # fmt: skip

    def _claim(self, said: Said, slip: Any) -> None:
        actions.claim_back(
            grant=self.held,
            envelope=self._envelope(said["envelope"]),
            amount=said["amount"],
            reason=said["reason"],
            slip=slip,
        )

    def _conventions(self) -> list[Deed]:
        held = self.held
        if held.state != _S.AWARDED or not (self.mine or held.form == GrantForm.IN_KIND):
            return self._standing()
        convention, some = queries.convention_of(held), self._choices(self.mine)
        asks: tuple[str, ...]
        found = [self._deed("instalments", _("Plan the instalments"), ("parts",), self._plan, envelopes=some,
                            first={"envelope_1": some[0][0], "condition_1": Condition.SIGNATURE})
                 ] if some else []  # fmt: skip
        if convention is None:
            asks = ("number", "regranting", "starts", "ends")
            found.append(self._deed("draw_up", _("Draw up the convention"), asks, self._draw_up))
        elif convention.signed is None:
            found.append(self._deed("put_up", _("Put up for signature at the counter"), (), self._put_up,
                                    *signing.put_up_lacks(held)))  # fmt: skip
            if not signing.put_up_lacks(held) or queries.paper_to_sign(held) is None:
                found.append(self._deed("renew", _("Make it from the text as it stands now"), (), self._renew))
            found.append(self._signature(queries.paper_to_sign(held)))
        else:
            asks = ("change", *(("envelope",) if some else ()), "new_end", "carried", "reason", "decision", "day")
            found += [deed for one in queries.amendments_of(held) for deed in self._amendment(*one)]
            found += [self._answer(each, some) for each in queries.amendments_asked(held) if each.state == "waiting"]
            waits = queries.waiting_amendments(held).exists()
            lacks = [_("an amendment waits for its signatures.")] if waits else []
            found.append(self._deed("amend", _("Amend the convention"), asks, self._amend, *lacks, envelopes=some))
        return found + self._standing()

    def _signature(self, paper: ConventionPaper | None) -> Deed:
        """The city signs the paper its beneficiary signed; one signed by hand by both is recorded with its day."""
        if paper is None or not hasattr(paper, "signature"):
            return self._deed("sign", _("Record the signature"), ("day",), self._sign)
        return self._for_the_city("sign_city", _("Sign for the City"), paper, self._sign_for_city)

    def _amendment(self, rank: int, amendment: Amendment, paper: ConventionPaper | None) -> list[Deed]:
        """What is still to be done of an amendment: put its paper up, and sign it."""
        if amendment.signed or amendment.given_up:
            return []
        named, on = {"rank": rank}, amendment.pk

        def put_up(_said: Said, _slip: Any) -> None:
            signing.put_up(self.held, amendment=amendment, **self._who())

        def sign(said: Said, _slip: Any) -> None:
            actions.sign_amendment(amendment=amendment, signed=said["day"], **self._who())

        def sign_for_city(said: Said, slip: Any) -> None:
            self._sign_for_city(said, slip, amendment)

        def give_up(said: Said, _slip: Any) -> None:
            actions.give_up_amendment(amendment=amendment, on=said["day"], **self._who())

        lacks = [] if amendment.change is None or may_move_money(self.request.user) else [str(_MOVES_MONEY)]
        given_up = self._deed(f"give_up-{on}", _("Give up amendment %(rank)s") % named, ("day",), give_up, *lacks)
        if hasattr(paper, "signature") and paper is not None:
            return [self._for_the_city(
                f"sign_city-{on}", _("Sign amendment %(rank)s for the City") % named, paper, sign_for_city
            ), given_up]  # fmt: skip
        return [
            self._deed(f"put_up-{on}", _("Put amendment %(rank)s up for signature at the counter") % named, (), put_up,
                       *signing.put_up_lacks(self.held, amendment)),
            self._deed(f"sign-{on}", _("Record the signature of amendment %(rank)s") % named, ("day",), sign, *lacks),
            given_up,
        ]  # fmt: skip

    def _for_the_city(self, code: str, label: str, paper: ConventionPaper, act: Any) -> Deed:
        first = {"name": who(self.request).get_full_name()}
        lacks = [] if may_sign_for_city(self.request.user) else [_("a publisher signs for the City.")]
        asks = ("name", "capacity", "office", "delegation")
        return self._deed(code, label, asks, act, *lacks, first=first, seen=paper.sha256)

    def _sign_for_city(self, said: Said, _slip: Any, amendment: Amendment | None = None) -> None:
        actions.sign_for_city(
            grant=self.held, seen=self.request.POST.get("seen", ""), name=said["name"], capacity=said["capacity"],
            office=_named("office", said["office"]), delegation=_named("decision", said["delegation"]),
            amendment=amendment, **self._who(),
        )  # fmt: skip

    def _answer(self, request: AmendmentRequest, some: list[tuple[str, str]]) -> Deed:
        def answer(said: Said, slip: Any) -> None:
            envelope = self._envelope(said["envelope"]) if said.get("envelope") else None
            actions.answer_request(
                request=request, accepted=said["granted"] == "yes", answer=said["answer"], slip=slip, envelope=envelope
            )

        label = _("Answer the request for an amendment")
        asks = ("granted", "answer", *(("envelope",) if request.change and some else ()), "decision", "day")
        return self._deed(f"answer-{request.pk}", label, asks, answer, envelopes=some)

    def _standing(self) -> list[Deed]:
        body = self.held.beneficiary
        if body is None or body.kind not in queries.UNDER_CONTRACT:
            return []
        known = BodyStanding.objects.filter(body=body).first()
        asks = ("contract_signed", "approved", "public_interest", "contract_broken")

        def declare(said: Said, _slip: Any) -> None:
            actions.declare_standing(body=body, **{name: said[name] for name in asks}, **self._who())

        first = {name: getattr(known, name) for name in asks} if known else {}
        return [self._deed("standing", _("Republican-commitment contract"), asks, declare, first=first)]

    def _plan(self, said: Said, _slip: Any) -> None:
        parts = [
            Part(
                self._envelope(said[f"envelope_{row}"] or said["envelope_1"]),
                said[f"amount_{row}"],
                Condition(said[f"condition_{row}"] or Condition.SIGNATURE),
                said[f"day_{row}"],
            )
            for row in (1, 2, 3)
            if said[f"amount_{row}"]
        ]
        actions.plan_instalments(grant=self.held, parts=parts, **self._who())
        self._put_up_anew()

    def _put_up_anew(self) -> None:
        """A paper put up that nobody signed follows what it says: nobody signs what was changed since."""
        paper = queries.paper_to_sign(self.held)
        if paper is not None and not paper.convention.signed and not hasattr(paper, "signature"):
            signing.put_up(grant_of(self.held.key), **self._who())

    def _draw_up(self, said: Said, _slip: Any) -> None:
        actions.draw_up_convention(grant=self.held, **said, **self._who())

    def _sign(self, said: Said, _slip: Any) -> None:
        actions.sign_convention(grant=self.held, signed=said["day"], **self._who())

    def _renew(self, _said: Said, _slip: Any) -> None:
        actions.renew_wording(grant=self.held, **self._who())
        self._put_up_anew()

    def _put_up(self, _said: Said, _slip: Any) -> None:
        signing.put_up(self.held, **self._who())

    def _amend(self, said: Said, slip: Any) -> None:
        actions.amend_convention(
            grant=self.held,
            slip=slip,
            reason=said["reason"],
            envelope=self._envelope(said["envelope"]) if said.get("envelope") else None,
            change=said["change"],
            ends=said["new_end"],
            carried=said["carried"],
        )

    def _reports(self) -> list[Deed]:
        held = self.held
        if held.state != _S.AWARDED:
            return []
        asks = ("kind", "day", "words", "lines", "unspent", "signed_by")
        found = [self._deed("report", _("Receive a report"), asks, self._receive)]
        doubted = {order.told_in.pk: order for order in queries.sent_back_since(held) if order.told_in}
        return found + [self._ask_again(each) for each in held.reports.all() if each.pk in doubted]

    def _reviews(self) -> list[Deed]:
        """Reports that wait to be examined: what follows of the grant hangs on them."""
        if self.held.state != _S.AWARDED:
            return []
        return [self._review(each) for each in self.held.reports.all() if each.state == ReportState.RECEIVED]

    def _ask_again(self, report: Report) -> Deed:
        def ask(said: Said, _slip: Any) -> None:
            actions.ask_for_report_again(report=report, why=said["reason"], on=timezone.localdate(), **self._who())

        return self._deed(
            f"again-{report.pk}", _("Ask for another financial report"), ("reason",), ask,
            warns=_("The accepted report goes back to its beneficiary, with these words."),
        )  # fmt: skip

    def _review(self, report: Report) -> Deed:
        def review(said: Said, _slip: Any) -> None:
            verdict = {"accepted": said["verdict"] == "yes", "remark": said["remark"]}
            actions.review_report(report=report, **verdict, on=timezone.localdate(), **self._who())

        label = _("Review: %(report)s") % {"report": report.get_kind_display()}
        return self._deed(f"review-{report.pk}", label, ("verdict", "remark"), review)

    def _receive(self, said: Said, _slip: Any) -> None:
        facts = {name: said[name] for name in ("words", "lines", "unspent", "signed_by")}
        actions.receive_report(
            grant=self.held, kind=ReportKind(said["kind"]), received=said["day"], **facts, **self._who()
        )


def _named(noun: str, key: str) -> Subject | None:
    return Subject.objects.filter(noun=noun, key=key, revision__gte=1).first() if key else None


def _words(text: str) -> dict[str, str]:
    return {"fr": text} if text else {}
