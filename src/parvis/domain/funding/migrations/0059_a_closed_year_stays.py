from django.db import migrations

_BROKEN = "USING ERRCODE = 'check_violation', CONSTRAINT ="

#: A year with accounts stays because they do; one that closed without any stays because it is closed.
_STAYS = f"""
CREATE FUNCTION funding_a_closed_year_is_not_deleted() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a closed year stays' {_BROKEN} 'a_closed_year_stays';
END $$;
CREATE TRIGGER a_closed_year_is_not_deleted BEFORE DELETE ON funding_levyyear FOR EACH ROW
    WHEN (OLD.closed IS NOT NULL) EXECUTE FUNCTION funding_a_closed_year_is_not_deleted();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0058_an_opinion_is_taken_back'),
    ]

    operations = [migrations.RunSQL(_STAYS, migrations.RunSQL.noop)]
