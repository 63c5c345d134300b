from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Steps kept before stay until their workflow is corrected: no form is opened on them, and none is taken."""

    dependencies = [
        ('funding', '0051_opinions_before_a_decision'),
    ]

    operations = [
        AddConstraintNotValid(
            model_name='workflowtransition',
            constraint=models.CheckConstraint(condition=models.Q(('comes_from__in', ('awarded',)), _negated=True), name='no_step_leaves_what_carries_money', violation_error_message='No step leads out of “Awarded”: money is promised from there on. What was granted is changed, given up or closed on the page of its grant.'),
        ),
    ]
