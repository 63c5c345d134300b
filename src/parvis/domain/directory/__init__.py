"""The directory: the places of the world, the bodies in them, the offices and who holds them.

Here a name finds its place under any spelling, and never by a silent choice; a person appears by the
office held that day; and whom to call in confidence is kept apart, until it expires.
"""
