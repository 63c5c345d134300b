"""Encounters: when people meet.

Events, once or every year, planned or held; and the missions, delegations and visits that
people make in an office they hold, with where the idea came from and who pays.
"""
