"""The journal is told once, as they stand, of the entries it did not tell of in full: from here on it tells of all."""

from django.db import migrations

#: ``told`` says that it was not written with the entry.
_TELL = """
INSERT INTO journal_line (verb, about, actor_id, at, digests)
SELECT 'money: ' || entry.act, coalesce(grantee.key, decision.key), entry.written_by_id, now(),
       jsonb_build_object('entry', entry.id, 'amount', entry.amount::text, 'day', to_char(entry.day, 'YYYY-MM-DD'),
                          'decision', entry.decision_id, 'told', 'afterwards')
  FROM funding_ledgerentry AS entry
  JOIN register_subject AS decision ON decision.id = entry.decision_id
  LEFT JOIN register_subject AS grantee ON grantee.id = entry.grant_id
 ORDER BY entry.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0042_an_email_remembers_being_put_off"),
        ("journal", "0001_lines_and_seals"),
        ("register", "0002_what_is_said_is_never_rewritten"),
    ]

    operations = [migrations.RunSQL(_TELL, migrations.RunSQL.noop)]
