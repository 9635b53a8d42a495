"""A burst of answers is marked on the channel too, and its table rewritten by each batch, so that nothing samples it."""

import django.db.models.deletion
from django.db import migrations, models


# As in dialogue/0005: a column that gets its own type again loses the samples it had.
NOTHING_SAMPLED = """
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
END $$;
ALTER TABLE surveys_burst SET (autovacuum_enabled = false);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('surveys', '0008_bursts_unsampled'),
    ]

    operations = [
        migrations.AlterModelOptions(
            name='burst',
            options={'ordering': ['week', 'channel'], 'verbose_name': 'många svar på kort tid', 'verbose_name_plural': 'många svar på kort tid'},
        ),
        migrations.RemoveConstraint(
            model_name='burst',
            name='one_burst_per_wave_and_week',
        ),
        migrations.AddField(
            model_name='burst',
            name='channel',
            field=models.ForeignKey(blank=True, help_text='Kanalen som de flesta kom genom; tomt när de kom genom flera. Aldrig en liten plats.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='bursts', to='surveys.channel'),
        ),
        migrations.AlterField(
            model_name='response',
            name='wave',
            field=models.ForeignKey(db_index=False, help_text='Omgången svaret hör till.', on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='surveys.wave'),
        ),
        migrations.AddIndex(
            model_name='response',
            index=models.Index(fields=['wave', 'entry', 'channel'], name='responses_counted'),
        ),
        migrations.AddConstraint(
            model_name='burst',
            constraint=models.UniqueConstraint(fields=('wave', 'week', 'channel'), name='one_burst_per_week_and_channel', nulls_distinct=False),
        ),
        # Backwards nothing is done: that nothing is sampled harms no older version.
        migrations.RunSQL(NOTHING_SAMPLED, migrations.RunSQL.noop),
    ]
