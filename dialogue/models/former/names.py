"""Names that groups and issues had earlier. Locked minutes keep theirs by themselves (`Meeting.names`)."""

from django.db import models
from django.utils import timezone

from actors.models.former.names import FormerName
from dialogue.models.issue import Issue
from dialogue.models.working_group import WorkingGroup


class FormerGroupName(FormerName):
    """A name that a working group had."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="former_names", help_text="Gruppen.")

    class Meta(FormerName.Meta):
        verbose_name = "gruppens tidigare namn"
        verbose_name_plural = "gruppers tidigare namn"


class FormerIssueTitle(models.Model):
    """A title that an issue had while residents could read it."""

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="former_titles", help_text="Sakfrågan.")
    title = models.JSONField("rubrik", help_text="Frågans namn då, per språk.")
    until = models.DateField("till", default=timezone.localdate, help_text="Dagen rubriken byttes.")

    class Meta:
        verbose_name = "sakfrågas tidigare rubrik"
        verbose_name_plural = "sakfrågors tidigare rubriker"
        ordering = ["-until", "-pk"]

    def __str__(self) -> str:
        return str(self.title.get("sv", ""))
