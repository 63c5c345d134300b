"""Who may do what with programmes and projects."""

import rules

from parvis.foundation.accounts.rules import is_officer, is_reader

may_read = is_reader
may_enter = is_officer
may_amend = is_officer
may_move = is_officer

rules.add_perm("projects.read", may_read)
rules.add_perm("projects.enter", may_enter)
rules.add_perm("projects.amend", may_amend)
rules.add_perm("projects.move", may_move)
