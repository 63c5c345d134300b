"""Several statements in one transaction (``executescript`` would end it)."""

import sqlite3


def run_script(db: sqlite3.Connection, script: str) -> None:
    """Run statements one by one. None of ours holds a semicolon of its own."""
    for statement in script.split(";"):
        if statement.strip():
            db.execute(statement)
