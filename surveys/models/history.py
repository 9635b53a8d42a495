"""The change log of a form: who changed, opened or closed it, when and why."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import User
from surveys.models.fielding import Wave
from surveys.models.survey import Survey


class FormEvent(models.Model):
    """One change to a form or to one of its waves."""

    class Kind(models.TextChoices):
        """What was done."""

        CREATED = "created", "skapade formuläret"
        EDITED = "edited", "ändrade"
        PLANNED = "planned", "planerade omgången"
        OPENED = "opened", "öppnade omgången"
        CLOSED = "closed", "stängde omgången"
        REOPENED = "reopened", "öppnade omgången igen"
        IMPORTED = "imported", "klistrade in svar"
        TAKEN_BACK = "taken_back", "tog tillbaka en import"
        UNDONE = "undone", "ångrade ett inskrivet blad"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="events", help_text="Formuläret.")
    wave = models.ForeignKey(
        Wave,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="events",
        help_text="Omgången, när det gällde en omgång.",
    )
    kind = models.CharField("vad", max_length=12, choices=Kind.choices, help_text="Vad som gjordes.")
    what = models.CharField("vad i formuläret", max_length=200, blank=True, help_text="Vilken del som ändrades.")
    reason = models.CharField("varför", max_length=240, blank=True, help_text="Skälet, där ett sådant behövs.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som gjorde det.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När det gjordes.")

    class Meta:
        verbose_name = "händelse i formulär"
        verbose_name_plural = "händelser i formulär"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="reopened") | ~Q(reason=""), name="wave_reopened_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.by} {self.get_kind_display()}"
