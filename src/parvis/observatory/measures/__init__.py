"""What can be counted from published tables: rows in, numbers out, no clock and no connection."""
