"""The rooms: what the city does abroad, one room for each kind of act."""
