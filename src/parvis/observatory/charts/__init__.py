"""Charts: each states its finding, keeps its table, and refuses to mix what cannot be compared."""
