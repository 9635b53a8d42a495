"""Answers are given under a mandate; those from before say so."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

OPEN, NO_REPLY = ("requested", "preparing"), ("asked", "withdrawn")


def unmark_what_is_open(apps, schema_editor):
    """What is not answered yet will be under a mandate. The column began as true: no trigger lets answers be edited."""
    parts, commitments = (apps.get_model("dialogue", name).objects for name in ("PartDecision", "Commitment"))
    parts.filter(answer__in=OPEN).update(from_before_mandates=False)
    commitments.filter(reply__in=NO_REPLY).update(from_before_mandates=False)


def nothing_to_undo(apps, schema_editor):
    """The columns go with the migration."""


class Migration(migrations.Migration):

    dependencies = [
        ('actors', '0011_no_rights_without_mandates'),
        ('dialogue', '0003_batches_and_months'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='commitment',
            name='from_before_mandates',
            field=models.BooleanField(default=True, help_text='Svaret gavs innan organisationer bekräftade mandat här.', verbose_name='från före mandaten'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='mandate',
            field=models.ForeignKey(blank=True, help_text='Mandatet som svaret gavs under.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.mandate'),
        ),
        migrations.AddField(
            model_name='commitment',
            name='sent_to',
            field=models.EmailField(blank=True, help_text='Adressen som organisationen har bekräftat; tomt utan länk.', max_length=254, verbose_name='länken gick till'),
        ),
        migrations.AddField(
            model_name='partdecision',
            name='from_before_mandates',
            field=models.BooleanField(default=True, help_text='Svaret gavs innan organisationer bekräftade mandat här.', verbose_name='från före mandaten'),
        ),
        migrations.AddField(
            model_name='partdecision',
            name='mandate',
            field=models.ForeignKey(blank=True, help_text='Mandatet som svaret gavs under.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='actors.mandate'),
        ),
        migrations.RunPython(unmark_what_is_open, nothing_to_undo),
        migrations.AlterField(
            model_name='commitment',
            name='from_before_mandates',
            field=models.BooleanField(default=False, help_text='Svaret gavs innan organisationer bekräftade mandat här.', verbose_name='från före mandaten'),
        ),
        migrations.AlterField(
            model_name='partdecision',
            name='from_before_mandates',
            field=models.BooleanField(default=False, help_text='Svaret gavs innan organisationer bekräftade mandat här.', verbose_name='från före mandaten'),
        ),
        migrations.AddConstraint(
            model_name='commitment',
            constraint=models.CheckConstraint(condition=models.Q(('reply__in', ['asked', 'withdrawn']), ('mandate__isnull', False), models.Q(('sent_to', ''), _negated=True), ('from_before_mandates', True), _connector='OR'), name='commitment_replied_with_a_right'),
        ),
        migrations.AddConstraint(
            model_name='partdecision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ('requested', 'preparing')), ('mandate__isnull', True)), models.Q(('answer__in', ('approved', 'conditions', 'refused', 'sent_back')), ('from_before_mandates', False), ('mandate__isnull', False)), models.Q(('answer__in', ('approved', 'conditions', 'refused', 'sent_back')), ('from_before_mandates', True), ('mandate__isnull', True)), _connector='OR'), name='part_answered_under_a_mandate'),
        ),
    ]
