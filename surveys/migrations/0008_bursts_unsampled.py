"""Bursts are rewritten by every batch: nothing of the table is sampled."""

from django.db import migrations

SQL = """
DO $$
DECLARE part record;
BEGIN
  FOR part IN
    SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute
    WHERE attrelid = 'surveys_burst'::regclass AND attnum > 0 AND NOT attisdropped
  LOOP
    EXECUTE format('ALTER TABLE surveys_burst ALTER COLUMN %I SET STATISTICS 0', part.attname);
    EXECUTE format('ALTER TABLE surveys_burst ALTER COLUMN %I TYPE %s', part.attname, part.type);
  END LOOP;
  ALTER TABLE surveys_burst SET (autovacuum_enabled = false);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0007_rows_may_be_statements")]

    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
