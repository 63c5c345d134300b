import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("funding", "0026_labels"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="KeptPage",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("address", models.CharField(max_length=300)),
                ("words", models.JSONField()),
                ("with_files", models.BooleanField(default=False)),
                ("kept_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="kept_pages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"ordering": ("-kept_at", "pk")},
        ),
        migrations.RemoveConstraint(model_name="outgoingemail", name="email_kind_is_known"),
        migrations.AlterField(
            model_name="outgoingemail",
            name="kind",
            field=models.CharField(
                choices=[
                    ("notice", "News of a file or a grant"),
                    ("receipt", "Receipt of what was sent"),
                    ("reminder", "Reminder before a due date"),
                    ("account", "Link that opens an account"),
                    ("invitation", "Invitation to act for a body"),
                    ("reset", "Link that gives a new password"),
                ],
                default="notice",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingemail",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["notice", "receipt", "reminder", "account", "invitation", "reset"])
                ),
                name="email_kind_is_known",
            ),
        ),
    ]
