"""A register with records of every visibility, and a place to publish it."""

from tests.publication.canaries import enter, house, publisher, register

__all__ = ["enter", "house", "publisher", "register"]
