"""Pictures and measures drawn from published tables alone. No framework, no private data."""
