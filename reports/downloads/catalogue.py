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


def audience_of(slug: str) -> Audience:
    """Return who may take out the table or bundle. Raises KeyError when there is none of that name."""
    return (BUNDLES[slug] if slug in BUNDLES else TABLES[slug]).audience
