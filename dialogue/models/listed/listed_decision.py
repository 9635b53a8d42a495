"""A decision as a list tells of it."""

from django.db import models
from django.db.models import Q

from dialogue.models.issue import Issue
from dialogue.models.listed.listed_claim import ListedClaim, ListedClaimQuerySet, reply_constraints
from dialogue.rules.decisions import GIVEN, FormOfDecision, PartState


class ListedDecisionQuerySet(ListedClaimQuerySet["ListedDecision"]):
    """Decisions of lists."""


class ListedDecision(ListedClaim):
    """What a list says that a body decided. It is no answer of the body, and no activity can rest on it."""

    issues = models.ManyToManyField(
        Issue,
        blank=True,
        related_name="listed_decisions",
        verbose_name="sakfrågor",
        help_text="Sakfrågorna som beslutet gäller.",
    )
    form = models.CharField(
        "form", max_length=12, choices=FormOfDecision.choices, blank=True, help_text="Hur det fattades; tomt: okänt."
    )
    answer = models.CharField(
        "svar", max_length=12, choices=PartState.choices, default=PartState.APPROVED, help_text="Vad beslutet blev."
    )
    instance = models.CharField("instans", max_length=160, blank=True, help_text="Nämnden, styrelsen eller chefen.")
    paragraph = models.CharField("paragraf", max_length=60, blank=True, help_text="§ i protokollet.")
    registry_number = models.CharField("diarienummer", max_length=60, blank=True, help_text="Dnr hos organisationen.")
    delegation_item = models.CharField("punkt i delegationsordningen", max_length=60, blank=True, help_text="Stödet.")
    decided_on = models.DateField("beslutsdag", help_text="Dagen då det beslutades.")
    motivation = models.TextField("motivering", blank=True, help_text="Varför.")
    conditions = models.TextField("villkor", blank=True, help_text="Vad som ska vara uppfyllt.")
    reservations = models.TextField("reservationer", blank=True, help_text="De som inte höll med.")

    objects = ListedDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = "beslut enligt en lista"
        verbose_name_plural = "beslut enligt listor"
        ordering = ["-decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(form="") | Q(form__in=FormOfDecision.values), name="listed_decision_form_is_known"
            ),
            models.CheckConstraint(condition=Q(organisation__isnull=False), name="listed_decision_has_a_body"),
            models.CheckConstraint(condition=Q(answer__in=GIVEN), name="listed_decision_is_decided"),
            *reply_constraints("listed_decision"),
        ]
