"""Locked minutes and answers keep the names of their day; those that stand already get the names of today."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

# The triggers that refuse every change of locked minutes and given answers stand aside for this one.
MINUTES = """
ALTER TABLE dialogue_meeting DISABLE TRIGGER never_edited;
UPDATE dialogue_meeting AS met SET names = jsonb_build_object(
  'group', gathered.name, 'collaboration', place.name, 'controller', place.controller_name,
  'bodies', coalesce((
    SELECT jsonb_object_agg(seat.id::text, body.short_name) FROM dialogue_seat AS seat
    JOIN actors_organisation AS body ON body.id = seat.organisation_id WHERE seat.group_id = gathered.id), '{}'),
  'issues', coalesce((
    SELECT jsonb_object_agg(issue.id::text, issue.title) FROM dialogue_issue AS issue WHERE issue.id IN (
      SELECT issue_id FROM dialogue_meeting_issues WHERE meeting_id = met.id
      UNION SELECT issue_id FROM dialogue_minuteitem WHERE meeting_id = met.id
      UNION SELECT issue_id FROM dialogue_agendapoint WHERE meeting_id = met.id)), '{}'),
  'proposals', coalesce((
    SELECT jsonb_object_agg(made.id::text, made.title) FROM dialogue_proposal AS made
    WHERE made.group_id = gathered.id), '{}'))
FROM dialogue_workinggroup AS gathered
JOIN dialogue_dialogue AS talk ON talk.id = gathered.dialogue_id
JOIN actors_collaboration AS place ON place.id = talk.collaboration_id
WHERE gathered.id = met.group_id AND met.approved_on IS NOT NULL;
ALTER TABLE dialogue_meeting ENABLE TRIGGER never_edited;
"""
ANSWERS = """
ALTER TABLE dialogue_partdecision DISABLE TRIGGER never_edited;
UPDATE dialogue_partdecision AS part SET
  answered_as = body.name, answered_as_short = body.short_name,
  answerer_name = coalesce(nullif(person.name, ''), person.email),
  mandate_confirmed_by = coalesce((
    SELECT coalesce(nullif(colleague.name, ''), colleague.email, given.confirmed_by_address)
    FROM actors_mandate AS given LEFT JOIN actors_user AS colleague ON colleague.id = given.confirmed_by_id
    WHERE given.id = part.mandate_id), '')
FROM actors_organisation AS body, actors_user AS person
WHERE body.id = part.organisation_id AND person.id = part.answered_by_id AND part.answered_at IS NOT NULL;
ALTER TABLE dialogue_partdecision ENABLE TRIGGER never_edited;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0019_former_names'),
        ('dialogue', '0007_one_right_each'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FormerGroupName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(help_text='Namnet då.', max_length=120, verbose_name='namn')),
                ('until', models.DateField(default=django.utils.timezone.localdate, help_text='Dagen namnet byttes.', verbose_name='till')),
            ],
            options={
                'verbose_name': 'gruppens tidigare namn',
                'verbose_name_plural': 'gruppers tidigare namn',
                'ordering': ['-until', '-pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='names',
            field=models.JSONField(blank=True, default=dict, help_text='Vad gruppen, organisationerna, frågorna och förslagen hette när protokollet låstes.', verbose_name='namn vid justeringen'),
        ),
        migrations.AddField(
            model_name='partdecision',
            name='answered_as',
            field=models.CharField(blank=True, help_text='Organisationens namn då.', max_length=120, verbose_name='svarade som'),
        ),
        migrations.AddField(
            model_name='partdecision',
            name='answered_as_short',
            field=models.CharField(blank=True, help_text='Dess korta namn då.', max_length=40, verbose_name='svarade kort som'),
        ),
        migrations.AddField(
            model_name='partdecision',
            name='answerer_name',
            field=models.CharField(blank=True, help_text='Personens namn då.', max_length=254, verbose_name='den som svarade'),
        ),
        migrations.AddField(
            model_name='partdecision',
            name='mandate_confirmed_by',
            field=models.CharField(blank=True, help_text='Adressen eller kollegans namn då.', max_length=254, verbose_name='mandatet bekräftat av'),
        ),
        migrations.RunSQL(MINUTES, migrations.RunSQL.noop),
        migrations.RunSQL(ANSWERS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('approved_on__isnull', True), models.Q(('names', {}), _negated=True), _connector='OR'), name='meeting_locked_with_names'),
        ),
        migrations.AddConstraint(
            model_name='partdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ('requested', 'preparing')), ('answered_as', ''), ('answered_as_short', ''), ('answerer_name', '')), models.Q(('answer__in', ('approved', 'conditions', 'refused', 'sent_back')), models.Q(('answered_as', ''), _negated=True), models.Q(('answered_as_short', ''), _negated=True), models.Q(('answerer_name', ''), _negated=True)), _connector='OR'), name='part_answered_under_names'),
        ),
        migrations.AddField(
            model_name='formergroupname',
            name='group',
            field=models.ForeignKey(help_text='Gruppen.', on_delete=django.db.models.deletion.CASCADE, related_name='former_names', to='dialogue.workinggroup'),
        ),
    ]
