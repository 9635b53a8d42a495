"""ANALYZE keeps no samples of the addresses that take no letters: the batch rewrites them with what followers asked."""

from django.db import migrations

# As in dialogue/0005: a column that gets its own type again loses the samples it had.
SQL = """
DO $$
DECLARE part record;
BEGIN
  FOR part IN
    SELECT attname, format_type(atttypid, atttypmod) AS type FROM pg_attribute
    WHERE attrelid = 'actors_deadaddress'::regclass AND attnum > 0 AND NOT attisdropped
  LOOP
    EXECUTE format('ALTER TABLE actors_deadaddress ALTER COLUMN %I SET STATISTICS 0', part.attname);
    EXECUTE format('ALTER TABLE actors_deadaddress ALTER COLUMN %I TYPE %s', part.attname, part.type);
  END LOOP;
END $$;
ALTER TABLE actors_deadaddress SET (autovacuum_enabled = false);
"""


class Migration(migrations.Migration):
    dependencies = [("actors", "0024_dead_addresses_by_month")]

    # Backwards nothing is done: that nothing is sampled harms no older version.
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
