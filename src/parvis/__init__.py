"""Parvis: the open system of record, funding engine and public portal of a city's international action."""
