"""What the seats think of a proposal, and the order a group has put its proposals in. Nothing of it is ever edited."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import User
from dialogue.groups.stances import Stance
from dialogue.models.meeting import Meeting
from dialogue.models.proposal import Proposal
from dialogue.models.working_group import Seat, WorkingGroup


class PositionQuerySet(models.QuerySet["Position"]):
    """Positions, of which a seat's latest holds."""

    def holding(self) -> "PositionQuerySet":
        """Each seat's latest on each proposal."""
        latest = self.order_by("proposal_id", "seat_id", "-given_at", "-pk").distinct("proposal_id", "seat_id")
        return self.filter(pk__in=latest.values("pk"))


class Position(models.Model):
    """That a seat consents, consents with a reservation, or objects. Not a vote."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="positions", help_text="Förslaget.")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="positions", help_text="Platsen.")
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, null=True, blank=True, related_name="+", help_text="Mötet, om det togs där."
    )
    stance = models.CharField(
        "ställningstagande", max_length=10, choices=Stance.choices, help_text="Ja, ja om, eller nej."
    )
    reason = models.TextField("varför", blank=True, help_text="Skälet, som det följer med förslaget. Inga namn.")
    given_at = models.DateTimeField("när", default=timezone.now, help_text="När.")
    given_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", help_text="Kontot: platsens eget, eller samordnaren för den utan konto."
    )

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = "ställningstagande"
        verbose_name_plural = "ställningstaganden"
        ordering = ["given_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(stance__in=Stance.values), name="position_stance_is_known"),
            models.CheckConstraint(condition=Q(stance=Stance.CONSENT) | ~Q(reason=""), name="position_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_stance_display()}"


class Prioritisation(models.Model):
    """The order a group put its proposals in at a meeting, and why. Every earlier order stays."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="orders", help_text="Gruppen.")
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="orders", help_text="Mötet där det skedde.")
    reason = models.TextField("varför", help_text="Hur gruppen tänkte. Inga namn.")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in den.")
    made_at = models.DateTimeField("när", default=timezone.now, help_text="När.")

    class Meta:
        verbose_name = "prioritering"
        verbose_name_plural = "prioriteringar"
        ordering = ["-made_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="prioritisation_has_reason")]

    def __str__(self) -> str:
        return f"{self.group} {self.made_at:%Y-%m-%d}"


class PrioritisedProposal(models.Model):
    """A proposal's place in an order."""

    prioritisation = models.ForeignKey(Prioritisation, models.CASCADE, related_name="rows", help_text="Ordningen.")
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="+", help_text="Förslaget.")
    position = models.PositiveSmallIntegerField("plats", help_text="Den första är 1.")

    class Meta:
        verbose_name = "prioriterat förslag"
        verbose_name_plural = "prioriterade förslag"
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["prioritisation", "proposal"], name="prioritised_once"),
            models.UniqueConstraint(fields=["prioritisation", "position"], name="prioritised_places_differ"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.proposal}"
