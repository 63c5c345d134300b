from django.db import migrations

#: A levy may be given its rule after a year was opened without one: that year keeps no rate, as another keeps its own,
#: and may still be written on. A year is opened with the rate of the rule there is.
_LAW = """
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('funding_a_year_keeps_its_ceiling'::regproc),
                    'IF NEW.rate IS NULL AND EXISTS', 'IF TG_OP = ''INSERT'' AND NEW.rate IS NULL AND EXISTS');
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0046_names_are_found_among_answers"),
    ]

    operations = [migrations.RunSQL(_LAW, migrations.RunSQL.noop)]
