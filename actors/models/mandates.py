"""Mandates: who may answer for an organisation in a collaboration, with what, from when, confirmed by whom."""

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from actors.models.collaboration import Collaboration
from actors.models.organisations import Organisation
from actors.models.people import Affiliation, User
from actors.models.registries.addresses import RegistryAddressChange
from actors.rules.mandates import MandateScope, in_words

_NOBODY = Q(confirmed_by__isnull=True, confirmed_by_address="")
_A_PERSON = Q(confirmed_by__isnull=False, confirmed_by_address="")
_AN_ADDRESS = Q(confirmed_by__isnull=True) & ~Q(confirmed_by_address="")


class MandateQuerySet(models.QuerySet["Mandate"]):
    """Mandates by validity, by what they cover, and by place."""

    def in_force(self, day: dt.date | None = None) -> "MandateQuerySet":
        """Confirmed, not ended, within their days, of active accounts whose owner still belongs to the organisation.

        She has belonged to it since the confirmation: one that she left and came back to must confirm her again. The
        account of whoever vouched for her is active too.
        """
        day = day or timezone.localdate()
        belongs = Affiliation.objects.on(day).filter(user=OuterRef("person"), organisation=OuterRef("organisation"))
        belongs = belongs.filter(since__lte=OuterRef("confirmed_at__date"))
        return self.filter(
            Q(until__isnull=True) | Q(until__gte=day),
            Q(confirmed_by__isnull=True) | Q(confirmed_by__is_active=True),
            Exists(belongs),
            since__lte=day,
            confirmed_at__isnull=False,
            ended_at__isnull=True,
            person__is_active=True,
        )

    def waiting(self) -> "MandateQuerySet":
        """Those that nobody has confirmed, refused or ended."""
        return self.filter(confirmed_at__isnull=True, refused_at__isnull=True, ended_at__isnull=True)

    def not_over(self) -> "MandateQuerySet":
        """Those that wait or were confirmed, have not ended, and whose last day has not passed."""
        left = Q(until__isnull=True) | Q(until__gte=timezone.localdate())
        return self.filter(left, refused_at__isnull=True, ended_at__isnull=True)

    def covering(self, scope: str) -> "MandateQuerySet":
        """Those that cover this form of answer (`MandateScope`); an association's cover commitments only."""
        covering = self.filter(scopes__contains=[scope])
        if scope == MandateScope.COMMITMENTS:
            return covering
        return covering.exclude(organisation__kind=Organisation.Kind.ASSOCIATION)

    def prepared_by(self, user: User) -> "MandateQuerySet":
        """Those of collaborations that this person coordinates or prepares."""
        return self.filter(collaboration__in=Collaboration.objects.prepared_by(user))

    def coordinated_by(self, user: User) -> "MandateQuerySet":
        """Those of collaborations that this person coordinates."""
        return self.filter(collaboration__in=Collaboration.objects.coordinated_by(user))

    def of_bodies_answered_for_by(self, user: User) -> "MandateQuerySet":
        """Those of organisations for which this person has a mandate in force, in all collaborations."""
        held = Mandate.objects.in_force().filter(person=user, organisation=OuterRef("organisation"))
        return self.filter(Exists(held))

    def endable_by(self, user: User) -> "MandateQuerySet":
        """Those not ended that are her own, or no wider than one of hers in force for the same organisation."""
        wide = {"organisation": OuterRef("organisation"), "scopes__contains": OuterRef("scopes")}
        held = Mandate.objects.in_force().filter(person=user, **wide)
        return self.filter(Exists(held) | Q(person=user), ended_at__isnull=True, refused_at__isnull=True)

    def that_may_vouch(self) -> "MandateQuerySet":
        """Those in force that the registry confirmed. Who was vouched for does not vouch in her turn."""
        return self.in_force().filter(confirmed_by__isnull=True)

    def vouchable_by(self, user: User) -> "MandateQuerySet":
        """Waiting ones of colleagues, of organisations whose registry has confirmed this person's mandate in force."""
        held = Mandate.objects.that_may_vouch().filter(person=user, organisation=OuterRef("organisation"))
        return self.filter(Exists(held)).waiting().exclude(person=user)

    def in_collaboration(self, collaboration: Collaboration) -> "MandateQuerySet":
        """Those of one collaboration."""
        return self.filter(collaboration=collaboration)


