"""The security log: who did what with accounts, rights and raw text. Rows are neither edited nor deleted early."""

from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Now

from actors.models.collaboration import Collaboration, CollaborationQuerySet
from actors.models.mandates import Mandate
from actors.models.partnership import Partnership
from actors.models.people import Affiliation, Invitation, User


class SecurityEventQuerySet(models.QuerySet["SecurityEvent"]):
    """Events by who may read them."""

    def readable_by(self, user: User) -> "SecurityEventQuerySet":
        """Events of the collaborations whose data-protection officer this is, and of the accounts that act in them.

        Sign-ins at unknown addresses, and the technical administrators' events, belong to all of them.
        """
        hers = Collaboration.objects.protected_by(user)
        people = User.objects.filter(
            Q(is_staff=True)
            | Q(appointments__collaboration__in=hers)
            | Q(pk__in=Invitation.objects.filter(collaboration__in=hers).values("accepted_by"))
            | Q(pk__in=Mandate.objects.filter(collaboration__in=hers).values("person"))
            | Q(pk__in=_invited_nowhere(hers).values("user"))
        )
        by_administrators = Q(kind__in=SecurityEvent.BY_ADMINISTRATORS)
        of_accounts = Q(collaboration=None) & (Q(who=None) | Q(who__in=people.values("pk")) | by_administrators)
        readable = self.filter(Q(collaboration__in=hers) | of_accounts)
        return readable if hers.exists() else self.none()


def _invited_nowhere(collaborations: CollaborationQuerySet) -> models.QuerySet[Affiliation]:
    """Affiliations of people whom no collaboration invited or gave a mandate, where their body first was a partner.

    Sharing a public body with another collaboration opens nothing about the people whom the other one invited.
    """
    first = Partnership.objects.filter(organisation=OuterRef("organisation")).order_by("pk").values("collaboration")[:1]
    invited = Invitation.objects.filter(accepted_by=OuterRef("user"))
    proposed = Mandate.objects.filter(person=OuterRef("user"))
    nowhere = Affiliation.objects.filter(~Exists(invited), ~Exists(proposed)).annotate(first=Subquery(first))
    return nowhere.filter(first__in=collaborations.values("pk"))


class SecurityEvent(models.Model):
    """One event: who, what, on which object, when and how it ended. Never what was read, written or typed.

    Triggers in the database set the time, seal each event in a chain (SecuritySeal), and refuse UPDATE, TRUNCATE and
    DELETE, except for the disposal of old rows.
    """

    class Kind(models.TextChoices):
        """What happened."""

        SIGNED_IN = "signed_in", "loggade in"
        SIGNED_OUT = "signed_out", "loggade ut"
        SIGN_IN_LETTER = "sign_in_letter", "bad om ett brev för att logga in"
        SESSION_ENDED = "session_ended", "avslutade en inloggning"
        EMAIL_CHANGED = "email_changed", "bytte e-postadress"
        NAME_CHANGED = "name_changed", "bytte namn"
        PASSWORD_CHANGED = "password_changed", "bytte lösenord"
        FACTOR_ADDED = "factor_added", "lade till ett säkert sätt att logga in"
        FACTOR_REMOVED = "factor_removed", "tog bort ett säkert sätt att logga in"
        CHANGE_STOPPED = "change_stopped", "stoppade en ändring av kontot"
        READ_RAW_TEXT = "read_raw_text", "läste omaskad text"
        EXPORTED = "exported", "tog ut uppgifter"
        APPOINTED = "appointed", "ändrade ett uppdrag"
        RIGHT_CHANGED = "right_changed", "ändrade en rättighet"
        ADMINISTERED = "administered", "ändrade på administrationens sidor"
        ADMINISTRATION_GIVEN = "administration_given", "gjorde någon till teknisk administratör"
        ADMINISTRATION_TAKEN = "administration_taken", "tog ifrån någon den tekniska administrationen"
        REFUSED = "refused", "försökte göra något otillåtet"
        LOG_READ = "log_read", "läste säkerhetsloggen"
        DISPOSED = "disposed", "gallrade gamla rader"

    class Outcome(models.TextChoices):
        """How it ended."""

        DONE = "done", "genomfört"
        FAILED = "failed", "misslyckades"
        REFUSED = "refused", "nekades"

    BY_ADMINISTRATORS = (Kind.ADMINISTERED, Kind.ADMINISTRATION_GIVEN, Kind.ADMINISTRATION_TAKEN)

    at = models.DateTimeField(
        "när", db_default=Now(), help_text="När det hände. Sätts av databasen, vad programmet än säger."
    )
    kind = models.CharField("vad", max_length=20, choices=Kind.choices, help_text="Slag av händelse.")
    outcome = models.CharField(
        "hur det gick", max_length=8, choices=Outcome.choices, default=Outcome.DONE, help_text="Om det genomfördes."
    )
    who = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Kontot som gjorde det; tomt när ingen var inloggad och adressen inte hör till något konto.",
    )
    collaboration = models.ForeignKey(
        Collaboration,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Samverkan det gällde; tomt för det som gäller ett konto.",
    )
    object_type = models.CharField(
        "slag av objekt", max_length=60, blank=True, help_text="Modellen eller sidan, till exempel surveys.response."
    )
    object_key = models.CharField(
        "objektets nyckel", max_length=80, blank=True, help_text="Radens nyckel eller sidans namn; aldrig innehåll."
    )

    objects = SecurityEventQuerySet.as_manager()

    class Meta:
        verbose_name = "säkerhetshändelse"
        verbose_name_plural = "säkerhetslogg"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "at"], name="security_event_kind_at")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=[
                        *("signed_in", "signed_out", "sign_in_letter", "session_ended", "email_changed"),
                        *("password_changed", "factor_added", "factor_removed", "change_stopped", "read_raw_text"),
                        *("exported", "appointed", "right_changed", "administered", "refused", "log_read"),
                        *("disposed", "name_changed", "administration_given", "administration_taken"),
                    ]
                ),
                name="security_event_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["done", "failed", "refused"]), name="security_event_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.who or 'okänd'} {self.get_kind_display()}"


class SecuritySeal(models.Model):
    """An event's place in the chain: a hash of the seal before it and of the event. Written by the database only.

    The transaction that wrote the event fills it in as the last thing before it commits, one transaction at a time.
    """

    event = models.OneToOneField(
        SecurityEvent, models.PROTECT, primary_key=True, related_name="seal", help_text="Händelsen som sigillet gäller."
    )
    position = models.BigIntegerField(null=True, unique=True, help_text="Platsen i kedjan, från 1.")
    previous = models.CharField(max_length=64, blank=True, help_text="Sigillet före; tomt för det första.")
    hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 av sigillet före och händelsens alla fält.")

    class Meta:
        verbose_name = "sigill"
        verbose_name_plural = "sigill"
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.position}:{self.hash}"


class SecurityLogTerm(models.Model):
    """How long events are kept: the one row, which only the owner of the database writes (docs/drift/roller.sql)."""

    id = models.PositiveSmallIntegerField(
        primary_key=True, default=1, editable=False, help_text="Alltid 1: det finns en enda rad."
    )
    days = models.PositiveIntegerField("dagar", default=730, help_text="Så länge sparas en händelse, minst 90 dagar.")

    class Meta:
        verbose_name = "säkerhetsloggens gallringstid"
        verbose_name_plural = "säkerhetsloggens gallringstid"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="security_log_has_one_term"),
            models.CheckConstraint(condition=Q(days__gte=90), name="security_log_keeps_90_days"),
        ]

    def __str__(self) -> str:
        return f"{self.days} dagar"
