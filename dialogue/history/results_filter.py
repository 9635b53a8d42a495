"""What a visitor chooses to see of «Så gick det», and the address that says so."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from django.urls import reverse

PAGE_NUMBERS = frozenset(str(number) for number in range(2, 1000))


@dataclass(frozen=True)
class ResultsFilter:
    """What a visitor has chosen to see. It is a part of the address, so that the page can be cached and shared."""

    dialog: str = ""  # a dialogue's part of the address
    fokus: str = ""  # a focus area, as an address writes its name
    part: str = ""  # the slug of an organisation
    lage: str = ""  # a state, one of the states of results
    boende: str = ""  # «ja»: only what residents run
    sida: str = ""  # the number of the page, from «2»; empty for the first

    def __bool__(self) -> bool:
        """Whether anything was chosen."""
        return any(vars(self).values())

    @property
    def page_number(self) -> int:
        """The number of the page, from 1; 0 when the address has none that the site would write."""
        if not self.sida:
            return 1
        return int(self.sida) if self.sida in PAGE_NUMBERS else 0

    def on_page(self, number: int) -> "ResultsFilter":
        """The same filter on another page."""
        return replace(self, sida=str(number) if number > 1 else "")

    @property
    def words(self) -> str:
        """The filter as its address writes it: «fokus-trygg-och-hel.lage-klar»."""
        return ".".join(f"{name}-{value}" for name, value in vars(self).items() if value)

    def url(self, slug: str) -> str:
        """The address of the filtered page of a collaboration."""
        if not self:
            return reverse("dialogue:results", args=[slug])
        return reverse("dialogue:results-chosen", args=[slug, self.words])

    @classmethod
    def from_words(cls, words: str) -> "ResultsFilter | None":
        """The filter that an address asks for; None when the site would not write the address so."""
        chosen = cls.from_query(dict(part.split("-", 1) for part in words.split(".") if "-" in part))
        return chosen if chosen.words == words else None

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "ResultsFilter":
        """The filter that was chosen in the form."""
        return cls(**{field.name: str(query.get(field.name, ""))[:140] for field in fields(cls)})
