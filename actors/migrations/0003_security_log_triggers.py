"""Triggers that keep the security log as it was written."""

from django.db import migrations

CREATE = """
CREATE FUNCTION actors_refuse_change_of_security_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF current_setting('ostberga.disposing_of_security_events', true) = 'yes'
       AND OLD.at < now() - interval '90 days' THEN
      RETURN OLD;
    END IF;
  END IF;
  RAISE EXCEPTION 'the security log is never edited' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER never_edited BEFORE UPDATE OR DELETE ON actors_securityevent
  FOR EACH ROW EXECUTE FUNCTION actors_refuse_change_of_security_log();
CREATE TRIGGER never_emptied BEFORE TRUNCATE ON actors_securityevent
  FOR EACH STATEMENT EXECUTE FUNCTION actors_refuse_change_of_security_log();
"""
DROP = """
DROP TRIGGER never_edited ON actors_securityevent;
DROP TRIGGER never_emptied ON actors_securityevent;
DROP FUNCTION actors_refuse_change_of_security_log();
"""


class Migration(migrations.Migration):
    """After the table, before anybody writes in it."""

    dependencies = [("actors", "0002_security_events")]  # noqa: RUF012

    operations = [migrations.RunSQL(CREATE, DROP)]  # noqa: RUF012
