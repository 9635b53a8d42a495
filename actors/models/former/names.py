"""Names that organisations, collaborations and people had, so that search finds them and pages say «hette tidigare»."""

from typing import Any

from django.db import models
from django.utils import timezone

from actors.models.collaboration import Collaboration
from actors.models.organisations import Organisation
from actors.models.people import User


class FormerName(models.Model):
    """A name that something had until a day."""

    name = models.CharField("namn", max_length=120, help_text="Namnet då.")
    until = models.DateField("till", default=timezone.localdate, help_text="Dagen namnet byttes.")

    class Meta:
        abstract = True
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return self.name


class FormerOrganisationName(FormerName):
    """A name that an organisation had."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="former_names", help_text="Organisationen."
    )
    short_name = models.CharField("kort namn", max_length=40, help_text="Det korta namnet då.")

    class Meta(FormerName.Meta):
        verbose_name = "organisations tidigare namn"
        verbose_name_plural = "organisationers tidigare namn"


class FormerCollaborationName(FormerName):
    """A name that a collaboration had."""

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="former_names", help_text="Samverkan."
    )

    class Meta(FormerName.Meta):
        verbose_name = "samverkans tidigare namn"
        verbose_name_plural = "samverkans tidigare namn"


class FormerPersonName(FormerName):
    """A name that a person had, kept for her colleagues only if she wants it. Never shown to residents."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_names", help_text="Personen.")

    class Meta(FormerName.Meta):
        verbose_name = "persons tidigare namn"
        verbose_name_plural = "personers tidigare namn"


def keep_name(former: "models.Manager[Any]", **name: Any) -> None:
    """Keep the name that something has had until today. One that did not last a day, such as a misspelt, is not kept.

    `former`: the related manager of its former names.
    """
    if not former.filter(until=timezone.localdate()).exists():
        former.create(**name)


def rename(organisation: Organisation, *, name: str, short_name: str) -> None:
    """Give an organisation, which the caller has locked, another name, and keep the old one. Does not save."""
    if (name, short_name) == (organisation.name, organisation.short_name):
        return
    keep_name(organisation.former_names, name=organisation.name, short_name=organisation.short_name)
    organisation.name, organisation.short_name = name, short_name
