"""Who may do what with places, bodies, people, offices and contacts."""

import rules

from parvis.foundation.accounts.rules import is_officer, is_publisher, is_reader

may_read = is_reader
may_enter = is_officer
may_amend = is_officer

#: Contacts are told in confidence: a reader of the register does not see them.
may_read_contacts = is_officer
may_keep_contacts = is_officer

#: That a text may name a person the house knows is said by whoever publishes it.
may_let_names_stand = is_publisher

rules.add_perm("directory.read", may_read)
rules.add_perm("directory.enter", may_enter)
rules.add_perm("directory.amend", may_amend)
rules.add_perm("directory.read_contacts", may_read_contacts)
rules.add_perm("directory.keep_contacts", may_keep_contacts)
rules.add_perm("directory.let_names_stand", may_let_names_stand)
