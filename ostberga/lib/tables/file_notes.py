"""What a file says of itself: from which collaboration and day it is, and its name."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True)
class FileNotes:
    """Where and when a table is taken out."""

    collaboration: str
    slug: str
    day: dt.date

    def file_name(self, table: str, version: int, ending: str) -> str:
        """Return a name with the day and the table's version: «ostberga-beslut-2026-11-29-v1.xlsx»."""
        return f"{self.slug}-{table}-{self.day.isoformat()}-v{version}.{ending}"
