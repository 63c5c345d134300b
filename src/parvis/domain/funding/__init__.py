"""Funding: where the city's money for the world comes from, whom it is given to, and what became of it.

Levies with their rules and their years, envelopes, the double-entry ledger, grants with their conventions,
instalments, payments, reports and recoveries, emergency aid and help in kind. The ledger alone says how
much is left: no amount is kept twice, and the database holds what must never break.
Calls and applications award their grants through ``award_grant``. What the public sees of money is
declared in ``published.py``, which the pages of money extend.
"""
