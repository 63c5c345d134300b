"""Work done later: kept in the database, so that a rolled-back action drops its task."""

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
