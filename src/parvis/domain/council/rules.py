"""Who may do what with legal bases and decisions."""

import rules

from parvis.domain.council.enums import LegalState
from parvis.foundation.accounts.rules import is_officer, is_publisher, is_reader

may_read = is_reader
may_enter = is_officer
may_amend = is_officer

#: Adoption and repeal change what the city may rest on: a publisher's act.
may_adopt = is_publisher
may_repeal = is_publisher

#: Acts in the city's name, with who may tell of them: on the state line, on the sheet, in a file.
BINDING = {LegalState.ADOPTED: may_adopt, LegalState.REPEALED: may_repeal}

rules.add_perm("council.read", may_read)
rules.add_perm("council.enter", may_enter)
rules.add_perm("council.amend", may_amend)
rules.add_perm("council.adopt", may_adopt)
rules.add_perm("council.repeal", may_repeal)
