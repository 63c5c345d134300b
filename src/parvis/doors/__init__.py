"""Everything with a request, a screen or a clock. Doors never open onto one another."""
