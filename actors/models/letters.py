"""The letter (e-mail) in the outbox.

What rests in the database has no secret link that works. Until the letter has gone, the whole of it is kept encrypted.
"""

import datetime as dt
import json
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone

from actors.rules.deliveries import explain
from ostberga.lib.coarse_dates import month_of
from ostberga.lib.privacy.encrypted import EncryptedTextField
from ostberga.lib.web.secret_links import CUT, cut_secret_links

# Kinds of letters whose recipients the coordinator may see.
KNOWN_READERS = frozenset(
    [
        "invitation",
        "appointment",
        "appointment-asked",
        "appointment-told",
        "mandate-asked",
        "mandate-confirmed",
        "mandate-receipt",
        "mandate-closed",
        "decision-asked",
        "decision-reminder",
        "decision-answered",
        "decision-withdrawn",
        "decision-moved",
        "commitment-asked",
        "commitment-answered",
        "commitment-left",
        "activity-silent",
        "listed-removed",
        "seat-given",
        "meeting-called",
        "meeting-cancelled",
        "meeting-released",
        "minutes-ready",
        "minutes-locked",
        "outside-asked",
        "outside-replied",
        "outside-spoke",
        "person-told",
        "task-ended",
        "pulse",
        "question-arrived",
        "question-told",
        "succession-asked",
        "succession-told",
    ]
)
# Those who follow issues. Of no other kind does the coordinator read that the recipient is one.
TO_FOLLOWERS = frozenset(["follow", "news"])
# Letters that are nothing but a way to sign in: none of their words is kept when they have gone.
SIGN_IN = frozenset(["account"])


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by state."""

    def waiting(self) -> "LetterQuerySet":
        """Letters that should be sent now."""
        return self.filter(state=Letter.State.WAITING, send_after__lte=timezone.now())

    def sendable(self) -> "LetterQuerySet":
        """Letters for which `can_be_sent` is true, told without reading them."""
        is_whole = ~Q(kind__in=SIGN_IN) & ~Q(kept_text__contains=CUT)
        return self.filter(~Q(sealed="") | is_whole)


class Letter(models.Model):
    """One e-mail to one address."""

    class State(models.TextChoices):
        """State of delivery."""

        WAITING = "waiting", "väntar"
        SENT = "sent", "skickat"
        FAILED = "failed", "kunde inte skickas"

    id = models.UUIDField(
        primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat, så att ordningen inget säger."
    )
    collaboration = models.ForeignKey(
        "actors.Collaboration",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        help_text="Samverkan som brevet hör till; dess samordnare ser om det kom fram. Tomt för kontots egna brev.",
    )
    kind = models.CharField(
        "slag", max_length=40, help_text="Vilken händelse brevet hör till, till exempel invitation."
    )
    to = models.EmailField("till", help_text="Mottagarens adress.")
    subject = models.CharField("ämne", max_length=200, help_text="Ämnesraden.")
    kept_text = models.TextField("text", blank=True, help_text="Brevet som ren text, med «[länk]» för hemliga länkar.")
    kept_html = models.TextField("html", blank=True, help_text="Samma brev med formatering.")
    sealed = EncryptedTextField(
        "förseglat",
        keys="LETTER_KEYS",
        blank=True,
        help_text="Hela brevet med sina hemliga länkar, krypterat. Tomt när det har skickats.",
    )
    calendar = models.TextField("kalender", blank=True, help_text="En kallelse som kalendrar förstår (iCalendar).")
    language = models.CharField("språk", max_length=2, default="sv", help_text="Brevets språk.")
    state = models.CharField(
        "läge", max_length=10, choices=State.choices, default=State.WAITING, help_text="Hur långt brevet kommit."
    )
    attempts = models.PositiveSmallIntegerField("försök", default=0, help_text="Hur många gånger vi försökt.")
    error = models.CharField("fel", max_length=240, blank=True, help_text="Vad som gick fel senast.")
    written_at = models.DateTimeField("skrivet", default=timezone.now, help_text="När brevet skrevs.")
    send_after = models.DateTimeField(
        "skickas tidigast", default=timezone.now, help_text="Efter ett misslyckat försök väntar vi en stund."
    )
    tried_since = models.DateTimeField(
        "försökt sedan", null=True, blank=True, help_text="När vi först försökte. Efter fyra dagar ger vi upp."
    )
    useful_until = models.DateTimeField(
        "till nytta till", null=True, blank=True, help_text="Efter det skickas brevet inte, till exempel en kod."
    )
    sent_at = models.DateTimeField("skickat", null=True, blank=True, help_text="När brevet skickades.")

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "brev"
        verbose_name_plural = "brev"
        ordering = ["-written_at"]
        indexes = [models.Index(fields=["send_after"], condition=Q(state="waiting"), name="letters_waiting")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["waiting", "sent", "failed"]), name="letter_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent"), name="letter_sent_has_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} till {self.to}"

    @property
    def text(self) -> str:
        """The text with its links while the letter is sealed, then what is kept of it."""
        return str(self._whole.get("text", self.kept_text))

    @property
    def html(self) -> str:
        """The same with markup."""
        return str(self._whole.get("html", self.kept_html))

    @property
    def unsubscribe(self) -> str:
        """The link for a mail program's own button to unsubscribe; empty for most letters, and when it has gone."""
        return str(self._whole.get("unsubscribe", ""))

    @property
    def can_be_sent(self) -> bool:
        """Whether all that its reader needs is still here."""
        return bool(self.sealed) or (self.kind not in SIGN_IN and CUT not in self.kept_text)

    @property
    def why(self) -> str:
        """What went wrong last, in words."""
        return explain(self.error)

    def seal(self, *, text: str, html: str = "", unsubscribe: str = "") -> None:
        """Set the words of a letter that is not saved yet: the whole of it encrypted, and what is kept of it.

        A letter without secrets is not encrypted: it is kept as it is.
        """
        whole = {"text": text, "html": html, "unsubscribe": unsubscribe}
        is_sign_in = self.kind in SIGN_IN
        self.kept_text = "" if is_sign_in else cut_secret_links(text)
        self.kept_html = "" if is_sign_in else cut_secret_links(html)
        has_secrets = (self.kept_text, self.kept_html, "") != (text, html, unsubscribe)
        self.sealed = json.dumps(whole) if has_secrets else ""

    @property
    def _whole(self) -> dict[str, str]:
        return dict(json.loads(self.sealed)) if self.sealed else {}

    @property
    def reader(self) -> str:
        """The recipient as the coordinator may see it: followers of issues are not shown to her."""
        if self.kind in KNOWN_READERS:
            return self.to
        return "en följare" if self.kind in TO_FOLLOWERS else "adressen visas inte"


def this_month() -> dt.date:
    """Return the first of this month."""
    return month_of(timezone.localdate())


class DeadAddress(models.Model):
    """Learnt from the mail server or from a delivery report. Whoever types the address anew takes the mark away.

    The letter that came back may be the one that asks a follower for her yes: the day, an order, or a row version of
    its own would tell when she asked. So only the month is kept, and only the batch writes and rewrites the table.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False, help_text="Slumpat.")
    email = models.EmailField("adress", unique=True, help_text="Med små bokstäver.")
    status = models.CharField("kod", max_length=40, help_text="Vad e-postservern svarade, till exempel 550 5.1.1.")
    since = models.DateField("sedan", default=this_month, help_text="Månaden då vi fick veta det, som dess första dag.")

    class Meta:
        verbose_name = "adress som inte tar emot"
        verbose_name_plural = "adresser som inte tar emot"
        ordering = ["since", "email"]

    def __str__(self) -> str:
        return self.email
