"""Who may do what with honours, memorials and commemorations."""

import rules

from parvis.domain.honours.enums import HonourStepKind
from parvis.foundation.accounts.rules import is_officer, is_publisher, is_reader

may_read = is_reader
may_enter = is_officer
may_amend = is_officer

#: An award names a person who may be in danger: a publisher's act.
may_award = is_publisher

#: Acts in the city's name, with who may tell of them: on the state line, on the sheet, in a file.
BINDING = {HonourStepKind.AWARDED: may_award}

rules.add_perm("honours.read", may_read)
rules.add_perm("honours.enter", may_enter)
rules.add_perm("honours.amend", may_amend)
rules.add_perm("honours.award", may_award)
