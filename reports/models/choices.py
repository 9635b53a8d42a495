"""What is chosen for a report: themes, perspectives and quotes with their positions, and connections of themes."""

from django.db import models
from django.db.models import Q

from reports.models.report import Report
from surveys.models import Perspective, Statement, Theme


class ReportTheme(models.Model):
    """A theme chosen for a report, with its position."""

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

    @property
    def edit_state(self) -> str:
        """What has become of its report, for those who edit it."""
        return self.report.edit_state


class ReportPerspective(models.Model):
    """A perspective chosen under a theme, with its position."""

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
    """A statement chosen as a quote, with its position."""

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


class ReportConnection(models.Model):
    """A connection between two themes: a line in the picture of themes and a sentence in its table."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="theme_connections", help_text="Rapporten.")
    one = models.ForeignKey(Theme, models.PROTECT, related_name="+", help_text="Det ena temat.")
    other = models.ForeignKey(Theme, models.PROTECT, related_name="+", help_text="Det andra temat.")
    sentence = models.CharField("hur", max_length=300, help_text="En mening: så märks det ena i det andra.")

    class Meta:
        verbose_name = "samband i rapport"
        verbose_name_plural = "samband i rapport"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(one=models.F("other")), name="connection_between_two_themes"),
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"
