"""Moves get their kind, and the database refuses to change what has been written down for good."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F

# Who tells a move sets told_at; nothing else of it ever changes. An answer that a body has given is not changed, except
# that it is noted when a reminder went out. Rows may still be deleted as a whole, when a test tears down its world.
REFUSE = """
CREATE FUNCTION dialogue_refuse_edit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE free text[] := TG_ARGV[0]::text[];
BEGIN
  IF (to_jsonb(OLD) - free) IS DISTINCT FROM (to_jsonb(NEW) - free) THEN
    RAISE EXCEPTION '% is never edited', TG_TABLE_NAME USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER never_edited BEFORE UPDATE ON dialogue_stepchange
  FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_edit('{told_at}');
CREATE TRIGGER never_edited BEFORE UPDATE ON dialogue_partdecision
  FOR EACH ROW WHEN (OLD.answered_at IS NOT NULL)
  EXECUTE FUNCTION dialogue_refuse_edit('{reminded_at,overdue_told_at}');
CREATE TRIGGER never_edited BEFORE UPDATE ON dialogue_decisionevent
  FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_edit('{}');
"""
ALLOW = """
DROP TRIGGER never_edited ON dialogue_stepchange;
DROP TRIGGER never_edited ON dialogue_partdecision;
DROP TRIGGER never_edited ON dialogue_decisionevent;
DROP FUNCTION dialogue_refuse_edit();
"""


def name_moves(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What kind of move each was can be read from where it led."""
    moves = apps.get_model("dialogue", "StepChange").objects
    moves.filter(from_step__isnull=True).update(move="start")
    moves.filter(from_step__gt=F("to_step")).update(move="back")
    moves.filter(from_step=5, to_step=1).update(move="again")


class Migration(migrations.Migration):
    """After the tables, before anybody uses them."""

    dependencies = [("dialogue", "0006_decisions_and_activities")]  # noqa: RUF012

    operations = [  # noqa: RUF012
        migrations.RunPython(name_moves, migrations.RunPython.noop),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
