"""The declarations through which a room shares a table with the world. Nothing undeclared passes the gate."""

from .tables import Audience, Column, PublishedTable, columns_on_disk

__all__ = ["Audience", "Column", "PublishedTable", "columns_on_disk"]
