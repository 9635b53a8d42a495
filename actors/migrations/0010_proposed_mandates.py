"""Rights to register decisions become proposed mandates, which the organisation must confirm before anybody answers."""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import Q
from django.utils import timezone

SCOPES = [
    ("delegation", "fatta beslut på delegation"),
    ("execution", "besluta om verkställighet"),
    ("register", "registrera vad nämnden eller styrelsen har beslutat"),
    ("commitments", "göra åtaganden och ansluta sig till överenskommelser"),
]


def scopes_for(organisation):
    """What its mandates may cover."""
    return ["commitments"] if organisation.kind == "association" else [scope for scope, _ in SCOPES]


def propose(apps, schema_editor):
    """A waiting mandate for each person with the right, where she was invited, else wherever her body is a partner."""
    affiliations = apps.get_model("actors", "Affiliation").objects.filter(may_register_decisions=True)
    today = timezone.localdate()
    for affiliation in affiliations.filter(Q(until=None) | Q(until__gte=today)).select_related("organisation"):
        own = {"person_id": affiliation.user_id, "organisation_id": affiliation.organisation_id}
        given = {"title": affiliation.title, "scopes": scopes_for(affiliation.organisation)}
        for collaboration in _collaborations(apps, affiliation, today):
            mandate = {"since": max(affiliation.since, today), "until": affiliation.until, "collaboration_id": collaboration}
            apps.get_model("actors", "Mandate").objects.get_or_create(
                **own, collaboration_id=collaboration, defaults={**given, **mandate}
            )


def _collaborations(apps, affiliation, today):
    partnerships = apps.get_model("actors", "Partnership").objects.filter(organisation=affiliation.organisation)
    current = partnerships.filter(Q(left_on=None) | Q(left_on__gte=today), joined_on__lte=today)
    invitations = apps.get_model("actors", "Invitation").objects.filter(
        accepted_by=affiliation.user, organisation=affiliation.organisation
    )
    if invitations.exists():
        current = current.filter(collaboration__in=invitations.values("collaboration"))
    return set(current.values_list("collaboration", flat=True))


def fill_invitations(apps, schema_editor):
    """An open invitation with the right proposes a mandate when it is accepted."""
    invitations = apps.get_model("actors", "Invitation").objects.filter(may_register_decisions=True)
    for invitation in invitations.exclude(organisation=None).select_related("organisation"):
        invitation.scopes = scopes_for(invitation.organisation)
        invitation.save(update_fields=["scopes"])


def nothing_to_undo(apps, schema_editor):
    """The rights are there until the next migration; the proposals go with their table, the scopes with their column."""


class Migration(migrations.Migration):
    dependencies = [("actors", "0009_appointments_confirmed")]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="scopes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(choices=SCOPES, max_length=12),
                blank=True,
                default=list,
                help_text="Vad ett mandat ska omfatta. Det föreslås när inbjudan antas; organisationen bekräftar det.",
                size=None,
                verbose_name="ska få",
            ),
        ),
        migrations.RunPython(propose, nothing_to_undo),
        migrations.RunPython(fill_invitations, nothing_to_undo),
    ]
