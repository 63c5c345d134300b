"""Accountability: what the city owes an answer for.

Promises and whether they were kept, with the evidence; claims to be first or only, and their
proof; critics' questions and their answers; stories of what was done; and the figures the city
is followed by, held against what the records themselves count.
"""
