"""Which roles and languages may stand beside quotes is decided when a wave closes: for those closed, as of today."""

from collections import Counter

from django.db import migrations, models
from django.db.models import Q

from surveys.rules.standard_questions import statement_role


def people_heard(apps, wave):
    """Number of people by (role, language), where an empty role or language stands for any."""
    heard = apps.get_model("surveys", "Heard").objects.filter(interview__wave=wave)
    is_person = Q(imported_in__isnull=True) | Q(imported_in__people__isnull=True)
    responses = apps.get_model("surveys", "Response").objects.filter(is_person, wave=wave)
    answers = apps.get_model("surveys", "Answer").objects.filter(response__in=responses, question__background="role")
    people = Counter()
    for role, language, number in heard.values_list("role", "interview__language", "number"):
        for group in ((role, language), (role, ""), ("", language)):
            people[group] += number
    for language, choices in answers.values_list("response__language", "choices"):
        role = str(statement_role(choices[0] if choices else "").value)
        people[role, language] += 1
        people[role, ""] += 1
    for language in responses.values_list("language", flat=True):
        people["", language] += 1
    return people


def decide(apps, schema_editor):
    """What pages show of closed waves today is what they go on showing."""
    closed = apps.get_model("surveys", "Wave").objects.filter(closed_at__isnull=False)
    for wave in closed.select_related("survey__collaboration"):
        minimum = wave.survey.collaboration.minimum_group
        people = people_heard(apps, wave)
        wave.large_groups = sorted([*group] for group, number in people.items() if number >= minimum)
        wave.save(update_fields=["large_groups"])


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0025_nothing_sampled_of_dead_addresses"),
        ("surveys", "0010_large_files_and_lists"),
    ]

    operations = [
        migrations.AddField(
            model_name="wave",
            name="large_groups",
            field=models.JSONField(
                blank=True,
                help_text="Roller, språk och roll med språk som tillräckligt många hördes i när omgången först stängdes; bara "
                "de får stå bredvid citat. Tom tills dess, och oförändrad om den öppnas igen.",
                null=True,
                verbose_name="grupper som får nämnas",
            ),
        ),
        migrations.RunPython(decide, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="wave",
            constraint=models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(large_groups__isnull=False),
                name="closed_wave_has_its_large_groups",
            ),
        ),
    ]
