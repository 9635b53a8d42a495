"""View model of the list beside the open text: progress, the page of the list, previous and next text."""

from functools import cached_property

from django.urls import reverse

from actors.models import Collaboration, User
from surveys.coding import reading_queue
from surveys.coding.reading_queue import PER_PAGE, QueueFilter, QueueItem, ReadingProgress
from surveys.statements.sources import Source


class QueuePanel:
    """The selected texts and the open text's position among them. Lazy: queried only when a whole page is rendered."""

    def __init__(
        self,
        collaboration: Collaboration,
        queue_filter: QueueFilter | None,
        source: Source,
        query: str,
        coder: User | None = None,
    ) -> None:
        # Without a selection the text's own wave is used.
        self.queue_filter = queue_filter or QueueFilter(source.wave, coder=coder)
        self.collaboration, self.source, self.query = collaboration, source, query

    @cached_property
    def progress(self) -> ReadingProgress:
        """The reading progress of the wave."""
        return reading_queue.reading_progress(self.queue_filter)

    @cached_property
    def total(self) -> int:
        """The number of selected texts."""
        return reading_queue.count_texts(self.queue_filter)

    @cached_property
    def number(self) -> int:
        """The page of the list with the open text."""
        return min(reading_queue.count_before(self.queue_filter, self.source), max(self.total - 1, 0)) // PER_PAGE + 1

    @cached_property
    def texts(self) -> list[QueueItem]:
        """The texts on that page."""
        return reading_queue.list_page(self.queue_filter, self.number)

    @property
    def pages(self) -> int:
        """The number of pages."""
        return max(1, -(-self.total // PER_PAGE))

    @cached_property
    def next_url(self) -> str:
        """The URL of the next text; empty at the end."""
        return self._address(reading_queue.next_text(self.queue_filter, self.source))

    @cached_property
    def previous_url(self) -> str:
        """The URL of the previous text; empty at the beginning."""
        return self._address(reading_queue.previous_text(self.queue_filter, self.source))

    def _address(self, kind_and_key: tuple[str, object] | None) -> str:
        if kind_and_key is None:
            return ""
        address = reverse("coordinate:coding-source", args=[self.collaboration.slug, *kind_and_key])
        return f"{address}?{self.query}" if self.query else address
