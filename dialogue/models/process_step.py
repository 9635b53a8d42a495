"""The periods of the five steps of a dialogue."""

from django.db import models
from django.db.models import Q

from dialogue.models.dialogue import Dialogue
from dialogue.rules.staircase import Step
from ostberga.lib.periods import Period, Precision


class ProcessStep(models.Model):
    """The period of a step in a round of a dialogue. Periods may overlap, be approximate, and have no end."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="steps", help_text="Dialogen.")
    round_number = models.PositiveSmallIntegerField(
        "omgång", default=1, help_text="Vilket varv i trappan perioden gäller."
    )
    step = models.PositiveSmallIntegerField("steg", choices=Step.choices, help_text="Vilket av de fem stegen.")
    name = models.JSONField(
        "namn", default=dict, blank=True, help_text="Stegets namn med egna ord, per språk. Tomt: det vanliga namnet."
    )
    description = models.JSONField(
        "beskrivning", default=dict, blank=True, help_text="Vad som händer i steget, per språk."
    )
    start = models.DateField("början", help_text="Första dagen.")
    end = models.DateField("slut", null=True, blank=True, help_text="Sista dagen; tomt om steget är öppet.")
    precision = models.CharField(
        "noggrannhet",
        max_length=10,
        choices=Precision.choices,
        default=Precision.MONTH,
        help_text="Hur exakt tiden är känd.",
    )
    loops_to = models.PositiveSmallIntegerField(
        "leder tillbaka till",
        null=True,
        blank=True,
        choices=Step.choices,
        help_text="⇌ Steget som ett nytt varv börjar i.",
    )

    class Meta:
        verbose_name = "steg"
        verbose_name_plural = "steg"
        ordering = ["round_number", "step"]
        constraints = [
            models.UniqueConstraint(fields=["dialogue", "round_number", "step"], name="one_period_per_step_and_round"),
            models.CheckConstraint(condition=Q(step__in=Step.values), name="process_step_is_known"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=models.F("start")), name="process_step_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="process_step_precision_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()} {self.period.label()}"

    @property
    def period(self) -> Period:
        """Its period, as exactly as it is known."""
        return Period(self.start, self.end, Precision(self.precision))
