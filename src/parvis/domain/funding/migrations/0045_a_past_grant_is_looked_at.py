from django.db import migrations, models
from django.db.models import Q

_BEFORE = ['arrival', 'declared', 'sharing', 'ranking', 'selection', 'decision', 'act', 'person', 'returned', 'body']


class Migration(migrations.Migration):
    dependencies = [
        ('funding', '0044_a_year_is_closed'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='interestlook',
            name='look_occasion_is_known',
        ),
        migrations.AlterField(
            model_name='interestlook',
            name='occasion',
            field=models.CharField(choices=[('arrival', 'A file arrived'), ('declared', 'A person declared their ties'), ('sharing', 'Files were shared out'), ('ranking', 'Files were ranked'), ('selection', 'A selection was closed'), ('decision', "The council's decision was carried out"), ('act', 'A person acted on a file'), ('person', 'A person came to the office, or their account changed'), ('returned', 'A file came back to the office'), ('body', 'Somebody joined the body that asks'), ('history', 'A past grant of the body that asks was entered')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='interestlook',
            constraint=models.CheckConstraint(condition=Q(('occasion__in', [*_BEFORE, 'history'])), name='look_occasion_is_known'),
        ),
    ]
