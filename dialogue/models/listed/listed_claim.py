"""What is common to rows that a list brought in: whose list, who entered it, and what the body says of it."""

from typing import TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from actors.models import Collaboration, Mandate, Organisation, User
from actors.models.membership import belongs_there
from dialogue.models.dialogue import Dialogue
from dialogue.rules.listed import ListedReply

Claim = TypeVar("Claim", bound="ListedClaim")
# The path from a row to its collaboration.
COLLABORATION = "dialogue__collaboration"


class ListedClaimQuerySet(models.QuerySet[Claim]):
    """Rows of lists by who sees them, and by who may speak for the body."""

    def coordinated_by(self, user: User) -> "ListedClaimQuerySet[Claim]":
        """Those of dialogues that this person coordinates."""
        return self.filter(dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))

    def of_bodies_of(self, user: User) -> "ListedClaimQuerySet[Claim]":
        """Those about a body that this person belongs to in that collaboration (`belongs_there`)."""
        return self.filter(belongs_there(user, organisation="organisation", collaboration=COLLABORATION))

    def answerable_by(self, user: User) -> "ListedClaimQuerySet[Claim]":
        """Those that this person may confirm or contest: she has a mandate in force for the body there, whatever for.

        It is no answer on a decision, so it does not matter what the mandate covers.
        """
        there = {"organisation": OuterRef("organisation"), "collaboration": OuterRef(COLLABORATION)}
        return self.filter(Exists(Mandate.objects.in_force().filter(person=user, **there)))


class ListedClaim(models.Model):
    """A row of a list that says something of a body. It is nobody's word until the body has said something of it."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="+", help_text="Dialogen.")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="organisation",
        help_text="Den som listan säger det om; tomt: listan säger inte vem.",
    )
    title = models.CharField("rubrik", max_length=300, help_text="Vad det gäller, som det står i listan.")
    source = models.CharField("listan", max_length=120, help_text="Vad listan heter, som regel filens namn.")
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som tog in listan.")
    entered_at = models.DateTimeField("inlagd", default=timezone.now, help_text="När listan togs in.")
    reply = models.CharField(
        "organisationens ord",
        max_length=10,
        choices=ListedReply.choices,
        blank=True,
        help_text="Om organisationen säger att det stämmer; tomt när den inget har sagt.",
    )
    reply_words = models.TextField("vad som är fel", blank=True, help_text="Vad som inte stämmer. Visas för boende.")
    replied_as = models.CharField("sagt av", max_length=120, blank=True, help_text="Organisationens namn då.")
    replied_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem hos organisationen som sa det."
    )
    replied_at = models.DateTimeField("sagt", null=True, blank=True, help_text="När organisationen sa det.")
    mandate = models.ForeignKey(
        Mandate, models.PROTECT, null=True, blank=True, related_name="+", help_text="Mandatet som det sas under."
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def is_confirmed(self) -> bool:
        """Whether the body says that it is right."""
        return self.reply == ListedReply.CONFIRMED

    @property
    def is_contested(self) -> bool:
        """Whether the body says that it is wrong."""
        return self.reply == ListedReply.CONTESTED


def reply_constraints(name: str) -> list[models.BaseConstraint]:
    """Return what must hold for a body's word: somebody said it under a mandate for the body, and with words if no."""
    silent = Q(reply="", replied_by__isnull=True, replied_at__isnull=True, mandate__isnull=True, replied_as="")
    said = {"replied_by__isnull": False, "replied_at__isnull": False, "mandate__isnull": False}
    spoken = Q(reply__in=ListedReply.values, organisation__isnull=False, **said) & ~Q(replied_as="")
    return [
        models.CheckConstraint(condition=silent | spoken, name=f"{name}_spoken_of_under_a_mandate"),
        models.CheckConstraint(
            condition=~Q(reply=ListedReply.CONTESTED) | ~Q(reply_words=""), name=f"{name}_contested_with_words"
        ),
        models.CheckConstraint(condition=~Q(source=""), name=f"{name}_has_a_list"),
    ]
