"""The shared look: tokens, templates, and how numbers, dates and names are written in four languages. It knows no data."""
