"""Which organisation took over from another in a collaboration, when it went up in it or was split."""

from django.db import models
from django.utils import timezone

from actors.models.collaboration import Collaboration
from actors.models.organisations import Organisation
from actors.models.people import User


class BodySuccession(models.Model):
    """One organisation took over from another in a collaboration. The earlier one keeps what it did, by its name."""

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="successions", help_text="Samverkan där det gäller."
    )
    predecessor = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Den som var före.")
    predecessor_name = models.CharField("namn då", max_length=120, help_text="Vad den som var före hette.")
    successor = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Den som tog över.")
    on = models.DateField("den", default=timezone.localdate, help_text="Den förras sista dag.")
    reason = models.CharField("varför", max_length=240, help_text="Varför. Visas för boende.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in det.")

    class Meta:
        verbose_name = "organisation som tog över"
        verbose_name_plural = "organisationer som tog över"
        ordering = ["-on", "-pk"]

    def __str__(self) -> str:
        return f"{self.successor} efter {self.predecessor_name}"

    @property
    def has_happened(self) -> bool:
        """Whether the last day of the one before has passed."""
        return self.on < timezone.localdate()
