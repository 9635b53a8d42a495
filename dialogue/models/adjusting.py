"""Adjustments of how the collaboration works («skruva»), and the pulse that asks how it works."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import Collaboration, User


class Adjustment(models.Model):
    """Something that was changed in how the collaboration works, and why."""

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="adjustments", help_text="Samverkan som ändrade sig."
    )
    on = models.DateField("den", default=timezone.localdate, help_text="Dagen ändringen började gälla.")
    what = models.CharField("vad", max_length=240, help_text="Vad som ändrades, i en mening.")
    why = models.TextField("varför", help_text="Vad som inte fungerade, eller vad någon ville prova.")
    who = models.CharField("vilka", max_length=160, help_text="Vilka som bestämde det: möten och parter, inga namn.")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in den.")
    registered_at = models.DateTimeField("inskriven", default=timezone.now, help_text="När den skrevs in.")

    class Meta:
        verbose_name = "justering av arbetssättet"
        verbose_name_plural = "justeringar av arbetssättet"
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(what="") & ~Q(why=""), name="adjustment_says_what_and_why")]

    def __str__(self) -> str:
        return self.what


class Pulse(models.Model):
    """Four short questions to those who work together, twice a year. Answered through a link, without an account."""

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="pulses", help_text="Samverkan som frågar."
    )
    opens_on = models.DateField("öppnar", default=timezone.localdate, help_text="Första dagen.")
    closes_on = models.DateField("stänger", help_text="Sista dagen; siffror visas efter den.")
    invited = models.PositiveSmallIntegerField("tillfrågade", default=0, help_text="Hur många som fick länken.")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som öppnade pulsen.")

    class Meta:
        verbose_name = "processpuls"
        verbose_name_plural = "processpulser"
        ordering = ["-opens_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(closes_on__gte=models.F("opens_on")), name="pulse_closes_after_opening")
        ]

    def __str__(self) -> str:
        return f"Puls {self.opens_on:%Y-%m-%d}"

    @property
    def is_closed(self) -> bool:
        """Whether answers are no longer accepted, so that the figures may be shown."""
        return timezone.localdate() > self.closes_on


class PulseInvite(models.Model):
    """A link that lets somebody answer once. Does not say to whom it was sent.

    It is deleted when the answer arrives: marking it used would write a row in the same transaction as the answer,
    and the two could be paired.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat.")
    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="invites", help_text="Pulsen.")
    token_hash = models.CharField(max_length=64, unique=True, help_text="Hash av länken.")

    class Meta:
        verbose_name = "länk till pulsen"
        verbose_name_plural = "länkar till pulsen"

    def __str__(self) -> str:
        return "en länk"


class PulseAnswer(models.Model):
    """One person's four answers. Nothing says whose they are."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat.")
    pulse = models.ForeignKey(Pulse, models.CASCADE, related_name="answers", help_text="Pulsen.")
    answers = models.JSONField("svar", default=dict, help_text="Fråga → 1–4; den som inte vet finns inte med.")

    class Meta:
        verbose_name = "svar på pulsen"
        verbose_name_plural = "svar på pulsen"

    def __str__(self) -> str:
        return "ett svar"
