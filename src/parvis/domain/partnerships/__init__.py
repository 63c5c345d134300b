"""Partnerships: the ties the city has with other cities and bodies.

Agreements from the first wish to their end, networks and the standing of each member over
time, and the relation with a partner: how far it has come, and how close it is.
"""
