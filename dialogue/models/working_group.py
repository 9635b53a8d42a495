"""Working groups of residents, elected representatives and officials, and their seats."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from actors.models import Collaboration, Invitation, Organisation, User
from dialogue.models.dialogue import Dialogue
from dialogue.models.issue import Issue
from dialogue.rules.minutes_approval import ApprovalRule


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    """Groups by what people may do with them."""

    def coordinated_by(self, user: User) -> "WorkingGroupQuerySet":
        """Those whose dialogue this person coordinates."""
        return self.filter(dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))

    def read_by(self, user: User) -> "WorkingGroupQuerySet":
        """Those of dialogues that this person may read about as the coordinator does."""
        return self.filter(dialogue__in=Dialogue.objects.read_by(user))

    def of_member(self, user: User) -> "WorkingGroupQuerySet":
        """Those where this person has a seat today."""
        return self.filter(seats__in=Seat.objects.held_by(user)).distinct()

    def open_to(self, user: User) -> "WorkingGroupQuerySet":
        """Those whose members' page this person may read: she has a seat there, or coordinates."""
        return self.filter(Q(pk__in=self.of_member(user).values("pk")) | Q(pk__in=self.coordinated_by(user)))

    def led_by(self, user: User) -> "WorkingGroupQuerySet":
        """Those whose meetings this person may plan: she has the seat of the chair, or coordinates."""
        chaired = self.filter(chair__in=Seat.objects.held_by(user))
        return self.filter(Q(pk__in=chaired) | Q(pk__in=self.coordinated_by(user)))

    def public(self) -> "WorkingGroupQuerySet":
        """Those that residents may read about: they work with a public issue."""
        begun = Dialogue.objects.begun()
        return self.filter(dialogue__in=begun, pk__in=self.filter(issues__in=Issue.objects.public()).values("pk"))


class WorkingGroup(models.Model):
    """A group of seats that works with one or more issues."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="groups", help_text="Dialogen.")
    name = models.CharField("namn", max_length=120, help_text="Till exempel Ljus och utemiljö.")
    mandate = models.TextField(
        "uppdrag", blank=True, help_text="Vad gruppen ska komma fram till, och vad den inte rår på."
    )
    issues = models.ManyToManyField(Issue, related_name="groups", help_text="Sakfrågorna gruppen arbetar med.")
    started_on = models.DateField("började", default=timezone.localdate, help_text="Första dagen.")
    ended_on = models.DateField("slutade", null=True, blank=True, help_text="Sista dagen; tomt så länge gruppen finns.")
    formed_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som bildade gruppen.")
    approval = models.CharField(
        "justering",
        max_length=5,
        choices=ApprovalRule.choices,
        default=ApprovalRule.TWO,
        help_text="Vem som justerar protokollen.",
    )
    chair = models.ForeignKey(
        "dialogue.Seat", models.PROTECT, null=True, blank=True, related_name="+", help_text="Platsen som leder mötena."
    )

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "arbetsgrupp"
        verbose_name_plural = "arbetsgrupper"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="group_ends_after_start",
            ),
            models.CheckConstraint(condition=Q(approval__in=ApprovalRule.values), name="group_approval_is_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def edit_state(self) -> str:
        """Whether it has ended, for those who edit it."""
        return "gruppen är avslutad" if self.ended_on else ""


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats by when they are held."""

    def on(self, day: dt.date) -> "SeatQuerySet":
        """Those held on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)

    def held_by(self, user: User) -> "SeatQuerySet":
        """Those that this person has today, through her account or an invitation she accepted."""
        hers = Q(user=user) | Q(invitation__accepted_by=user)
        return self.on(timezone.localdate()).filter(hers)

    def spoken_for_by(self, user: User) -> "SeatQuerySet":
        """Those that this person may speak for: her own today, and as coordinator those that cannot sign in.

        A seat cannot sign in when it has no active account, or when it has been left: its former holder has no access.
        """
        can_sign_in = Q(user__is_active=True) | Q(invitation__accepted_by__is_active=True)
        left = Q(until__lt=timezone.localdate())
        coordinated = Q(group__in=WorkingGroup.objects.coordinated_by(user))
        return self.filter(Q(pk__in=self.held_by(user).values("pk")) | coordinated & (left | ~can_sign_in))

    def without_account(self) -> "SeatQuerySet":
        """Those whose holder has had no account, open or closed: what she said was written down by the coordinator.

        Whoever has had one has spoken for herself. Closing it, or leaving the seat, gives her words to nobody.
        """
        return self.filter(user__isnull=True).exclude(invitation__accepted_by__isnull=False)


class Seat(models.Model):
    """A seat in a group. Seats have numbers instead of names: «Boende 2»."""

    class Role(models.TextChoices):
        """Whom the seat represents."""

        RESIDENT = "resident", pgettext_lazy("en plats", "boende")  # one of them: «Resident 2»
        ELECTED = "elected", _("förtroendevald")
        OFFICIAL = "official", _("tjänsteperson")

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="seats", help_text="Gruppen.")
    role = models.CharField("roll", max_length=10, choices=Role.choices, help_text="Vilken röst platsen bär.")
    number = models.PositiveSmallIntegerField("nummer", help_text="Skiljer platser med samma roll åt.")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Organisationen, för tjänstepersoner och förtroendevalda.",
    )
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="seats", help_text="Kontot, om personen har ett."
    )
    invitation = models.ForeignKey(
        Invitation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        help_text="Inbjudan till den som ska ha platsen; när den är antagen är platsen hennes.",
    )
    since = models.DateField("från", default=timezone.localdate, help_text="Första dagen.")
    reason = models.CharField("varför", max_length=240, blank=True, help_text="Varför platsen tillkom.")
    seated_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som skrev in platsen."
    )
    until = models.DateField("till", null=True, blank=True, help_text="Sista dagen; tomt så länge platsen är besatt.")
    left_reason = models.CharField("varför den lämnades", max_length=240, blank=True, help_text="Skälet. Inga namn.")
    left_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som skrev in att den lämnades."
    )

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "plats"
        verbose_name_plural = "platser"
        ordering = ["role", "number"]
        constraints = [
            models.UniqueConstraint(fields=["group", "role", "number"], name="seat_numbers_differ"),
            models.CheckConstraint(
                condition=Q(role__in=["resident", "elected", "official"]), name="seat_role_is_known"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=models.F("since")), name="seat_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=True) | Q(invitation__isnull=True), name="seat_has_one_holder"
            ),
        ]

    def __str__(self) -> str:
        return self.labelled(self.body_name)

    @property
    def body_name(self) -> str:
        """The short name of its body today; empty for a seat without one."""
        return self.organisation.short_name if self.organisation else ""

    def labelled(self, body: str) -> str:
        """The seat in words, with the body called so: minutes keep the name of their day."""
        return f"{self.get_role_display().capitalize()} {self.number}{f', {body}' if body else ''}"

    @property
    def holder(self) -> User | None:
        """The active account that holds the seat, if any. Never shown: a seat has no name."""
        account = self.user or (self.invitation.accepted_by if self.invitation else None)
        return account if account and account.is_active else None
