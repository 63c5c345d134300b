"""What must be shown by records is held by the database too, once a transaction is whole."""

from __future__ import annotations

import pgtrigger

_REFUSE = """
IF EXISTS (SELECT FROM {table} AS told WHERE told.{key} = {row} AND told.state = '{state}'
           AND NOT EXISTS (SELECT FROM {evidence} AS shown WHERE shown.owner_id = told.{key})) THEN
    RAISE EXCEPTION 'evidence is missing' USING ERRCODE = 'check_violation', CONSTRAINT = '{name}';
END IF;
RETURN NULL;
"""


def names_evidence(name: str, **said: str) -> pgtrigger.Trigger:
    """Refuse a ``state`` written in a ``table`` when no line of ``evidence`` is there as the transaction ends."""
    return _at_the_end(name, pgtrigger.Insert | pgtrigger.Update, row=f"NEW.{said['key']}", **said)


def keeps_evidence(name: str, **said: str) -> pgtrigger.Trigger:
    """Refuse to take the last line of ``evidence`` from such a state."""
    return _at_the_end(name, pgtrigger.Update | pgtrigger.Delete, row="OLD.owner_id", **said)


def _at_the_end(name: str, operation: pgtrigger.Operation, **said: str) -> pgtrigger.Trigger:
    """Lines are written one after the other: what counts is what stands when all are there."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Row,
        when=pgtrigger.After,
        operation=operation,
        timing=pgtrigger.Deferred,
        func=_REFUSE.format(name=name, **said),
    )
