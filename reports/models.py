"""Reports: what is chosen and written by people, what was frozen from the data, and what came of each rendering."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration, User
from dialogue.models import Dialogue, PublishedReport
from surveys.models import Perspective, Statement, Theme, Wave


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports as different people see them."""

    def coordinated_by(self, user: User) -> "ReportQuerySet":
        """Those that this person may edit."""
        return self.filter(dialogue__collaboration__in=Collaboration.objects.coordinated_by(user))


class Report(models.Model):
    """A perspective report: what was said, by whom in general terms, who is missing. Never priorities or solutions."""

    dialogue = models.ForeignKey(Dialogue, models.PROTECT, related_name="perspective_reports", help_text="Dialogen.")
    wave = models.ForeignKey(Wave, models.PROTECT, related_name="reports", help_text="Omgången rapporten bygger på.")
    slug = models.SlugField("adress", max_length=80, help_text="Sista delen av webbadressen.")
    title = models.CharField("titel", max_length=200, help_text="Rapportens namn.")
    subtitle = models.CharField("underrubrik", max_length=240, blank=True, help_text="En rad om vad den bygger på.")
    summary = models.TextField("sammanfattning", blank=True, help_text="Lättläst: det viktigaste på en halv sida.")
    summary_translations = models.JSONField(
        "sammanfattning på andra språk", default=dict, blank=True, help_text="Per språk: en, so, ar."
    )
    background = models.TextField(
        "bakgrund och uppdrag", blank=True, help_text="Varför samlingen gjordes och på vems uppdrag."
    )
    method = models.TextField("metod", blank=True, help_text="När, hur och var vi lyssnade.")
    connections = models.TextField(
        "samband mellan teman", blank=True, help_text="Hur det ena hänger ihop med det andra."
    )
    can_influence = models.TextField(
        "vad som går att påverka", blank=True, help_text="Vad som går att påverka, och av vem."
    )
    limitations = models.TextField("begränsningar", blank=True, help_text="Vad rapporten inte kan säga.")
    next_steps = models.TextField("nästa steg", blank=True, help_text="Vad som händer nu, med tider.")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som började på rapporten.")
    created_at = models.DateTimeField("skapad", default=timezone.now, help_text="När den påbörjades.")
    publication = models.OneToOneField(
        PublishedReport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="source",
        help_text="Publiceringen, när den är ute.",
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["dialogue", "slug"], name="draft_report_addresses_differ")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page, once published."""
        return reverse("reports:report", args=[self.dialogue.collaboration.slug, self.slug])


class ReportTheme(models.Model):
    """A theme chosen for a report, in its place."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="chosen_themes", help_text="Rapporten.")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+", help_text="Temat.")
    position = models.PositiveSmallIntegerField(
        "ordning", default=0, help_text="Plats i rapporten; säger inget om vikt."
    )
    introduction = models.TextField(
        "inledning", blank=True, help_text="Några meningar om temat, och kända fakta med källa."
    )

    class Meta:
        verbose_name = "tema i rapport"
        verbose_name_plural = "teman i rapport"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "theme"], name="theme_once_in_report")]

    def __str__(self) -> str:
        return str(self.theme)


class ReportPerspective(models.Model):
    """A perspective chosen under a theme, in its place."""

    chosen_theme = models.ForeignKey(
        ReportTheme, models.CASCADE, related_name="chosen_perspectives", help_text="Temat i rapporten."
    )
    perspective = models.ForeignKey(Perspective, models.PROTECT, related_name="+", help_text="Perspektivet.")
    position = models.PositiveSmallIntegerField(
        "ordning", default=0, help_text="Plats under temat; säger inget om vikt."
    )

    class Meta:
        verbose_name = "perspektiv i rapport"
        verbose_name_plural = "perspektiv i rapport"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["chosen_theme", "perspective"], name="perspective_once_in_theme")
        ]

    def __str__(self) -> str:
        return str(self.perspective)


