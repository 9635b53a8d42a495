"""A position is taken on a draft and never deleted; who wrote down what was asked outside is in the history."""

from django.db import migrations, models

# The share of the proposal's row waits for whoever stands behind it or takes it back just then.
REFUSE = """
CREATE FUNCTION dialogue_refuse_position_when_treated() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM dialogue_proposal WHERE id = NEW.proposal_id FOR SHARE;
  IF EXISTS (SELECT 1 FROM dialogue_proposal WHERE id = NEW.proposal_id
             AND (stands_since IS NOT NULL OR withdrawn_at IS NOT NULL)) THEN
    RAISE EXCEPTION 'the group has treated proposal %', NEW.proposal_id USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER only_on_drafts BEFORE INSERT ON dialogue_position
  FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_position_when_treated();
CREATE TRIGGER never_deleted BEFORE DELETE ON dialogue_position
  FOR EACH ROW EXECUTE FUNCTION dialogue_refuse_delete();
"""
ALLOW = """
DROP TRIGGER never_deleted ON dialogue_position;
DROP TRIGGER only_on_drafts ON dialogue_position;
DROP FUNCTION dialogue_refuse_position_when_treated();
"""
KINDS = [
    ("begun", "skapade dialogen"),
    ("described", "ändrade dialogens texter"),
    ("made_current", "gjorde dialogen till den som pågår"),
    ("planned", "ändrade trappans tider"),
    ("raised", "lade till frågan"),
    ("edited", "ändrade frågans texter"),
    ("tied", "ändrade perspektiven"),
    ("concerned", "ändrade vilka som berörs"),
    ("published", "visade frågan för alla"),
    ("hidden", "dolde frågan"),
    ("placed", "ändrade ordningen"),
    ("replanned", "ändrade aktiviteten"),
    ("took_back", "tog tillbaka frågan till"),
    ("petitioned", "skrev in namninsamlingen till"),
    ("asked_out", "skrev in brevet till"),
    ("replied", "skrev in svaret från"),
]


class Migration(migrations.Migration):
    """After what is written in minutes is kept."""

    dependencies = [("dialogue", "0012_minutes_are_kept")]

    operations = [
        migrations.RunSQL(REFUSE, ALLOW),
        migrations.AlterField(
            model_name="dialogueevent",
            name="kind",
            field=models.CharField(choices=KINDS, help_text="Vad som gjordes.", max_length=12, verbose_name="vad"),
        ),
    ]
