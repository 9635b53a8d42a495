"""All tables that can be taken out, by section, and the bundles of them. One list, so that none is forgotten."""

from dataclasses import dataclass
from typing import Any

import actors.exporting.tables
import dialogue.exporting.tables
import surveys.exporting.tables
from ostberga.lib.tables.table import Audience, ExportTable
from reports.downloads.reading_comments import READING_COMMENTS

AnyTable = ExportTable[Any]


@dataclass(frozen=True)
class Section:
    """Tables that belong together on the page."""

    title: str
    tables: tuple[AnyTable, ...]


@dataclass(frozen=True)
class Bundle:
    """Many tables in one zip file, each as a workbook and as JSON."""

    slug: str
    title: str
    about: str
    audience: Audience

    @property
    def tables(self) -> tuple[AnyTable, ...]:
        """The tables that its audience may take out."""
        return tuple(table for table in TABLES.values() if table.audience in (Audience.TEAM, self.audience))


@dataclass(frozen=True)
class Exchange:
    """A file in a standard that other programs read."""

    slug: str
    title: str
    about: str
    audience: Audience
    format: str
    left_out: tuple[str, ...]


TABLE_FORMATS = {"xlsx": "Excel (XLSX)", "csv": "CSV", "json": "JSON"}
SECTIONS = (
    Section("Det människor sagt", surveys.exporting.tables.TABLES),
    Section("Frågor, förslag och beslut", (*dialogue.exporting.tables.TABLES, READING_COMMENTS)),
    Section("Parter och människor", actors.exporting.tables.TABLES),
)
TABLES: dict[str, AnyTable] = {table.slug: table for section in SECTIONS for table in section.tables}
BUNDLES = {
    bundle.slug: bundle
    for bundle in (
        Bundle("allt", "Allt utom omaskad text", "Alla tabeller i en zip-fil.", Audience.TEAM),
        Bundle(
            "allt-ordagrant",
            "Allt, också omaskad text",
            "Samma, och svaren och samtalen ordagrant. Förvara filen som ni förvarar sekretess.",
            Audience.RAW_READERS,
        ),
    )
}


EXCHANGES = {
    exchange.slug: exchange
    for exchange in (
        Exchange(
            "kodbok-refi",
            "Kodbok för analysprogram (QDC)",
            "Perspektiv som koder och teman som mängder, enligt REFI-QDA. Program för kvalitativ analys läser filen.",
            Audience.TEAM,
            "qdc",
            ("Perspektiv som har gått upp i andra eller är borttagna.", "Perspektiv på andra språk än svenska."),
        ),
        Exchange(
            "projekt-refi",
            "Kodade texter för analysprogram (QDPX)",
            "Kodboken och alla texter med det som är kodat, tecken för tecken, enligt REFI-QDA. Texterna är omaskade.",
            Audience.RAW_READERS,
            "qdpx",
            ("Roll, språk och vecka för texterna.", "Vem som kodade, och när."),
        ),
    )
}
OFFERS: dict[str, AnyTable | Bundle | Exchange] = {**TABLES, **BUNDLES, **EXCHANGES}


def formats_of(slug: str) -> dict[str, str]:
    """Return the endings of the files it is offered as, each with its name for people."""
    if slug in EXCHANGES:
        return {EXCHANGES[slug].format: EXCHANGES[slug].format.upper()}
    return {"zip": "zip-filen"} if slug in BUNDLES else TABLE_FORMATS
