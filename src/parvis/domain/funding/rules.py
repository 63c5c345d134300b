"""Who may do what with the city's money."""

import rules

from parvis.foundation.accounts.rules import is_finance, is_officer, is_publisher, is_reader

may_read = is_reader
may_enter = is_officer
may_amend = is_officer
may_move_money = is_finance
#: Whoever speaks for the city signs for it.
may_sign_for_city = is_publisher

rules.add_perm("funding.read", may_read)
rules.add_perm("funding.enter", may_enter)
rules.add_perm("funding.amend", may_amend)
rules.add_perm("funding.move_money", may_move_money)
rules.add_perm("funding.sign_for_city", may_sign_for_city)
