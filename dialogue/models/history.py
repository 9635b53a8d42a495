"""What was done to a dialogue and its issues: who, when and what. The moves on the staircase are told by StepChange."""

from django.db import models
from django.utils import timezone

from actors.models import User
from dialogue.models.dialogue import Dialogue
from dialogue.models.issue import Issue


class DialogueEvent(models.Model):
    """One act in the workshop, kept so that a new coordinator can see why things look as they do."""

    class Kind(models.TextChoices):
        """What was done."""

        BEGUN = "begun", "skapade dialogen"
        DESCRIBED = "described", "ändrade dialogens texter"
        MADE_CURRENT = "made_current", "gjorde dialogen till den som pågår"
        PLANNED = "planned", "ändrade trappans tider"
        RAISED = "raised", "lade till frågan"
        EDITED = "edited", "ändrade frågans texter"
        TIED = "tied", "ändrade perspektiven"
        CONCERNED = "concerned", "ändrade vilka som berörs"
        PUBLISHED = "published", "visade frågan för alla"
        HIDDEN = "hidden", "dolde frågan"
        PLACED = "placed", "ändrade ordningen"

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="events", help_text="Dialogen.")
    issue = models.ForeignKey(
        Issue, models.CASCADE, null=True, blank=True, related_name="events", help_text="Frågan, när det gällde en."
    )
    kind = models.CharField("vad", max_length=12, choices=Kind.choices, help_text="Vad som gjordes.")
    what = models.CharField("närmare", max_length=200, blank=True, help_text="Till exempel vilken omgång.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som gjorde det.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När det gjordes.")

    class Meta:
        verbose_name = "händelse i dialogen"
        verbose_name_plural = "händelser i dialogen"
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.by} {self.get_kind_display()}"
