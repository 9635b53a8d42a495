"""An activity as a list tells of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from dialogue.models.issue import Issue
from dialogue.models.listed.listed_claim import ListedClaim, ListedClaimQuerySet, reply_constraints
from dialogue.rules.activities import ActivityState
from ostberga.lib.periods import Period, Precision


class ListedActivityQuerySet(ListedClaimQuerySet["ListedActivity"]):
    """Activities of lists."""


class ListedActivity(ListedClaim):
    """What a list says that is or was done. It rests on no decision, and nobody has promised it here."""

    partners = models.CharField("medverkar", max_length=300, blank=True, help_text="Andra som är med, enligt listan.")
    issue = models.ForeignKey(
        Issue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="listed_activities",
        verbose_name="sakfråga",
        help_text="Sakfrågan som den svarar på; tomt: ingen av dem.",
    )
    description = models.TextField("beskrivning", blank=True, help_text="Vad det innebär.")
    place = models.CharField("plats", max_length=160, blank=True, help_text="Var i området.")
    start = models.DateField("början", null=True, blank=True, help_text="Första dagen, så exakt som den är känd.")
    end = models.DateField("slut", null=True, blank=True, help_text="Sista dagen; tomt: tills vidare, eller okänt.")
    precision = models.CharField(
        "noggrannhet",
        max_length=10,
        choices=Precision.choices,
        default=Precision.DAY,
        help_text="Hur exakt tiden är.",
    )
    state = models.CharField(
        "läge", max_length=12, choices=ActivityState.choices, help_text="Hur det går, enligt listan."
    )
    decision = models.CharField("beslut", max_length=300, blank=True, help_text="Beslutet, med listans ord.")
    outcome = models.TextField("hur det gick", blank=True, help_text="Resultatet eller lärdomen.")
    carried_on_by = models.CharField(
        "förvaltas av", max_length=160, blank=True, help_text="Den ordinarie verksamhet som tagit över."
    )
    ended_on = models.DateField("slutade", null=True, blank=True, help_text="Dagen den avslutades.")

    objects = ListedActivityQuerySet.as_manager()

    class Meta:
        verbose_name = "aktivitet enligt en lista"
        verbose_name_plural = "aktiviteter enligt listor"
        ordering = ["start", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ActivityState.values), name="listed_activity_state_is_known"),
            models.CheckConstraint(
                condition=Q(precision__in=Precision.values), name="listed_activity_precision_is_known"
            ),
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=False, end__gte=models.F("start")),
                name="listed_activity_ends_after_start",
            ),
            *reply_constraints("listed_activity"),
        ]

    @property
    def period(self) -> Period | None:
        """Its period, as exactly as it is known; None when the list says none."""
        return Period(self.start, self.end, Precision(self.precision)) if self.start else None

    @property
    def when(self) -> str:
        """Its period in words, in the language of the page; empty when the list says none."""
        return self.period.label(get_language() or "sv") if self.period else ""
