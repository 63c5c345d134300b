"""Commands and the clock: work that joins rooms, started by a person or by the hour."""
