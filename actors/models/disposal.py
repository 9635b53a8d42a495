"""Disposals of letters that are records: what was destroyed, by which decision."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models.collaboration import Collaboration
from actors.models.people import User


class Disposal(models.Model):
    """Letters of a collaboration that were destroyed by a decision. Never edited: it is what is left of them."""

    collaboration = models.ForeignKey(Collaboration, models.PROTECT, related_name="disposals", help_text="Samverkan.")
    decision_number = models.CharField(
        "beslut", max_length=80, help_text="Diarienummer eller paragraf för gallringsbeslutet."
    )
    before = models.DateField("skrivna före", help_text="Brev som skrevs före den här dagen gallrades.")
    letters = models.PositiveIntegerField("brev", help_text="Hur många brev som gallrades.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som gallrade.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När det gjordes.")

    class Meta:
        verbose_name = "gallring"
        verbose_name_plural = "gallringar"
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(decision_number=""), name="disposal_has_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.letters} brev enligt {self.decision_number}"
