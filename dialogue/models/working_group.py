"""A working group: residents, elected representatives and officials around an issue, their seats and their meetings."""

import datetime as dt

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actors.models import Collaboration, Organisation, User
from dialogue.models.dialogue import Dialogue
from dialogue.models.issue import Issue
from ostberga.lib.refusal import Refusal


class WorkingGroupQuerySet(models.QuerySet["WorkingGroup"]):
    """Groups as different people see them."""

    def coordinated_by(self, user: User) -> "WorkingGroupQuerySet":
        """Those whose dialogue this person runs."""
        return self.filter(dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))


class WorkingGroup(models.Model):
    """People who meet to find out what should be done about one or more issues."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="groups", help_text="Dialogen.")
    name = models.CharField("namn", max_length=120, help_text="Till exempel Ljus och utemiljö.")
    mandate = models.TextField(
        "uppdrag", blank=True, help_text="Vad gruppen ska komma fram till, och vad den inte rår på."
    )
    issues = models.ManyToManyField(Issue, related_name="groups", help_text="Sakfrågorna gruppen arbetar med.")
    started_on = models.DateField("började", default=timezone.localdate, help_text="Första dagen.")
    ended_on = models.DateField("slutade", null=True, blank=True, help_text="Sista dagen; tomt så länge gruppen finns.")
    formed_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som bildade gruppen.")

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = "arbetsgrupp"
        verbose_name_plural = "arbetsgrupper"
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("started_on")),
                name="group_ends_after_start",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SeatQuerySet(models.QuerySet["Seat"]):
    """Seats by when they are held."""

    def on(self, day: dt.date) -> "SeatQuerySet":
        """Those held on a day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)


class Seat(models.Model):
    """A place in a group. Residents are seats, not names: «Boende 2»."""

    class Role(models.TextChoices):
        """Whose voice the seat carries."""

        RESIDENT = "resident", _("boende")
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
    since = models.DateField("från", default=timezone.localdate, help_text="Första dagen.")
    until = models.DateField("till", null=True, blank=True, help_text="Sista dagen; tomt så länge platsen är besatt.")

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
        ]

    def __str__(self) -> str:
        body = f", {self.organisation.short_name}" if self.organisation else ""
        return f"{self.get_role_display().capitalize()} {self.number}{body}"


class Meeting(models.Model):
    """A meeting: who was there by seat, which issues were treated, what was said, and who approved the notes."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="meetings", help_text="Gruppen.")
    on = models.DateField("datum", help_text="Dagen gruppen möttes.")
    place = models.CharField("plats", max_length=120, blank=True, help_text="Var.")
    issues = models.ManyToManyField(Issue, related_name="meetings", help_text="Sakfrågorna som togs upp.")
    present = models.ManyToManyField(Seat, related_name="meetings", help_text="Platserna som var där.")
    notes = models.TextField("anteckningar", help_text="Vad gruppen kom fram till. Inga namn.")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in mötet.")
    registered_at = models.DateTimeField("inskrivet", default=timezone.now, help_text="När mötet skrevs in.")
    approved_by = models.ForeignKey(
        Seat, models.PROTECT, null=True, blank=True, related_name="+", help_text="Platsen som justerade anteckningarna."
    )
    approved_on = models.DateField("justerat", null=True, blank=True, help_text="Dagen anteckningarna justerades.")

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True, approved_by__isnull=True)
                | Q(approved_on__isnull=False, approved_by__isnull=False),
                name="meeting_approved_by_a_seat",
            )
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.on:%Y-%m-%d}"

    @transaction.atomic
    def approve(self, *, seat: Seat, on: dt.date) -> None:
        """The notes say what was said. One who was there stands for that; afterwards they are not changed."""
        self.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
        if self.approved_on is not None:
            raise Refusal("Anteckningarna är redan justerade.", code="already_approved")
        if not self.present.contains(seat):
            raise Refusal(f"{seat} var inte på mötet. Den som justerar ska ha varit där.", code="was_not_there")
        if on < self.on:
            raise Refusal("Mötet kan inte justeras innan det har hållits.", code="approved_before_meeting")
        self.approved_by, self.approved_on = seat, on
        self.save(update_fields=["approved_by", "approved_on"])
        self.group.dialogue.collaboration.bump_public_version()
