"""The database refuses to change minutes that are locked, and what was said for good in positions and histories."""

from django.db import migrations

# Who writes in a meeting holds a share of its row, so that nobody locks it in the middle of a line.
REFUSE = """
CREATE FUNCTION dialogue_refuse_when_locked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  was bigint := (to_jsonb(OLD) ->> 'meeting_id')::bigint;
  now bigint := (to_jsonb(NEW) ->> 'meeting_id')::bigint;
BEGIN
  PERFORM 1 FROM dialogue_meeting WHERE id IN (was, now) FOR SHARE;
  IF EXISTS (SELECT 1 FROM dialogue_meeting WHERE id IN (was, now) AND approved_on IS NOT NULL) THEN
    RAISE EXCEPTION 'the minutes of meeting % are locked', coalesce(was, now) USING ERRCODE = 'check_violation';
  END IF;
  RETURN coalesce(NEW, OLD);
END $$;
CREATE FUNCTION dialogue_refuse_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never deleted', TG_TABLE_NAME USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER never_edited BEFORE UPDATE ON dialogue_meeting
  FOR EACH ROW WHEN (OLD.approved_on IS NOT NULL) EXECUTE FUNCTION dialogue_refuse_edit('{}');
CREATE TRIGGER never_deleted BEFORE DELETE ON dialogue_meeting
  FOR EACH ROW WHEN (OLD.approved_on IS NOT NULL) EXECUTE FUNCTION dialogue_refuse_delete();
"""
OF_A_MEETING = ("minuteitem", "agendapoint", "approval", "meeting_issues", "meeting_present", "meeting_adjusters")
FOR_GOOD = (
    *("itemwording", "approval", "addition", "promiseoutcome"),
    *("position", "prioritisation", "prioritisedproposal", "groupevent"),
)
LOCKED = "".join(
    f"CREATE TRIGGER locked BEFORE INSERT OR UPDATE OR DELETE ON dialogue_{table} "
    "FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_when_locked();\n"
    for table in OF_A_MEETING
)
KEPT = "".join(
    f"CREATE TRIGGER never_edited BEFORE UPDATE ON dialogue_{table} "
    "FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_edit('{}');\n"
    for table in FOR_GOOD
)
ALLOW = "".join(
    [
        *(f"DROP TRIGGER locked ON dialogue_{table};\n" for table in OF_A_MEETING),
        *(f"DROP TRIGGER never_edited ON dialogue_{table};\n" for table in ("meeting", *FOR_GOOD)),
        "DROP TRIGGER never_deleted ON dialogue_meeting;\n",
        "DROP FUNCTION dialogue_refuse_when_locked();\n",
        "DROP FUNCTION dialogue_refuse_delete();\n",
    ]
)


class Migration(migrations.Migration):
    """After old approvals were copied."""

    dependencies = [("dialogue", "0009_who_approved")]  # noqa: RUF012

    operations = [  # noqa: RUF012
        migrations.RemoveConstraint(model_name="meeting", name="meeting_approved_by_a_seat"),
        migrations.RemoveField(model_name="meeting", name="approved_by"),
        migrations.RunSQL(REFUSE + LOCKED + KEPT, ALLOW),
    ]
