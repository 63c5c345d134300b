from django.db import migrations

_BROKEN = "USING ERRCODE = 'check_violation', CONSTRAINT ="

#: A closed year stays as it was closed, save that it is opened again: on a day not before, on a decision, for a reason,
#: and with the rate, the resources and the ceiling it was closed with.
_CLOSES = f"""
CREATE OR REPLACE FUNCTION funding_a_year_closes_once() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    of_closing CONSTANT text[] := ARRAY['closed', 'closing_id', 'closed_why', 'reopened', 'reopening_id', 'reopened_why'];
BEGIN
    IF OLD.closed IS NOT NULL THEN
        IF NEW.closed IS NOT NULL OR NEW.reopened IS NULL OR NEW.reopened < OLD.closed
           OR to_jsonb(NEW) - of_closing IS DISTINCT FROM to_jsonb(OLD) - of_closing THEN
            RAISE EXCEPTION 'a closed year stays' {_BROKEN} 'a_closed_year_stays';
        END IF;
        RETURN NEW;
    END IF;
    PERFORM FROM funding_ledgeraccount WHERE levy_year_id = NEW.id AND stage = 'available'
      ORDER BY envelope_id FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM funding_ledgeraccount
                WHERE levy_year_id = NEW.id AND stage = 'reserved' AND balance > 0) THEN
        RAISE EXCEPTION 'something is reserved' {_BROKEN} 'nothing_is_reserved_in_a_closed_year';
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0053_a_call_is_in_a_currency_there_is'),
    ]

    operations = [migrations.RunSQL(_CLOSES, migrations.RunSQL.noop)]
