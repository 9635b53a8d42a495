"""What happened to a body's part is told with the body that had it then, also when it has gone to another since."""

from django.db import migrations, models

# The trigger that refuses every change of a history stands aside for this one. A transfer and its event are written at
# the same moment, the transfer first.
FILL = """
ALTER TABLE dialogue_decisionevent DISABLE TRIGGER never_edited;
UPDATE dialogue_decisionevent AS told SET body = coalesce(
  CASE told.what
    WHEN 'handed_over' THEN (
      SELECT sender.short_name FROM dialogue_questiontransfer AS moved
      JOIN actors_organisation AS sender ON sender.id = moved.sender_id
      WHERE moved.part_id = told.part_id AND moved.made_at BETWEEN told.at - interval '5 seconds' AND told.at
      ORDER BY moved.id DESC LIMIT 1)
    WHEN 'returned' THEN (
      SELECT receiver.short_name FROM dialogue_questiontransfer AS moved
      JOIN actors_organisation AS receiver ON receiver.id = moved.receiver_id
      WHERE moved.part_id = told.part_id AND moved.returned_at BETWEEN told.at - interval '5 seconds' AND told.at
      ORDER BY moved.id DESC LIMIT 1)
  END,
  (SELECT receiver.short_name FROM dialogue_questiontransfer AS moved
   JOIN actors_organisation AS receiver ON receiver.id = moved.receiver_id
   WHERE moved.part_id = told.part_id AND moved.made_at <= told.at
     AND (moved.returned_at IS NULL OR moved.returned_at > told.at)
   ORDER BY moved.id DESC LIMIT 1),
  (SELECT sender.short_name FROM dialogue_questiontransfer AS moved
   JOIN actors_organisation AS sender ON sender.id = moved.sender_id
   WHERE moved.part_id = told.part_id ORDER BY moved.id LIMIT 1),
  nullif(part.answered_as_short, ''), body.short_name)
FROM dialogue_partdecision AS part JOIN actors_organisation AS body ON body.id = part.organisation_id
WHERE part.id = told.part_id;
ALTER TABLE dialogue_decisionevent ENABLE TRIGGER never_edited;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0021_listed_rows_name_their_issues"),
    ]

    operations = [
        migrations.AddField(
            model_name="decisionevent",
            name="body",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Det korta namnet, den dagen, på organisationen som hade delen.",
                max_length=40,
                verbose_name="organisationen",
            ),
            preserve_default=False,
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="decisionevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("body", ""), ("part__isnull", True))
                | models.Q(("part__isnull", False), models.Q(("body", ""), _negated=True)),
                name="decision_event_of_a_body",
            ),
        ),
    ]