class ReportQuote(models.Model):
    """A statement chosen as a quote, in its place."""

    chosen_perspective = models.ForeignKey(
        ReportPerspective, models.CASCADE, related_name="quotes", help_text="Perspektivet i rapporten."
    )
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+", help_text="Utsagan.")
    position = models.PositiveSmallIntegerField("ordning", default=0, help_text="Plats under perspektivet.")

    class Meta:
        verbose_name = "citat i rapport"
        verbose_name_plural = "citat i rapport"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["chosen_perspective", "statement"], name="quote_once_in_perspective")
        ]

    def __str__(self) -> str:
        return str(self.statement)


class ReportVersion(models.Model):
    """One rendering: the numbers and quotes as they were then, and the files made of them."""

    class State(models.TextChoices):
        """How far a rendering has come."""

        QUEUED = "queued", "väntar på sin tur"
        RUNNING = "running", "görs nu"
        FINISHED = "finished", "färdig"
        FAILED = "failed", "misslyckades"

    id = models.UUIDField(
        primary_key=True,
        default=uuid.uuid4,
        editable=False,
        help_text="Slumpat, så att adressen till ett utkast inte går att gissa.",
    )
    report = models.ForeignKey(Report, models.CASCADE, related_name="versions", help_text="Rapporten.")
    number = models.PositiveSmallIntegerField("version", help_text="Första gången är 1.")
    state = models.CharField(
        "läge", max_length=10, choices=State.choices, default=State.QUEUED, help_text="Hur långt den kommit."
    )
    stage = models.CharField("moment", max_length=60, blank=True, help_text="Vad som görs just nu, med enkla ord.")
    error = models.TextField("fel", blank=True, help_text="Varför det misslyckades, med enkla ord.")
    attempts = models.PositiveSmallIntegerField("försök", default=0, help_text="Hur många gånger vi försökt.")
    heartbeat_at = models.DateTimeField("livstecken", null=True, blank=True, help_text="Senast arbetaren hördes av.")
    findings = models.JSONField(
        "underlag", null=True, blank=True, help_text="Alla siffror och citat, frysta när versionen gjordes."
    )
    findings_checksum = models.CharField("kontrollsumma", max_length=64, blank=True, help_text="SHA-256 av underlaget.")
    pdf = models.FileField("PDF", upload_to="reports", blank=True, help_text="Tillgänglig PDF.")
    pdf_checksum = models.CharField("kontrollsumma för PDF", max_length=64, blank=True, help_text="SHA-256 av filen.")
    docx = models.FileField(
        "Word", upload_to="reports", blank=True, help_text="Samma innehåll för redigering på annat håll."
    )
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Vem som bad om versionen.")
    requested_at = models.DateTimeField("beställd", default=timezone.now, help_text="När den beställdes.")
    finished_at = models.DateTimeField("färdig", null=True, blank=True, help_text="När den blev färdig.")
    published_at = models.DateTimeField(
        "publicerad", null=True, blank=True, help_text="När just den här versionen kom ut."
    )
    correction = models.TextField(
        "rättelse", blank=True, help_text="Vad som rättats sedan förra publicerade versionen."
    )

    class Meta:
        verbose_name = "version av rapport"
        verbose_name_plural = "versioner av rapport"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="version_numbers_differ"),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "running", "finished", "failed"]), name="version_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state="finished") | (Q(findings__isnull=False, finished_at__isnull=False) & ~Q(pdf="")),
                name="version_finished_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(state="finished"), name="version_published_is_finished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report}, version {self.number}"


class Reading(models.Model):
    """Avstämning: a private link by which someone reads a draft and says what we missed."""

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

    class Meta:
        verbose_name = "avstämning"
        verbose_name_plural = "avstämningar"
        ordering = ["created_at"]

    def __str__(self) -> str:
        return self.label


class ReadingComment(models.Model):
    """What a reader said, and what was changed because of it."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="comments", help_text="Avstämningen.")
    text = models.TextField("synpunkt", help_text="«Har vi missat något?» – svaret.")
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

    def __str__(self) -> str:
        return self.text[:60]
