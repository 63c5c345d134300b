from django.db import migrations

_BROKEN = "USING ERRCODE = 'check_violation', CONSTRAINT ="

#: Looked at before any change of a year. A closed one stays as it was closed, save that it is opened again: on a day not
#: before, on a decision, for a reason, with all it was closed with. What an open one tells of having been opened again
#: is told until it closes.
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
    IF NEW.closed IS NULL THEN
        IF (NEW.reopened, NEW.reopening_id, NEW.reopened_why)
           IS DISTINCT FROM (OLD.reopened, OLD.reopening_id, OLD.reopened_why) THEN
            RAISE EXCEPTION 'an opening again is told' {_BROKEN} 'an_opening_again_is_told_until_it_closes';
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
DROP TRIGGER a_year_closes_once ON funding_levyyear;
CREATE TRIGGER a_year_closes_once BEFORE UPDATE ON funding_levyyear FOR EACH ROW
    WHEN (NEW.* IS DISTINCT FROM OLD.*) EXECUTE FUNCTION funding_a_year_closes_once();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('funding', '0055_what_a_report_lacks_is_told_at_length'),
    ]

    operations = [migrations.RunSQL(_CLOSES, migrations.RunSQL.noop)]
