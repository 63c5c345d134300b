"""Where tables and files of others come in as proposals, and ours leave as open standards."""
