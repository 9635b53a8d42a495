"""Meetings of working groups, who is called to them, approvals of their minutes, and additions to locked minutes."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.models import Collaboration, User
from dialogue.models.issue import Issue
from dialogue.models.working_group import Seat, WorkingGroup
from dialogue.rules.calendar_reply import Coming
from dialogue.rules.minutes_approval import Phase, meeting_phase
from ostberga.lib.web.secret_links import derived_token, new_token, token_hash

REPLY_LINK, CALLED_ADDRESS = "meeting reply", "address called to a meeting"


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Meetings by phase, and by who may see them."""

    def approved(self) -> "MeetingQuerySet":
        """Those whose minutes are locked."""
        return self.filter(approved_on__isnull=False)

    def public(self) -> "MeetingQuerySet":
        """Those whose minutes residents may read: locked, in a public group."""
        return self.approved().filter(group__in=WorkingGroup.objects.public())

    def coordinated_by(self, user: User) -> "MeetingQuerySet":
        """Those of dialogues that this person coordinates."""
        return self.filter(group__dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))

    def of_member(self, user: User) -> "MeetingQuerySet":
        """Those of groups where this person has a seat today."""
        return self.filter(group__in=WorkingGroup.objects.of_member(user))

    def written_by(self, user: User) -> "MeetingQuerySet":
        """Those whose minutes this person may write: she has a seat in the group today, or coordinates."""
        return self.filter(Q(pk__in=self.of_member(user).values("pk")) | Q(pk__in=self.coordinated_by(user)))


