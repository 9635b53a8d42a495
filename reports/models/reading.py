"""Readings (avstämning): private links to a draft, comments from its readers, and what they led to."""

import datetime as dt

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from actors.models import Collaboration, User
from actors.rules.rights import COORDINATE
from ostberga.lib.authorization import require
from ostberga.lib.privacy.encrypted import EncryptedTextField
from ostberga.lib.refusal import Refusal
from ostberga.lib.web.secret_links import new_token, token_hash
from reports.models.version import ReportVersion
from surveys.redaction.detection import find_identifiers, mask_text
from surveys.redaction.review import blocking_findings

# The purpose of its secret links.
LINK = "reading"


class ReadingQuerySet(models.QuerySet["Reading"]):
    """Readings by validity, token and editor."""

    def open(self) -> "ReadingQuerySet":
        """Readings whose link is still valid."""
        return self.filter(closed_at__isnull=True, expires_at__gt=timezone.now())

    def by_token(self, token: str) -> "ReadingQuerySet":
        """The reading that this token belongs to, as a queryset."""
        return self.filter(token_hash=token_hash(LINK, token))

    def coordinated_by(self, user: User) -> "ReadingQuerySet":
        """Readings of reports that this person may edit."""
        return self.filter(version__report__dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))


class Reading(models.Model):
    """A private link to a draft; its reader can comment on what is missing."""

    version = models.ForeignKey(
        ReportVersion, models.CASCADE, related_name="readings", help_text="Versionen som läses."
    )
    label = models.CharField(
        "till vem", max_length=120, help_text="En grupp eller funktion, till exempel Öppna förskolan."
    )
    token_hash = models.CharField(max_length=64, unique=True, help_text="Hash av den hemliga länken.")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som gjorde länken.")
    created_at = models.DateTimeField("skapad", default=timezone.now, help_text="När länken gjordes.")
    expires_at = models.DateTimeField("gäller till", help_text="Därefter fungerar länken inte.")
    closed_at = models.DateTimeField("stängd", null=True, blank=True, help_text="När samordnaren stängde länken.")

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = "avstämning"
        verbose_name_plural = "avstämningar"
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.label

    @classmethod
    @transaction.atomic
    def invite(
        cls,
        version: ReportVersion,
        label: str,
        by: User,
        *,
        days: int = 21,
        at: dt.datetime | None = None,
    ) -> tuple["Reading", str]:
        """Create a private link. Returns the reading and its token, of which only a hash is stored.

        Raises Refusal if the version is not finished.
        """
        require(by, COORDINATE, version)
        at = at or timezone.now()
        if version.state != ReportVersion.State.FINISHED:
            raise Refusal("Versionen är inte färdig ännu.", who="Samordnaren", code="not_finished")
        secret = new_token()
        reading = cls.objects.create(
            version=version,
            label=label,
            token_hash=token_hash(LINK, secret),
            created_by=by,
            created_at=at,
            expires_at=at + dt.timedelta(days=days),
        )
        return reading, secret

    @property
    def is_open(self) -> bool:
        """Whether the link is still valid."""
        return self.closed_at is None and self.expires_at > timezone.now()

    @transaction.atomic
    def close(self, *, at: dt.datetime | None = None) -> None:
        """Close the link. Its comments are kept."""
        self.refresh_from_db(from_queryset=Reading.objects.select_for_update(no_key=True))
        self.closed_at = self.closed_at or at or timezone.now()
        self.save(update_fields=["closed_at"])

    @transaction.atomic
    def receive(self, text: str, *, on: dt.date | None = None) -> "ReadingComment":
        """Store a reader's comment, with nothing about who she is. Raises Refusal if the link is closed or expired."""
        self.refresh_from_db(from_queryset=Reading.objects.select_for_update(no_key=True))
        if on is None and not self.is_open:
            raise Refusal("Länken gäller inte längre.", who="Samordnaren kan ge dig en ny.", code="closed")
        return self.comments.create(text=text.strip(), received_on=on or timezone.localdate())


class ReadingComment(models.Model):
    """A comment by a reader of a draft, and what was changed because of it."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="comments", help_text="Avstämningen.")
    text = EncryptedTextField(
        "synpunkt", help_text="«Har vi missat något?» – svaret. Omaskat, och krypterat, tills det är behandlat."
    )
    received_on = models.DateField("mottagen", default=timezone.localdate, help_text="Dagen.")
    outcome = models.TextField(
        "vad vi ändrade", blank=True, help_text="Vad synpunkten ledde till; tomt tills den är behandlad."
    )
    handled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Vem som behandlade den."
    )
    handled_at = models.DateTimeField("behandlad", null=True, blank=True, help_text="När den behandlades.")

    class Meta:
        verbose_name = "synpunkt"
        verbose_name_plural = "synpunkter"
        ordering = ["received_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True) | (~Q(outcome="") & Q(handled_by__isnull=False)),
                name="comment_handled_by_someone",
            )
        ]

    def __str__(self) -> str:
        return f"Synpunkt {self.pk}"

    @property
    def masked(self) -> str:
        """The words that were handled; before that, with what points somebody out replaced by its kind."""
        return self.text if self.handled_at else mask_text(self.text, find_identifiers(self.text))

    @staticmethod
    def masking_obstacle(text: str) -> str:
        """Why this text may not be shown in a report; empty if it holds no certain finding of personal data."""
        named = ", ".join(f"«{finding.text}» ({finding.kind.label})" for finding in blocking_findings(text))
        return f"Det här kan peka ut någon: {named}. Skriv om eller maska det." if named else ""

    @transaction.atomic
    def handle(self, outcome: str, by: User, *, text: str = "", at: dt.datetime | None = None) -> None:
        """Record what was changed because of the comment, or why nothing was. The next version shows both.

        `text` replaces the comment with words that everyone may read. Raises Refusal if the outcome is empty or the
        text can identify someone.
        """
        require(by, COORDINATE, self.reading)
        self.refresh_from_db(from_queryset=ReadingComment.objects.select_for_update(no_key=True))
        if not outcome.strip():
            raise Refusal("Skriv vad som ändrades, eller varför inget ändrades.", who="Samordnaren", code="outcome")
        self.text = text.strip() or self.text
        if why := self.masking_obstacle(self.text):
            raise Refusal(why, who="Samordnaren", code="not_masked")
        self.outcome, self.handled_by, self.handled_at = outcome.strip(), by, at or timezone.now()
        self.save(update_fields=["text", "outcome", "handled_by", "handled_at"])
