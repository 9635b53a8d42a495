"""What waits for the next batch, sealed, and the counts of responses that are stored without their channel."""

import uuid

from django.db import models
from django.db.models import Q

from ostberga.lib.privacy.encrypted import EncryptedTextField
from surveys.models.fielding import Wave
from surveys.models.survey import Channel


class WaitingItem(models.Model):
    """Something that waits for the next batch, or a decoy. All rows are as long, and a change rewrites them all."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat vid varje ändring.")
    sealed = models.BinaryField("förseglat", help_text="Krypterat under den nyckel som kastas när nästa omgång skrivs.")

    class Meta:
        verbose_name = "väntande"
        verbose_name_plural = "väntande"

    def __str__(self) -> str:
        return "något som väntar"


class WaitingKey(models.Model):
    """The key of what waits. Every batch throws it away and begins with another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat.")
    key = EncryptedTextField("nyckel", help_text="Låser det som väntar; byts och kastas var gång en omgång skrivs.")

    class Meta:
        verbose_name = "nyckel till det väntande"
        verbose_name_plural = "nycklar till det väntande"

    def __str__(self) -> str:
        return "en nyckel"


class BlankCount(models.Model):
    """How many responses through a channel are stored without it: all of a small place's, and a share of others'."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat.")
    channel = models.ForeignKey(
        Channel, models.CASCADE, related_name="blank_counts", help_text="Kanalen som svaren kom genom."
    )
    wave = models.ForeignKey(
        Wave, models.CASCADE, null=True, blank=True, related_name="+", help_text="Omgången; tom för en liten plats."
    )
    number = models.PositiveIntegerField("antal", help_text="Hur många svar; vilka det är står ingenstans.")

    class Meta:
        verbose_name = "räknade svar utan kanal"
        verbose_name_plural = "räknade svar utan kanal"
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "wave"], nulls_distinct=False, name="one_blank_count_per_channel_and_wave"
            ),
            models.CheckConstraint(condition=Q(number__gte=0), name="blank_count_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.number}"


class Burst(models.Model):
    """A week in which very many answers to a wave came within minutes; not which answers, nor when in the week."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat.")
    wave = models.ForeignKey(Wave, models.CASCADE, related_name="bursts", help_text="Omgången.")
    week = models.DateField("vecka", help_text="Måndagen i veckan.")
    channel = models.ForeignKey(
        Channel,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="bursts",
        help_text="Kanalen som de flesta kom genom; tomt när de kom genom flera. Aldrig en liten plats.",
    )

    class Meta:
        verbose_name = "många svar på kort tid"
        verbose_name_plural = "många svar på kort tid"
        ordering = ["week", "channel"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "week", "channel"], nulls_distinct=False, name="one_burst_per_week_and_channel"
            )
        ]

    def __str__(self) -> str:
        return f"{self.wave} {self.week:%Y-%m-%d}"
