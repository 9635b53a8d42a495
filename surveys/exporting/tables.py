"""All tables of this app, in the order in which they are offered."""

from typing import Any

from ostberga.lib.tables.table import ExportTable
from surveys.exporting.answers import ANSWERS, CONVERSATIONS
from surveys.exporting.closed_answers import CLOSED_ANSWERS
from surveys.exporting.codebook import CODEBOOK, OPPOSITES
from surveys.exporting.forms import QUESTIONS, WAVES
from surveys.exporting.logs import CODING_LOG, FORM_LOG
from surveys.exporting.statements import STATEMENTS

TABLES: tuple[ExportTable[Any], ...] = (
    STATEMENTS,
    CODEBOOK,
    OPPOSITES,
    CLOSED_ANSWERS,
    ANSWERS,
    CONVERSATIONS,
    QUESTIONS,
    WAVES,
    FORM_LOG,
    CODING_LOG,
)
