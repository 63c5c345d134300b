"""A record laid out as a form: its fields are read from its model, so a new room needs no form of its own."""
