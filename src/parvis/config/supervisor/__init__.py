"""The supervisor: starts the database, the two sites, the task worker and the clock, and stops them all."""
