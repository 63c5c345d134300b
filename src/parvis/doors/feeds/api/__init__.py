"""The programming interface over releases: every published table, asked in a small language, as of any release."""
