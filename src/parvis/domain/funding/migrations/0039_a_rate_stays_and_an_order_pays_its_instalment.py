from django.db import migrations

_BROKEN = "USING ERRCODE = 'check_violation', CONSTRAINT ="

#: The ceiling of a year is its rate times its base: a year opens at a rate of its levy's rules, and keeps it.
_RATE = f"""
CREATE FUNCTION funding_a_year_keeps_its_rate() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.rate IS DISTINCT FROM OLD.rate THEN
        RAISE EXCEPTION 'the rate of a year stays' {_BROKEN} 'a_year_keeps_its_rate';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.rate IS NOT NULL AND NOT EXISTS (
        SELECT FROM funding_levyrule WHERE owner_id = NEW.levy_id AND rate = NEW.rate) THEN
        RAISE EXCEPTION 'no rule of this levy has this rate' {_BROKEN} 'a_rate_is_of_a_rule';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_year_keeps_its_rate BEFORE INSERT OR UPDATE ON funding_levyyear
    FOR EACH ROW EXECUTE FUNCTION funding_a_year_keeps_its_rate();
"""

#: An order pays its instalment, to the cent, and nothing is ordered while an amendment waits for its signatures.
_ORDER = f"""
CREATE FUNCTION funding_an_order_pays_its_instalment() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE due funding_instalment;
BEGIN
    SELECT * INTO due FROM funding_instalment WHERE id = NEW.instalment_id;
    IF NEW.amount <> due.amount THEN
        RAISE EXCEPTION 'an order pays its instalment' {_BROKEN} 'an_order_pays_its_instalment';
    END IF;
    IF TG_OP = 'INSERT' AND EXISTS (
        SELECT FROM funding_amendment AS amendment
          JOIN funding_convention AS convention ON convention.id = amendment.convention_id
         WHERE convention.grant_id = due.grant_id AND amendment.signed IS NULL AND amendment.given_up IS NULL) THEN
        RAISE EXCEPTION 'an amendment is not signed' {_BROKEN} 'nothing_is_ordered_before_an_amendment_is_signed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER an_order_pays_its_instalment BEFORE INSERT OR UPDATE OF amount, instalment_id ON funding_paymentorder
    FOR EACH ROW EXECUTE FUNCTION funding_an_order_pays_its_instalment();
"""


class Migration(migrations.Migration):

    dependencies = [
        ("funding", "0038_what_the_council_decides_otherwise"),
    ]

    operations = [migrations.RunSQL(_RATE + _ORDER, migrations.RunSQL.noop)]
