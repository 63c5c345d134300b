"""Who may do what with events and missions."""

import rules

from parvis.foundation.accounts.rules import is_officer, is_reader

may_read = is_reader
may_enter = is_officer
may_amend = is_officer
may_hold = is_officer

rules.add_perm("encounters.read", may_read)
rules.add_perm("encounters.enter", may_enter)
rules.add_perm("encounters.amend", may_amend)
rules.add_perm("encounters.hold", may_hold)
