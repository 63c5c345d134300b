"""Money at the desk: where it stands, the life of each grant, payments, reports."""
