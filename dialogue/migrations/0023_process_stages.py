"""Stages of a dialogue's own. Every dialogue gets the five of Östberga, and the periods of its steps become theirs."""

import django.db.models.deletion
from django.db import migrations, models

STEPS = [(1, "Intervjuer"), (2, "Rapport"), (3, "Arbetsgrupper"), (4, "Beslut"), (5, "Genomförande")]
# The names that residents have read until now, by step, in the order of STEPS.
NAMES = {
    "sv": [name for _, name in STEPS],
    "en": ["Interviews", "Report", "Working groups", "Decisions", "Getting it done"],
    "so": ["Waraysiyo", "Warbixin", "Kooxaha shaqada", "Go'aanno", "Fulin"],
    "ar": ["المقابلات", "التقرير", "مجموعات العمل", "القرارات", "التنفيذ"],
}


def give_stages(apps, schema_editor):
    """Give each dialogue five stages that carry the five steps, and each period its stage."""
    ProcessStage = apps.get_model("dialogue", "ProcessStage")
    for dialogue in apps.get_model("dialogue", "Dialogue").objects.order_by("pk"):
        stages = {
            step: ProcessStage(
                dialogue=dialogue,
                position=step,
                step=step,
                name={code: names[step - 1] for code, names in NAMES.items()},
                description={},
            )
            for step, _ in STEPS
        }
        ProcessStage.objects.bulk_create(stages.values())
        for period in dialogue.steps.all():
            period.stage, period.loops_to = stages[period.step], stages.get(period.former_loops_to)
            period.save(update_fields=["stage", "loops_to"])


class Migration(migrations.Migration):
    dependencies = [
        ("dialogue", "0022_bodies_of_decision_events"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProcessStage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "dialogue",
                    models.ForeignKey(
                        help_text="Dialogen.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="stages",
                        to="dialogue.dialogue",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        help_text="Vilket i ordningen steget är, från 1.", verbose_name="plats"
                    ),
                ),
                ("name", models.JSONField(default=dict, help_text="Stegets namn, per språk.", verbose_name="namn")),
                (
                    "description",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Vad som händer i steget, per språk.",
                        verbose_name="beskrivning",
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        choices=STEPS,
                        help_text="Steget i trappan som frågor klättrar på, med dess spärr; tomt om ingen fråga står här.",
                        null=True,
                        verbose_name="spärr",
                    ),
                ),
            ],
            options={
                "verbose_name": "steg i dialogen",
                "verbose_name_plural": "steg i dialogen",
                "ordering": ["position"],
            },
        ),
        migrations.AddConstraint(
            model_name="processstage",
            constraint=models.UniqueConstraint(
                deferrable=models.Deferrable["DEFERRED"],
                fields=("dialogue", "position"),
                name="one_stage_at_each_place",
            ),
        ),
        migrations.AddConstraint(
            model_name="processstage",
            constraint=models.UniqueConstraint(
                deferrable=models.Deferrable["DEFERRED"], fields=("dialogue", "step"), name="one_stage_per_step"
            ),
        ),
        migrations.AddConstraint(
            model_name="processstage",
            constraint=models.CheckConstraint(
                condition=models.Q(("step__isnull", True), ("step__in", [1, 2, 3, 4, 5]), _connector="OR"),
                name="stage_step_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="processstage",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1)), name="stage_places_count_from_one"
            ),
        ),
        migrations.RenameField(model_name="processstep", old_name="loops_to", new_name="former_loops_to"),
        migrations.AddField(
            model_name="processstep",
            name="loops_to",
            field=models.ForeignKey(
                blank=True,
                help_text="⇌ Steget som ett nytt varv börjar i.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="dialogue.processstage",
                verbose_name="leder tillbaka till",
            ),
        ),
        migrations.AddField(
            model_name="processstep",
            name="stage",
            field=models.ForeignKey(
                help_text="Vilket av stegen.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="periods",
                to="dialogue.processstage",
            ),
        ),
        migrations.RunPython(give_stages, migrations.RunPython.noop),
        # What the rows point at is checked now, since the table is altered in the same transaction.
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="processstep",
            name="stage",
            field=models.ForeignKey(
                help_text="Vilket av stegen.",
                on_delete=django.db.models.deletion.CASCADE,
                related_name="periods",
                to="dialogue.processstage",
            ),
        ),
        migrations.RemoveConstraint(model_name="processstep", name="one_period_per_step_and_round"),
        migrations.RemoveConstraint(model_name="processstep", name="process_step_is_known"),
        migrations.AlterModelOptions(
            name="processstep",
            options={
                "ordering": ["round_number", "stage__position"],
                "verbose_name": "stegs tid",
                "verbose_name_plural": "stegs tider",
            },
        ),
        migrations.RemoveField(model_name="processstep", name="step"),
        migrations.RemoveField(model_name="processstep", name="former_loops_to"),
        migrations.AlterField(
            model_name="processstep",
            name="description",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Vad som händer i steget den här omgången, per språk.",
                verbose_name="beskrivning",
            ),
        ),
        migrations.AlterField(
            model_name="processstep",
            name="name",
            field=models.JSONField(
                blank=True,
                default=dict,
                help_text="Vad steget kallas i den här omgången, per språk. Tomt: stegets namn.",
                verbose_name="namn",
            ),
        ),
        migrations.AddConstraint(
            model_name="processstep",
            constraint=models.UniqueConstraint(fields=("stage", "round_number"), name="one_period_per_stage_and_round"),
        ),
    ]
