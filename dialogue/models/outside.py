"""Petitions and questions to bodies outside the collaboration, with their replies."""

from typing import cast

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from actors.models import Organisation, User
from dialogue.models.decisions.decision import Decision
from dialogue.models.issue import Issue
from dialogue.models.round import Round


class Petition(models.Model):
    """A petition. The number of signatures is stored, never who has signed."""

    class Certainty(models.TextChoices):
        """How certain the number is."""

        COUNTED = "counted", "räknat"
        ABOUT = "about", "ungefär"
        UNSURE = "unsure", "osäkert, källorna säger olika"

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="petitions", help_text="Sakfrågan.")
    round = models.ForeignKey(Round, models.PROTECT, related_name="petitions", help_text="Omgången.")
    addressee = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Den som fick namnen.")
    subject = models.JSONField("ämne", default=dict, help_text="Vad namninsamlingen gäller, per språk.")
    names = models.PositiveIntegerField("antal namn", null=True, blank=True, help_text="Hur många; tomt om ingen vet.")
    certainty = models.CharField(
        "hur säkert",
        max_length=8,
        choices=Certainty.choices,
        default=Certainty.ABOUT,
        help_text="Hur säkert det är.",
    )
    source = models.CharField("källa", max_length=240, help_text="Varifrån uppgiften kommer. Inga personnamn.")
    sent_on = models.DateField("överlämnad", help_text="Dagen namnen lämnades, eller blev kända.")
    reply_due = models.DateField("svar väntas", null=True, blank=True, help_text="När ett svar borde ha kommit.")
    reply = models.JSONField("svar", default=dict, blank=True, help_text="Vad mottagaren svarade, per språk.")
    replied_on = models.DateField("svarade", null=True, blank=True, help_text="Dagen svaret kom.")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in den.")
    registered_at = models.DateTimeField("inskriven", default=timezone.now, help_text="När den skrevs in.")

    class Meta:
        verbose_name = "namninsamling"
        verbose_name_plural = "namninsamlingar"
        ordering = ["sent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(certainty__in=["counted", "about", "unsure"]), name="petition_certainty_is_known"
            ),
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True, reply={}) | (Q(replied_on__isnull=False) & ~Q(reply={})),
                name="petition_reply_has_day_and_words",
            ),
        ]

    def __str__(self) -> str:
        return str(self.subject.get("sv", ""))

    @property
    def names_in_words(self) -> str:
        """How many have signed and how certain that is, in the language of the page."""
        if not self.names:
            return _("okänt antal namn")
        words = {
            Petition.Certainty.COUNTED: _("%(number)s namn, räknade"),
            Petition.Certainty.ABOUT: _("ungefär %(number)s namn"),
        }
        unsure = _("kanske %(number)s namn, källorna säger olika")
        return words.get(Petition.Certainty(self.certainty), unsure) % {"number": intcomma(self.names)}


class OutsideQuestion(models.Model):
    """A letter to a body outside, with the day when a reply is due. A missing reply is shown, with how late it is."""

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="outside_questions", help_text="Sakfrågan.")
    round = models.ForeignKey(Round, models.PROTECT, related_name="outside_questions", help_text="Omgången.")
    addressee = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Den som får frågan.")
    decision = models.ForeignKey(
        Decision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Beslutet att skriva.",
    )
    subject = models.JSONField("ämne", default=dict, help_text="Vad brevet gäller, per språk.")
    text = models.TextField("brevet", help_text="Brevets text på svenska, som den skickades.")
    sent_on = models.DateField("skickat", help_text="Dagen brevet skickades.")
    reply_due = models.DateField("svar väntas", help_text="Dagen ett svar väntas.")
    reply = models.JSONField("svar", default=dict, blank=True, help_text="Vad mottagaren svarade, per språk.")
    replied_on = models.DateField("svarade", null=True, blank=True, help_text="Dagen svaret kom.")
    registered_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som skrev in det.")
    registered_at = models.DateTimeField("inskrivet", default=timezone.now, help_text="När det skrevs in.")

    class Meta:
        verbose_name = "fråga till någon utanför"
        verbose_name_plural = "frågor till någon utanför"
        ordering = ["sent_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_on__isnull=True, reply={}) | (Q(replied_on__isnull=False) & ~Q(reply={})),
                name="outside_reply_has_day_and_words",
            ),
            models.CheckConstraint(condition=Q(reply_due__gte=models.F("sent_on")), name="outside_due_after_sent"),
        ]

    def __str__(self) -> str:
        return str(self.subject.get("sv", ""))


class AddresseeWordsQuerySet(models.QuerySet["AddresseeWords"]):
    """Words by what they are about."""

    def about(self, enquiry: Petition | OutsideQuestion) -> "AddresseeWordsQuerySet":
        """Those about one petition or letter."""
        return self.filter(petition=enquiry) if isinstance(enquiry, Petition) else self.filter(question=enquiry)


class AddresseeWords(models.Model):
    """What a body outside says itself about the reply that the coordinator told of, by the link in a letter to it.

    Its words stand beside the coordinator's, and are not changed.
    """

    petition = models.OneToOneField(
        Petition,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="own_words",
        help_text="Namninsamlingen, när svaret gällde en.",
    )
    question = models.OneToOneField(
        OutsideQuestion,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="own_words",
        help_text="Brevet, när svaret gällde ett.",
    )
    sent_to = models.EmailField("brevet gick till", help_text="Adressen till organisationens registrator.")
    token_hash = models.CharField(max_length=64, blank=True, help_text="Hash av länken; tom när den är använd.")
    expires_at = models.DateTimeField("gäller till", help_text="Därefter öppnar länken inget.")
    words = models.TextField("egna ord", blank=True, help_text="Vad organisationen själv säger, på svenska.")
    function = models.CharField("vem", max_length=120, blank=True, help_text="Funktionen som skrev. Inget namn.")
    said_as = models.CharField("sagt som", max_length=120, blank=True, help_text="Organisationens namn då.")
    said_at = models.DateTimeField("sagt", null=True, blank=True, help_text="När orden skrevs.")

    objects = AddresseeWordsQuerySet.as_manager()

    class Meta:
        verbose_name = "egna ord från någon utanför"
        verbose_name_plural = "egna ord från dem utanför"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(petition__isnull=True, question__isnull=False)
                | Q(petition__isnull=False, question__isnull=True),
                name="own_words_about_one_enquiry",
            ),
            models.CheckConstraint(
                condition=Q(said_at__isnull=True, words="", function="", said_as="")
                | Q(said_at__isnull=False, token_hash="") & ~Q(words="") & ~Q(function="") & ~Q(said_as=""),
                name="own_words_said_once",
            ),
            models.UniqueConstraint(fields=["token_hash"], condition=~Q(token_hash=""), name="own_words_links_differ"),
        ]

    def __str__(self) -> str:
        return f"{self.enquiry.addressee}: {self.enquiry}"

    @property
    def enquiry(self) -> Petition | OutsideQuestion:
        """What the reply was to."""
        return self.petition or cast("OutsideQuestion", self.question)