class Meeting(models.Model):
    """A meeting, from the call to locked minutes. Locked minutes are corrected with additions."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="meetings", help_text="Gruppen.")
    on = models.DateField("datum", help_text="Dagen gruppen möts.")
    starts_at = models.TimeField("börjar", null=True, blank=True, help_text="Klockslaget.")
    ends_at = models.TimeField("slutar", null=True, blank=True, help_text="Klockslaget.")
    place = models.CharField("plats", max_length=120, blank=True, help_text="Var.")
    issues = models.ManyToManyField(Issue, related_name="meetings", help_text="Sakfrågorna som tas upp.")
    present = models.ManyToManyField(Seat, related_name="meetings", help_text="Platserna som var där.")
    adjusters = models.ManyToManyField(
        Seat, related_name="+", blank=True, help_text="Platserna som mötet valde att justera protokollet."
    )
    notes = models.TextField("kort om mötet", blank=True, help_text="Vad gruppen kom fram till. Inga namn.")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in mötet.")
    registered_at = models.DateTimeField("inskrivet", default=timezone.now, help_text="När mötet skrevs in.")
    sequence = models.PositiveSmallIntegerField("kallelse nummer", default=0, help_text="Räknas upp när den ändras.")
    calendar_key = models.CharField(
        "nyckel i kalendrar",
        max_length=32,
        default=new_token,
        blank=True,
        editable=False,
        help_text="Slumpad del av mötets namn i kalenderfiler, så att bara kallade kan svara. Tom för äldre möten.",
    )
    invited_at = models.DateTimeField("kallat", null=True, blank=True, help_text="När kallelsen senast gick ut.")
    begun_at = models.DateTimeField("öppnat", null=True, blank=True, help_text="När protokollet började skrivas.")
    ready_at = models.DateTimeField(
        "klart att justera", null=True, blank=True, help_text="När protokollet lämnades för justering."
    )
    approved_on = models.DateField("justerat", null=True, blank=True, help_text="Dagen protokollet låstes.")
    names = models.JSONField(
        "namn vid justeringen",
        default=dict,
        blank=True,
        help_text="Vad gruppen, organisationerna, frågorna och förslagen hette när protokollet låstes.",
    )
    cancelled_at = models.DateTimeField("inställt", null=True, blank=True, help_text="När mötet ställdes in.")
    cancelled_reason = models.CharField("varför inställt", max_length=240, blank=True, help_text="Skälet.")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | (~Q(cancelled_reason="") & Q(approved_on__isnull=True)),
                name="meeting_cancelled_with_reason_or_locked",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | Q(approved_on__gte=models.F("on")),
                name="meeting_approved_after_it_was_held",
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True) | ~Q(names={}), name="meeting_locked_with_names"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.on:%Y-%m-%d}"

    @property
    def phase(self) -> Phase:
        """Its phase."""
        return meeting_phase(
            begun=self.begun_at is not None,
            ready=self.ready_at is not None,
            locked=self.approved_on is not None,
            cancelled=self.cancelled_at is not None,
        )


class MeetingCallQuerySet(models.QuerySet["MeetingCall"]):
    """Calls by the address that was called."""

    def at(self, address: str) -> "MeetingCallQuerySet":
        """Those that went to this address, in whatever case it is written."""
        return self.filter(address_hash=token_hash(CALLED_ADDRESS, address.lower()))

    def ask(self, meeting: Meeting, seat: Seat, address: str) -> "MeetingCall":
        """Return the call of the seat to the meeting at this address; one to another address is forgotten."""
        calls, key = self.filter(meeting=meeting, seat=seat), uuid.uuid4()
        calls.exclude(pk__in=calls.at(address).values("pk")).delete()
        hashes = {
            "address_hash": token_hash(CALLED_ADDRESS, address.lower()),
            "token_hash": token_hash(REPLY_LINK, derived_token(REPLY_LINK, key)),
        }
        new = {"id": key, "since_sequence": meeting.sequence, **hashes}
        return self.get_or_create(meeting=meeting, seat=seat, defaults=new)[0]


class MeetingCall(models.Model):
    """A seat that is called to a meeting, and whether it comes. Who of the group it is only the coordinator sees."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat.")
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="calls", help_text="Mötet.")
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="calls", help_text="Platsen som är kallad.")
    address_hash = models.CharField(
        "adressens hash",
        max_length=64,
        help_text="Vart kallelsen gick; bara därifrån kan en kalender svara.",
    )
    token_hash = models.CharField("länkens hash", max_length=64, unique=True, help_text="Länken att svara med.")
    since_sequence = models.PositiveSmallIntegerField(
        "frågad från kallelse nummer", help_text="Svar på en tidigare kallelse gällde en annan tid."
    )
    coming = models.CharField(
        "svar", max_length=5, choices=Coming.choices, blank=True, help_text="Tomt: har inte svarat."
    )
    replied_at = models.DateTimeField("svarade", null=True, blank=True, help_text="När svaret gavs.")

    objects = MeetingCallQuerySet.as_manager()

    class Meta:
        verbose_name = "kallad plats"
        verbose_name_plural = "kallade platser"
        ordering = ["seat__role", "seat__number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="seat_called_once_to_a_meeting"),
            models.CheckConstraint(condition=Q(coming__in=["", *Coming.values]), name="meeting_reply_is_known"),
            models.CheckConstraint(
                condition=Q(coming="", replied_at__isnull=True) | (~Q(coming="") & Q(replied_at__isnull=False)),
                name="meeting_reply_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} kallad till {self.meeting}"

    @property
    def token(self) -> str:
        """The last part of the link to reply with."""
        return derived_token(REPLY_LINK, self.pk)


class Approval(models.Model):
    """A seat that was present approves the minutes of a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="approvals", help_text="Mötet.")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+", help_text="Platsen som justerade.")
    on = models.DateField("den", default=timezone.localdate, help_text="Dagen.")
    by = models.ForeignKey(
        User, models.PROTECT, related_name="+", help_text="Kontot: platsens eget, eller samordnaren för den utan konto."
    )

    class Meta:
        verbose_name = "justering"
        verbose_name_plural = "justeringar"
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="approved_once_by_a_seat")]

    def __str__(self) -> str:
        return f"{self.meeting} justerat av {self.seat}"


class Addition(models.Model):
    """An addition to locked minutes. Never edited."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="additions", help_text="Mötet.")
    text = models.TextField("tillägg", help_text="Vad som blev fel, eller glömdes. Inga namn.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in det.")
    at = models.DateTimeField("när", default=timezone.now, help_text="När det skrevs in.")

    class Meta:
        verbose_name = "tillägg till protokoll"
        verbose_name_plural = "tillägg till protokoll"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
