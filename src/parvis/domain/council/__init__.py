"""Council: what allows the city to act abroad.

The legal bases of its action, from a text only expected to a text in force or repealed, with
the milestones planned and met on the way; and the decisions of councils, courts and
commissions that its agreements, titles and grants rest on.
"""
