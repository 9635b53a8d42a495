"""Addresses that collaborations had, which lead on to them for ever and which no other collaboration can take."""

from django.db import models
from django.utils import timezone


class FormerCollaborationAddress(models.Model):
    """The first part of the addresses that a collaboration's pages had. They lead on; no other collaboration has it."""

    collaboration = models.ForeignKey(
        "actors.Collaboration", models.CASCADE, related_name="former_addresses", help_text="Samverkan."
    )
    slug = models.SlugField("adress", max_length=50, unique=True, help_text="Första delen av webbadresserna då.")
    until = models.DateField("till", default=timezone.localdate, help_text="Dagen adressen byttes.")

    class Meta:
        verbose_name = "samverkans tidigare adress"
        verbose_name_plural = "samverkans tidigare adresser"
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return self.slug
