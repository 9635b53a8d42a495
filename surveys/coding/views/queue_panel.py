"""The list beside the text on the workbench: how far we have come, what comes before and after."""

from functools import cached_property

from django.urls import reverse

from actors.models import Collaboration
from surveys.coding import reading_queue
from surveys.coding.reading_queue import PER_PAGE, QueueFilter, QueueItem, ReadingProgress
from surveys.statements.sources import Source


class QueuePanel:
    """What has been chosen to read, with the open text's place in it. Asked only when a whole page is shown."""

    def __init__(self, collaboration: Collaboration, wanted: QueueFilter | None, source: Source, query: str) -> None:
        # A text opened from elsewhere, when nothing waits, is read within its own wave.
        self.wanted = wanted or QueueFilter(source.wave)
        self.collaboration, self.source, self.query = collaboration, source, query

    @cached_property
    def progress(self) -> ReadingProgress:
        """How much of the wave has been read."""
        return reading_queue.reading_progress(self.wanted.wave)

    @cached_property
    def total(self) -> int:
        """How many texts have been chosen."""
        return reading_queue.count_texts(self.wanted)

    @cached_property
    def number(self) -> int:
        """The page of the list that the open text stands on."""
        return min(reading_queue.count_before(self.wanted, self.source), max(self.total - 1, 0)) // PER_PAGE + 1

    @cached_property
    def waiting(self) -> list[QueueItem]:
        """The texts on that page."""
        return reading_queue.list_page(self.wanted, self.number)

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        return max(1, -(-self.total // PER_PAGE))

    @cached_property
    def onwards(self) -> str:
        """The address of the text that comes next; empty at the end."""
        return self._address(reading_queue.next_text(self.wanted, self.source))

    @cached_property
    def back(self) -> str:
        """The address of the text that comes before; empty at the beginning."""
        return self._address(reading_queue.previous_text(self.wanted, self.source))

    def _address(self, found: tuple[str, object] | None) -> str:
        if found is None:
            return ""
        address = reverse("coordinate:coding-source", args=[self.collaboration.slug, *found])
        return f"{address}?{self.query}" if self.query else address
