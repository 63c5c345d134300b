"""IATI 2.03: aid told activity by activity, and what an organisation has planned and spent."""
