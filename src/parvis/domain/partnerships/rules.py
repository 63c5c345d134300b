"""Who may do what with agreements, networks and relations."""

import rules

from parvis.domain.partnerships.enums import AgreementState
from parvis.foundation.accounts.rules import is_officer, is_publisher, is_reader

may_read = is_reader
may_enter = is_officer
may_amend = is_officer
may_join = is_officer
may_leave = is_officer

#: Signing, suspending and ending bind the city: a publisher's acts.
may_sign = is_publisher
may_end = is_publisher
may_grade = is_publisher

#: Acts in the city's name, with who may tell of them: on the state line, on the sheet, in a file.
BINDING = {AgreementState.SIGNED: may_sign, AgreementState.SUSPENDED: may_end, AgreementState.ENDED: may_end}

rules.add_perm("partnerships.read", may_read)
rules.add_perm("partnerships.enter", may_enter)
rules.add_perm("partnerships.amend", may_amend)
rules.add_perm("partnerships.join", may_join)
rules.add_perm("partnerships.leave", may_leave)
rules.add_perm("partnerships.sign", may_sign)
rules.add_perm("partnerships.end", may_end)
rules.add_perm("partnerships.grade", may_grade)
