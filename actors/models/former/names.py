"""Names that organisations had earlier, so that search finds them and pages can say «hette tidigare».

People's earlier names are not kept: what a person answered stands under the name she had then, and nowhere else.
"""

from django.db import models
from django.utils import timezone

from actors.models.organisations import Organisation


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


def rename(organisation: Organisation, *, name: str, short_name: str) -> None:
    """Give an organisation, which the caller has locked, another name, and keep the old one. Does not save.

    A name that did not last a day, such as one with a misspelling, is not kept.
    """
    if (name, short_name) == (organisation.name, organisation.short_name):
        return
    if not organisation.former_names.filter(until=timezone.localdate()).exists():
        organisation.former_names.create(name=organisation.name, short_name=organisation.short_name)
    organisation.name, organisation.short_name = name, short_name
