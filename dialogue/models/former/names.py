"""Names that groups had earlier. Locked minutes keep theirs by themselves (`Meeting.names`)."""

from django.db import models

from actors.models.former.names import FormerName
from dialogue.models.working_group import WorkingGroup


class FormerGroupName(FormerName):
    """A name that a working group had."""

    group = models.ForeignKey(WorkingGroup, models.CASCADE, related_name="former_names", help_text="Gruppen.")

    class Meta(FormerName.Meta):
        verbose_name = "gruppens tidigare namn"
        verbose_name_plural = "gruppers tidigare namn"
