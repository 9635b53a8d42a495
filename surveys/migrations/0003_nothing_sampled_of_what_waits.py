"""ANALYZE keeps samples of a table's values, and rows of its own for earlier ones: none of what batches rewrite."""

from django.db import migrations

# Rewritten by every batch, they need no VACUUM either. A column that gets its own type again loses the samples it had.
SQL = """
DO $$
DECLARE part record;
BEGIN
  FOR part IN
    SELECT attrelid::regclass AS name, attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute
    WHERE attrelid IN ('surveys_waitingitem'::regclass, 'surveys_waitingkey'::regclass, 'surveys_blankcount'::regclass)
      AND attnum > 0 AND NOT attisdropped
  LOOP
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS 0', part.name, part.attname);
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I TYPE %s', part.name, part.attname, part.type);
    EXECUTE format('ALTER TABLE %s SET (autovacuum_enabled = false)', part.name);
  END LOOP;
  -- Its type brought its usual storage with it.
  ALTER TABLE surveys_waitingitem ALTER COLUMN sealed SET STORAGE PLAIN;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_batches_and_weeks")]

    # Backwards nothing is done: that nothing is sampled harms no older version.
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
