"""A promise can be left and a question taken back, each with its reason; and an answered link is gone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0006_parted"),
        ("dialogue", "0010_locked_minutes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="commitment",
            name="commitment_reply_is_known",
        ),
        migrations.RemoveConstraint(
            model_name="decision",
            name="decision_outcome_is_known",
        ),
        migrations.RemoveField(
            model_name="pulseinvite",
            name="is_used",
        ),
        migrations.AddField(
            model_name="commitment",
            name="left_at",
            field=models.DateTimeField(
                blank=True, help_text="När ett givet löfte lämnades.", null=True, verbose_name="lämnat"
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="left_by",
            field=models.ForeignKey(
                blank=True,
                help_text="Vem som skrev in att det lämnades.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="left_reason",
            field=models.TextField(
                blank=True, help_text="Skälet. Visas för boende.", verbose_name="varför det lämnades"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="withdrawn_reason",
            field=models.TextField(
                blank=True, help_text="Samordnarens skäl. Visas för boende.", verbose_name="varför frågan togs tillbaka"
            ),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="reply",
            field=models.CharField(
                choices=[
                    ("asked", "tillfrågad"),
                    ("accepted", "tackat ja"),
                    ("declined", "tackat nej"),
                    ("countered", "svarat med ett motbud"),
                    ("withdrawn", "frågan återtagen"),
                    ("left", "lämnat"),
                ],
                default="asked",
                help_text="Vad organisationen svarat.",
                max_length=10,
                verbose_name="svar",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="outcome",
            field=models.CharField(
                choices=[
                    ("pending", "väntar på svar"),
                    ("in_force", "gäller"),
                    ("refused", "avslaget"),
                    ("sent_back", "återremitterat"),
                    ("superseded", "ersatt av ett nytt beslut"),
                    ("expired", "gäller inte längre"),
                    ("withdrawn", "återtaget"),
                ],
                default="pending",
                help_text="Följer av delarnas svar.",
                max_length=12,
                verbose_name="läge",
            ),
        ),
        migrations.AlterField(
            model_name="decision",
            name="supersedes",
            field=models.ForeignKey(
                blank=True,
                help_text="Det tidigare beslut som omprövas.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reconsiderations",
                to="dialogue.decision",
            ),
        ),
        migrations.AlterField(
            model_name="decisionevent",
            name="what",
            field=models.CharField(
                choices=[
                    ("requested", "begärt"),
                    ("preparing", "under beredning"),
                    ("handed_over", "lämnat vidare"),
                    ("moved", "ny tid"),
                    ("answered", "besvarat"),
                    ("superseded", "ersatt"),
                    ("expired", "slutade gälla"),
                    ("withdrawn", "taget tillbaka"),
                ],
                help_text="Vad som hände.",
                max_length=12,
                verbose_name="vad",
            ),
        ),
        migrations.AlterField(
            model_name="dialogueevent",
            name="kind",
            field=models.CharField(
                choices=[
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
                ],
                help_text="Vad som gjordes.",
                max_length=12,
                verbose_name="vad",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("reply__in", ["asked", "accepted", "declined", "countered", "withdrawn", "left"])),
                name="commitment_reply_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("left_at__isnull", False),
                        ("left_by__isnull", False),
                        ("reply", "left"),
                        models.Q(("left_reason", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("reply", "left"), _negated=True),
                        ("left_at__isnull", True),
                        ("left_by__isnull", True),
                        ("left_reason", ""),
                    ),
                    _connector="OR",
                ),
                name="commitment_left_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "outcome__in",
                        ["pending", "in_force", "refused", "sent_back", "superseded", "expired", "withdrawn"],
                    )
                ),
                name="decision_outcome_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "withdrawn"), _negated=True),
                    models.Q(("withdrawn_reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="decision_withdrawn_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "withdrawn"), _negated=True),
                fields=("supersedes",),
                name="reconsidered_once_at_a_time",
            ),
        ),
    ]
