"""All tables of this app, in the order in which they are offered."""

from typing import Any

from actors.exporting.letters import LETTERS
from actors.exporting.log import COLLABORATION_LOG
from actors.exporting.organisations import CONTACTS, PARTNERS, RESPONSIBILITIES
from actors.exporting.people import APPOINTMENTS, HELPERS, MANDATES, PEOPLE
from actors.exporting.plan import PLAN
from ostberga.lib.tables.table import ExportTable

TABLES: tuple[ExportTable[Any], ...] = (
    PARTNERS,
    RESPONSIBILITIES,
    CONTACTS,
    PEOPLE,
    MANDATES,
    APPOINTMENTS,
    HELPERS,
    PLAN,
    LETTERS,
    COLLABORATION_LOG,
)
