import parvis.domain.funding.models.call
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0052_no_step_leaves_what_carries_money'),
    ]

    operations = [
        migrations.AlterField(
            model_name='call',
            name='currency',
            field=models.CharField(blank=True, default='EUR', max_length=3, validators=[parvis.domain.funding.models.call.is_a_currency]),
        ),
        migrations.AlterField(
            model_name='callevent',
            name='currency',
            field=models.CharField(blank=True, default='EUR', max_length=3, validators=[parvis.domain.funding.models.call.is_a_currency]),
        ),
    ]
