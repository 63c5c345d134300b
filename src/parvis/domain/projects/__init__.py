"""Projects: what the city does with others.

Programmes with their editions, and projects with their places, their partners, and the stage
each had reached on a given day.
"""
