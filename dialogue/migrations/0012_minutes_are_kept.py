"""The history of a line and what was said after the meeting are never deleted; locked minutes get no new wording."""

from django.db import migrations, models

KEPT = ("itemwording", "addition", "promiseoutcome")
REFUSE = """
CREATE FUNCTION dialogue_refuse_wording_when_locked() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  its bigint := (SELECT meeting_id FROM dialogue_minuteitem WHERE id = NEW.item_id);
BEGIN
  PERFORM 1 FROM dialogue_meeting WHERE id = its FOR SHARE;
  IF EXISTS (SELECT 1 FROM dialogue_meeting WHERE id = its AND approved_on IS NOT NULL) THEN
    RAISE EXCEPTION 'the minutes of meeting % are locked', its USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER locked BEFORE INSERT ON dialogue_itemwording
  FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_wording_when_locked();
"""
NEVER_DELETED = "".join(
    f"CREATE TRIGGER never_deleted BEFORE DELETE ON dialogue_{table} "
    "FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_delete();\n"
    for table in KEPT
)
ALLOW = "".join(f"DROP TRIGGER never_deleted ON dialogue_{table};\n" for table in KEPT) + (
    "DROP TRIGGER locked ON dialogue_itemwording;\nDROP FUNCTION dialogue_refuse_wording_when_locked();\n"
)


KINDS = [
    ("formed", "bildade gruppen"),
    ("described", "ändrade gruppens uppdrag eller frågor"),
    ("ended", "avslutade gruppen"),
    ("seated", "lade till platsen"),
    ("invited", "bjöd in till platsen"),
    ("left", "avslutade platsen"),
    ("chaired", "utsåg ordförande"),
    ("planned", "planerade mötet"),
    ("called", "skickade kallelsen"),
    ("cancelled", "ställde in mötet"),
    ("opened", "öppnade protokollet"),
    ("ready", "lämnade protokollet för justering"),
    ("reopened", "tog tillbaka protokollet"),
    ("approved", "justerade protokollet"),
    ("added", "skrev ett tillägg"),
    ("told", "berättade hur ett åtagande gick"),
    ("proposed", "skrev förslaget"),
    ("stood", "skrev in att gruppen står bakom"),
    ("withdrew", "tog tillbaka förslaget"),
    ("took_stand", "skrev in ett ställningstagande"),
    ("ordered", "skrev in en prioritering"),
]


class Migration(migrations.Migration):
    """After promises could be left."""

    dependencies = [("dialogue", "0011_ways_out")]

    operations = [
        migrations.AlterField(
            model_name="groupevent",
            name="kind",
            field=models.CharField(choices=KINDS, help_text="Vad som gjordes.", max_length=10, verbose_name="vad"),
        ),
        migrations.RunSQL(REFUSE + NEVER_DELETED, ALLOW),
    ]
