"""Triggers that refuse a change do so after it, in every app, so that saving a row does not lock its key.

Before a row with such a BEFORE trigger is changed, PostgreSQL locks it; and since Django's `save` writes every column,
those of unique constraints as well, it locks the key. What another transaction inserts beside it then waits at its end,
when foreign keys are checked, holding the version of the public pages (`ostberga.lib.locking`): two of them waited for
each other. An AFTER trigger refuses the same changes, and locks nothing. Here for all apps, since it concerns all the
triggers that there are; `tests/house/test_lock_order.py` keeps later ones so.
"""

from django.db import migrations

CHANGE = """
DO $$
DECLARE
  refusal record;
BEGIN
  FOR refusal IN
    SELECT pg_trigger.tgname AS name, pg_trigger.tgrelid::regclass AS place, pg_get_triggerdef(pg_trigger.oid) AS definition
    FROM pg_trigger JOIN pg_class ON pg_class.oid = pg_trigger.tgrelid
    WHERE NOT tgisinternal AND pg_class.relnamespace = current_schema()::regnamespace
      AND pg_class.relname ~ '^(actors|surveys|dialogue|reports)_'
      AND tgtype & 1 = 1 AND tgtype & 16 = 16 AND (tgtype & 2 = 2) = {is_before}
      AND tgconstraint = 0
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', refusal.name, refusal.place);
    EXECUTE regexp_replace(refusal.definition, ' {was} ', ' {becomes} ');
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    """Only triggers; each keeps its name, its condition and what it refuses."""

    dependencies = [  # noqa: RUF012
        ("reports", "0003_practice"),
        ("dialogue", "0020_several_dialogues_at_once"),
        ("surveys", "0018_pile_shown_at"),
        ("actors", "0037_calendar_addresses_are_told"),
    ]

    operations = [  # noqa: RUF012
        migrations.RunSQL(
            CHANGE.format(is_before="true", was="BEFORE", becomes="AFTER"),
            CHANGE.format(is_before="false", was="AFTER", becomes="BEFORE"),
        )
    ]