class Mandate(models.Model):
    """One person's right to answer for one organisation in one collaboration. It counts when the body confirmed it.

    The organisation confirms it: at its registry address, or through a person whose mandate was confirmed there. It is
    never edited, but that its last day can come earlier: another mandate is proposed, and this one is ended.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="mandates", help_text="Den som får svara.")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="mandates", help_text="Organisationen hon svarar för."
    )
    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="mandates", help_text="Samverkan där hon får svara."
    )
    scopes = ArrayField(
        models.CharField(max_length=12, choices=MandateScope.choices),
        verbose_name="omfattar",
        help_text="Vilka slags svar det omfattar.",
    )
    title = models.CharField("titel", max_length=120, blank=True, help_text="Befattning eller uppdrag.")
    since = models.DateField("från", default=timezone.localdate, help_text="Första dagen.")
    until = models.DateField("till", null=True, blank=True, help_text="Sista dagen; tomt: tills vidare.")
    proposed_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Vem som föreslog det; tomt för rättigheter från före mandaten.",
    )
    proposed_at = models.DateTimeField("föreslaget", default=timezone.now, help_text="När det föreslogs.")
    token_hash = models.CharField(
        max_length=64, blank=True, help_text="Hash av länken som bekräftar, sedan av den som avslutar."
    )
    sent_to = models.EmailField("bekräftas av", blank=True, help_text="Adressen dit länken gick.")
    expires_at = models.DateTimeField(
        "länken gäller till", null=True, blank=True, help_text="Därefter bekräftar länken inget."
    )
    confirmed_at = models.DateTimeField("bekräftat", null=True, blank=True, help_text="När organisationen bekräftade.")
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", help_text="Kollegan som gick i god för henne."
    )
    confirmed_by_address = models.EmailField(
        "bekräftat från", blank=True, help_text="Registratorns adress, när bekräftelsen kom med länken."
    )
    registry_change = models.ForeignKey(
        RegistryAddressChange,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Hur adressen som bekräftade kom till; tomt när en kollega gick i god, eller det inte är känt.",
    )
    refused_at = models.DateTimeField("nekat", null=True, blank=True, help_text="När organisationen sa nej.")
    ended_at = models.DateTimeField("avslutat", null=True, blank=True, help_text="När det avslutades.")
    ended_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Vem; tomt när registratorn gjorde det.",
    )
    ended_reason = models.CharField("varför avslutat", max_length=240, blank=True, help_text="Skälet, om ett skrevs.")

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "mandat"
        verbose_name_plural = "mandat"
        ordering = ["organisation__name", "person__name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) & _NOBODY
                | Q(confirmed_at__isnull=False) & (_A_PERSON | _AN_ADDRESS),
                name="mandate_confirmed_by_one",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("person")),
                name="mandate_not_confirmed_by_herself",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(confirmed_by=F("proposed_by")),
                name="mandate_not_confirmed_by_its_proposer",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="mandate_ends_after_start"
            ),
            models.CheckConstraint(condition=~Q(scopes=[]), name="mandate_covers_something"),
            models.CheckConstraint(
                condition=Q(scopes__contained_by=MandateScope.values), name="mandate_scopes_are_known"
            ),
            models.CheckConstraint(
                condition=Q(refused_at__isnull=True) | Q(confirmed_at__isnull=True), name="mandate_refused_or_confirmed"
            ),
            models.UniqueConstraint(
                fields=["person", "organisation", "collaboration"],
                condition=Q(confirmed_at__isnull=True, refused_at__isnull=True, ended_at__isnull=True),
                name="one_waiting_mandate_each",
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="mandate_links_differ"),
        ]

    def __str__(self) -> str:
        return f"{self.person} för {self.organisation}"

    @property
    def scopes_in_words(self) -> str:
        """What it covers, as people read it."""
        return in_words(self.scopes)

    @property
    def scope_labels(self) -> list[str]:
        """What it covers, for a list."""
        return [scope.label for scope in MandateScope if scope in self.scopes]

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for the organisation."""
        return self.confirmed_at is None and self.refused_at is None and self.ended_at is None

    @property
    def is_over(self) -> bool:
        """Whether it was ended, or its last day has passed."""
        return self.ended_at is not None or (self.until is not None and self.until < timezone.localdate())

    @property
    def is_closed(self) -> bool:
        """Whether it was refused or is over."""
        return self.refused_at is not None or self.is_over

    @property
    def confirmed_by_whom(self) -> str:
        """The colleague or the address that confirmed it."""
        return str(self.confirmed_by) if self.confirmed_by else self.confirmed_by_address
