"""Addresses that issues had, which lead on to them for ever and which no other issue can take."""

from itertools import chain, count

from django.db import models
from django.utils import timezone

from actors.models import Collaboration
from dialogue.models.issue import Issue


class FormerIssueAddress(models.Model):
    """The last part of an address that an issue had."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="former_addresses", help_text="Sakfrågan.")
    slug = models.SlugField("adress", max_length=80, help_text="Sista delen av webbadressen då.")
    until = models.DateField("till", default=timezone.localdate, help_text="Dagen adressen byttes.")

    class Meta:
        verbose_name = "sakfrågas tidigare adress"
        verbose_name_plural = "sakfrågors tidigare adresser"
        ordering = ["-until", "-pk"]
        constraints = [models.UniqueConstraint(fields=["issue", "slug"], name="former_issue_address_once")]

    def __str__(self) -> str:
        return self.slug


def holder_of_slug(collaboration: Collaboration, slug: str, but: Issue | None = None) -> Issue | None:
    """Return another issue of the collaboration that has, or has had, this address: in any of its dialogues.

    Addresses without a dialogue's name, from when the collaboration had one only, lead on to all of its issues. The
    address that `but` has is not taken from it, even where one of an ended dialogue has the same since before.
    """
    if but and but.slug == slug:
        return None
    issues = Issue.objects.filter(dialogue__collaboration=collaboration).addressed(slug).select_related("dialogue")
    return (issues.exclude(pk=but.pk) if but else issues).first()


def free_slug(collaboration: Collaboration, slug: str, but: Issue | None = None) -> str:
    """Return the address, with a number after it if another issue of the collaboration has or has had it."""
    numbered = (f"{slug[:76]}-{number}" for number in count(2))
    return next(free for free in chain([slug], numbered) if holder_of_slug(collaboration, free, but) is None)
