"""Who may sign in at the office, and what each role may do."""
