"""Django's PostgreSQL, asked whether it still answers without a question being sent."""
