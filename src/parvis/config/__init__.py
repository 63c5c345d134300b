"""The composition root: the public site, the office, their settings by subject, and the supervisor that starts them."""
