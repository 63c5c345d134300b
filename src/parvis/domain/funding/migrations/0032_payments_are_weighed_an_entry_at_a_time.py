from django.db import migrations

#: An entry that brings money back among what is paid takes it from what is owed: line by line, the one weighed more
#: for a moment than the convention promises, and a claim on a grant paid whole could never be given up.
_LAW = """
DROP TRIGGER paid_within_the_convention ON funding_ledgerline;
CREATE FUNCTION funding_lines_within_the_convention() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM fresh
          JOIN funding_ledgeraccount AS moved ON moved.id = fresh.account_id AND moved.stage = 'paid'
          JOIN funding_convention AS held ON held.grant_id = moved.grant_id AND held.signed IS NOT NULL
         WHERE fresh.amount > 0
           AND held.amount < (SELECT coalesce(sum(own.balance), 0) FROM funding_ledgeraccount AS own
                               WHERE own.grant_id = moved.grant_id AND own.stage IN ('paid', 'owed', 'recovered'))
    ) THEN
        RAISE EXCEPTION 'more is paid than the convention promises'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'paid_within_the_convention';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER paid_within_the_convention AFTER INSERT ON funding_ledgerline
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION funding_lines_within_the_convention();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("funding", "0031_ties_of_who_comes_and_words_struck_out"),
    ]

    operations = [migrations.RunSQL(_LAW, migrations.RunSQL.noop)]
