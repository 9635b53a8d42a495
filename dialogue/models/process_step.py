"""The stages of a dialogue, and the periods of each in the rounds of the dialogue."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from dialogue.models.dialogue import Dialogue
from dialogue.rules.staircase import Step
from ostberga.lib.periods import Period, Precision
from ostberga.lib.translations.languages import in_language


class ProcessStage(models.Model):
    """A stage of a dialogue in its own words. It carries one of the steps that issues climb, or none."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="stages", help_text="Dialogen.")
    position = models.PositiveSmallIntegerField("plats", help_text="Vilket i ordningen steget är, från 1.")
    name = models.JSONField("namn", default=dict, help_text="Stegets namn, per språk.")
    description = models.JSONField(
        "beskrivning", default=dict, blank=True, help_text="Vad som händer i steget, per språk."
    )
    step = models.PositiveSmallIntegerField(
        "spärr",
        choices=Step.choices,
        null=True,
        blank=True,
        help_text="Steget i trappan som frågor klättrar på, med dess spärr; tomt om ingen fråga står här.",
    )

    class Meta:
        verbose_name = "steg i dialogen"
        verbose_name_plural = "steg i dialogen"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["dialogue", "position"],
                name="one_stage_at_each_place",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.UniqueConstraint(
                fields=["dialogue", "step"], name="one_stage_per_step", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(
                condition=Q(step__isnull=True) | Q(step__in=Step.values), name="stage_step_is_known"
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="stage_places_count_from_one"),
        ]

    def __str__(self) -> str:
        return in_language(self.name, get_language() or "sv")

    @property
    def carries(self) -> Step | None:
        """The step that it carries, if any."""
        return None if self.step is None else Step(self.step)


class ProcessStep(models.Model):
    """The period of a stage in a round of a dialogue. Periods may overlap, be approximate, and have no end."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="steps", help_text="Dialogen.")
    round_number = models.PositiveSmallIntegerField(
        "omgång", default=1, help_text="Vilket varv i trappan perioden gäller."
    )
    stage = models.ForeignKey(ProcessStage, models.CASCADE, related_name="periods", help_text="Vilket av stegen.")
    name = models.JSONField(
        "namn",
        default=dict,
        blank=True,
        help_text="Vad steget kallas i den här omgången, per språk. Tomt: stegets namn.",
    )
    description = models.JSONField(
        "beskrivning", default=dict, blank=True, help_text="Vad som händer i steget den här omgången, per språk."
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
    loops_to = models.ForeignKey(
        ProcessStage,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="leder tillbaka till",
        help_text="⇌ Steget som ett nytt varv börjar i.",
    )

    class Meta:
        verbose_name = "stegs tid"
        verbose_name_plural = "stegs tider"
        ordering = ["round_number", "stage__position"]
        constraints = [
            models.UniqueConstraint(fields=["stage", "round_number"], name="one_period_per_stage_and_round"),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=models.F("start")), name="process_step_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="process_step_precision_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.period.label()}"

    @property
    def period(self) -> Period:
        """Its period, as exactly as it is known."""
        return Period(self.start, self.end, Precision(self.precision))
