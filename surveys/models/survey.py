"""Forms: guiding question, questions, texts and distribution channels."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from actors.models import Collaboration, User
from surveys.rules.questions import QuestionKind


class GuidingQuestion(models.Model):
    """The open question that all respondents get."""

    collaboration = models.ForeignKey(
        Collaboration, models.CASCADE, related_name="guiding_questions", help_text="Samverkan."
    )
    text = models.JSONField("fråga", default=dict, help_text="Frågan på varje språk.")

    class Meta:
        verbose_name = "vägledande fråga"
        verbose_name_plural = "vägledande frågor"

    def __str__(self) -> str:
        return str(self.text.get("sv", ""))


class SurveyQuerySet(models.QuerySet["Survey"]):
    """QuerySet of forms."""

    def coordinated_by(self, user: User) -> "SurveyQuerySet":
        """Forms this user may edit."""
        return self.filter(collaboration__in=Collaboration.objects.coordinated_by(user))

    def texts_written_by(self, user: User) -> "SurveyQuerySet":
        """Forms whose posters and codes this person may print: she coordinates, or is a communicator there."""
        return self.filter(collaboration__in=Collaboration.objects.texts_written_by(user))

    def printed_by(self, user: User) -> "SurveyQuerySet":
        """Those, and the forms that she prepares before the data controller has confirmed that she coordinates."""
        return self.filter(Q(pk__in=self.texts_written_by(user)) | Q(pk__in=self.prepared_by(user)))

    def prepared_by(self, user: User) -> "SurveyQuerySet":
        """Forms this user may edit, also before the data controller has confirmed that she coordinates."""
        return self.filter(collaboration__in=Collaboration.objects.prepared_by(user))


class Survey(models.Model):
    """A form. Repeated measurements use the same model with purpose MEASUREMENT."""

    class Purpose(models.TextChoices):
        """The purpose of the form."""

        PERSPECTIVES = "perspectives", "samla perspektiv"
        MEASUREMENT = "measurement", "mäta över tid"

    collaboration = models.ForeignKey(
        Collaboration, models.PROTECT, related_name="surveys", help_text="Samverkan som frågar."
    )
    guiding_question = models.ForeignKey(
        GuidingQuestion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="surveys",
        help_text="Frågan som står först.",
    )
    purpose = models.CharField(
        "syfte", max_length=12, choices=Purpose.choices, default=Purpose.PERSPECTIVES, help_text="Varför vi frågar."
    )
    title = models.JSONField("rubrik", default=dict, help_text="Formulärets namn per språk.")
    introduction = models.JSONField(
        "inledning", default=dict, blank=True, help_text="Två meningar om vad som händer med svaret, per språk."
    )
    thanks = models.JSONField("tack", default=dict, blank=True, help_text="Det första den som svarat läser, per språk.")
    languages = models.JSONField("språk", default=list, help_text="Språken formuläret visas på; svenska alltid.")
    definition_version = models.PositiveIntegerField(
        "version", default=1, help_text="Ökar när något i formuläret ändras; webbservrarna läser då om det."
    )
    created_at = models.DateTimeField("skapat", default=timezone.now, help_text="När formuläret skapades.")
    archived_at = models.DateTimeField(
        "arkiverat", null=True, blank=True, help_text="Döljer formuläret i listan; svaren är kvar."
    )

    objects = SurveyQuerySet.as_manager()

    class Meta:
        verbose_name = "formulär"
        verbose_name_plural = "formulär"
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=["perspectives", "measurement"]), name="survey_purpose_is_known"
            )
        ]

    def __str__(self) -> str:
        return str(self.title.get("sv", "Formulär utan rubrik"))

    @property
    def edit_state(self) -> str:
        """Whether it is archived, for those who edit it."""
        return "formuläret är arkiverat" if self.archived_at else ""

    def record_change(
        self,
        *,
        by: User,
        kind: str = "edited",
        what: str = "",
        reason: str = "",
        wave_id: int | None = None,
        at: dt.datetime | None = None,
    ) -> None:
        """Log the change and invalidate cached form definitions and public pages."""
        self.events.create(by=by, kind=kind, what=what[:200], reason=reason, wave_id=wave_id, at=at or timezone.now())
        self.forget_definition()

    def forget_definition(self) -> None:
        """Invalidate cached form definitions and public pages."""
        Survey.objects.filter(pk=self.pk).update(definition_version=models.F("definition_version") + 1)
        self.refresh_from_db(fields=["definition_version"])
        self.collaboration.bump_public_version()


class QuestionQuerySet(models.QuerySet["Question"]):
    """QuerySet of questions."""

    def current(self) -> "QuestionQuerySet":
        """Questions in use (not replaced or retired), in order."""
        return self.filter(retired_at__isnull=True).order_by("position", "pk")


class Question(models.Model):
    """One question. Once answered it is never changed: an edit creates a new version and retires this one."""

    class Background(models.TextChoices):
        """Optional background questions about the respondent, in coarse bands."""

        NONE = "", "nej, en vanlig fråga"
        ROLE = "role", "roll"
        AGE_BAND = "age_band", "ålder"
        GENDER = "gender", "kön"
        YEARS_HERE = "years_here", "tid i området"

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="questions", help_text="Formuläret.")
    position = models.PositiveSmallIntegerField("ordning", default=0, help_text="Plats i formuläret.")
    kind = models.CharField("slag", max_length=16, choices=QuestionKind.choices, help_text="Hur frågan besvaras.")
    background = models.CharField(
        "bakgrundsfråga",
        max_length=12,
        choices=Background.choices,
        default=Background.NONE,
        blank=True,
        help_text="Vad den säger om den som svarar.",
    )
    text = models.JSONField("fråga", default=dict, help_text="Frågan per språk.")
    help = models.JSONField("hjälptext", default=dict, blank=True, help_text="Kort hjälp per språk.")
    options = models.JSONField(
        "svarsval", default=list, blank=True, help_text='Lista av {"value": kod, "text": {språk: text}}.'
    )
    required = models.BooleanField("måste besvaras", default=False, help_text="Fråga hellre frivilligt.")
    version = models.PositiveSmallIntegerField("version", default=1, help_text="Ökar när en besvarad fråga ändras.")
    replaces = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replaced_by",
        help_text="Den tidigare versionen av frågan.",
    )
    retired_at = models.DateTimeField(
        "borttagen", null=True, blank=True, help_text="När frågan slutade ställas; svaren är kvar."
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "fråga"
        verbose_name_plural = "frågor"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=QuestionKind.values), name="question_kind_is_known"),
            models.CheckConstraint(
                condition=Q(background__in=["", "role", "age_band", "gender", "years_here"]),
                name="question_background_is_known",
            ),
            models.UniqueConstraint(
                fields=["survey", "background"],
                condition=Q(retired_at__isnull=True) & ~Q(background=""),
                name="one_background_question_each",
            ),
        ]

    def __str__(self) -> str:
        return str(self.text.get("sv", ""))


class Channel(models.Model):
    """A place where the form is handed out: a poster, a school, the web. Its code is used in all waves."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="channels", help_text="Formuläret.")
    label = models.CharField("namn", max_length=80, help_text="Var lappen sitter, till exempel Biblioteket.")
    code = models.CharField("kod", max_length=20, unique=True, help_text="Kort kod i adressen /svara/<kod>/.")
    is_web = models.BooleanField("webben", default=False, help_text="Kanalen som sidorna själva länkar till.")
    is_small = models.BooleanField(
        "liten plats",
        default=False,
        help_text="Till exempel en enda trappuppgång: räknas här men skrivs aldrig på svaret.",
    )
    closed_at = models.DateTimeField(
        "stängd", null=True, blank=True, help_text="När kanalen slutade användas; koden visar då resultatet."
    )

    class Meta:
        verbose_name = "kanal"
        verbose_name_plural = "kanaler"
        ordering = ["-is_web", "label"]
        constraints = [
            models.UniqueConstraint(fields=["survey"], condition=Q(is_web=True), name="one_web_channel_each"),
            models.UniqueConstraint(fields=["survey", "label"], name="channel_labels_differ"),
        ]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The path of the public form, as printed on posters."""
        return reverse("answer", args=[self.code])

    @property
    def counted(self) -> int:
        """How many responses through it are stored without it, in all waves: all of a small place's. One query."""
        return int(self.blank_counts.aggregate(total=models.Sum("number"))["total"] or 0)
