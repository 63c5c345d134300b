"""Every rule of the database that a trigger of the room holds has its sentence, said before it or in its place."""

import re
from pathlib import Path

import pytest

from parvis.domain.funding import errors, migrations
from parvis.domain.funding.errors import moving, paying
from parvis.foundation.values.refusal import Refusal

RULES = re.compile(r"(?:_BROKEN\}+|CONSTRAINT =)\s*'([a-z_]+)'")
#: What is said instead of it; of a rule that no door can meet, why not.
SENTENCES = {
    "a_closed_year_stays": moving.YearClosed,
    "a_levy_with_a_rule_has_a_rate": moving.NoRuleThatYear,
    "a_payment_is_undone_with_its_order": paying.NothingToSendBack,
    "a_rate_is_of_a_rule": moving.NoRuleThatYear,
    "a_year_keeps_its_rate": "no action writes the rate of a year once it is open",
    "a_year_with_a_ledger_stays": "no action writes the levy, the number or the currency of a year once it is open",
    "an_account_starts_empty": "accounts are opened by account_of alone, with nothing in them",
    "an_entry_adds_up": "entries are written by post alone, which takes from each way what it gives",
    "an_entry_does_what_it_says": "entries are written by post alone, between the stages of their act",
    "an_entry_names_a_decision": errors.NoDecision,
    "an_envelope_is_of_one_levy_and_year": errors.EnvelopeInUse,
    "an_order_pays_its_instalment": "an order is given the amount of its instalment, under the lock of its grant",
    "an_order_sent_back_is_in_the_ledger": "an order is sent back by return_payment alone, with its entry",
    "an_order_sent_back_stays": paying.SentBackOtherwise,
    "an_opening_again_is_told_until_it_closes": "no action writes of an opening again but the one that opens or closes",
    "ceiling_below_what_is_voted": errors.CeilingBelowVoted,
    "levies_are_never_pooled": errors.LeviesPooled,
    "nothing_is_ordered_before_an_amendment_is_signed": errors.PaymentBlocked,
    "nothing_is_reserved_in_a_closed_year": moving.StillReserved,
    "nothing_is_voted_on_an_unknown_base": errors.BaseUnknown,
    "nothing_new_of_a_closed_year": moving.YearClosed,
    "paid_within_the_convention": errors.PaidAboveConvention,
    "voted_within_the_ceiling": errors.AboveTheCeiling,
    "what_is_sent_back_was_paid": paying.NothingToSendBack,
    "what_is_set_aside_is_not_paid": errors.PaymentBlocked,
}


def test_every_rule_a_trigger_holds_has_its_sentence():
    written = [path.read_text(encoding="utf-8") for path in Path(migrations.__path__[0]).glob("0*.py")]

    held = {rule for text in written for rule in RULES.findall(text)}

    assert sorted(held) == sorted(SENTENCES)


@pytest.mark.parametrize("said", [said for said in SENTENCES.values() if not isinstance(said, str)])
def test_a_sentence_is_a_refusal_in_words(said):
    assert issubclass(said, Refusal)
    assert len(str(said.message).split()) > 3
