"""What was written before belongs to whoever wrote it: coordinators' words move to their collaborations.

Texts of organisations could only be written by coordinators. They go on being shown where they were shown, as the
coordinator's words, until the organisation writes its own. An organisation that only one collaboration shows is that
collaboration's, except a data controller, which the administrator entered.
"""

from django.db import migrations, models
from django.db.models import F, Q


def accept_confirmed(apps, _schema_editor):
    """Partners whose people have confirmed the text have said that they are partners."""
    apps.get_model("actors", "Partnership").objects.filter(confirmed_at__isnull=False).update(
        accepted_at=F("confirmed_at")
    )


def move_words(apps, _schema_editor):
    """Make the texts and responsibilities of each organisation those of the collaborations that show it."""
    Organisation, Collaboration = (apps.get_model("actors", name) for name in ("Organisation", "Collaboration"))
    controllers = set(Collaboration.objects.values_list("data_controller", flat=True))
    for organisation in Organisation.objects.all():
        places = _places(apps, organisation)
        _move(apps, organisation, places)
        if len(places) == 1 and organisation.pk not in controllers:
            organisation.created_in_id = places[0]
        organisation.save()


def _places(apps, organisation):
    shown = [
        model.objects.filter(organisation=organisation).values_list("collaboration", flat=True)
        for model in (apps.get_model("actors", "Partnership"), apps.get_model("actors", "ExternalAddressee"))
    ]
    return sorted({key for keys in shown for key in keys})


def _move(apps, organisation, places):
    if not places:
        return
    words = {"plain_language": organisation.plain_language, "contact_function": organisation.contact_function}
    if any(words.values()):
        BodyDescription = apps.get_model("actors", "BodyDescription")
        for key in places:
            BodyDescription.objects.create(collaboration_id=key, organisation=organisation, **words)
        organisation.plain_language, organisation.contact_function = {}, ""
    for area in organisation.responsibilities.all():
        area.collaboration_id = places[0]
        area.save()
        for key in places[1:]:
            area.pk, area.collaboration_id = None, key
            area.save(force_insert=True)


def nothing_to_undo(apps, schema_editor):
    """The column goes with the migration before."""


class Migration(migrations.Migration):
    dependencies = [
        ("actors", "0006_bodies_own_words"),
    ]

    operations = [
        migrations.RunPython(accept_confirmed, nothing_to_undo),
        migrations.AddConstraint(
            model_name='partnership',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('accepted_at__isnull', False), _connector='OR'), name='partnership_confirmed_is_accepted'),
        ),
        migrations.RunPython(move_words),  # irreversible: several collaborations' words are no organisation's
    ]
