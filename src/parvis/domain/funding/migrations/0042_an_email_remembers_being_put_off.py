from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0041_an_earlier_answer_is_only_struck_out'),
    ]

    operations = [
        migrations.AddField(
            model_name='outgoingemail',
            name='put_off_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
