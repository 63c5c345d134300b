"""Who may do what with promises, claims, questions, stories and indicators."""

import rules

from parvis.domain.accountability.enums import ClaimState, PromiseState
from parvis.foundation.accounts.rules import is_officer, is_publisher, is_reader

may_read = is_reader
may_enter = is_officer
may_amend = is_officer
may_answer = is_officer

#: Calling a promise kept, or a claim proven, speaks for the city: a publisher's act.
may_settle = is_publisher

#: Acts in the city's name, with who may tell of them: on the state line, on the sheet, in a file.
BINDING = {
    PromiseState.KEPT: may_settle,
    PromiseState.NOT_KEPT: may_settle,
    ClaimState.PROVEN: may_settle,
}

rules.add_perm("accountability.read", may_read)
rules.add_perm("accountability.enter", may_enter)
rules.add_perm("accountability.amend", may_amend)
rules.add_perm("accountability.answer", may_answer)
rules.add_perm("accountability.settle", may_settle)
