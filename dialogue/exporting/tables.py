"""All tables of this app, in the order in which they are offered."""

from typing import Any

from dialogue.exporting.activities import ACTIVITIES, ACTIVITY_NEWS, COMMITMENTS
from dialogue.exporting.decisions import DECISIONS, PART_DECISIONS, TRANSFERS
from dialogue.exporting.dialogues import ADJUSTMENTS, DIALOGUES, REPORT_READERS, REPORTS
from dialogue.exporting.groups import GROUPS, ORDERS, PROPOSALS, SEATS
from dialogue.exporting.issues import ISSUES, MOVES
from dialogue.exporting.listed import LISTED_ACTIVITIES, LISTED_DECISIONS
from dialogue.exporting.logs import DECISION_LOG, DIALOGUE_LOG, GROUP_LOG
from dialogue.exporting.minutes import MEETINGS, MINUTES
from dialogue.exporting.outside import PETITIONS, QUESTIONS_OUTSIDE
from ostberga.lib.tables.table import ExportTable

TABLES: tuple[ExportTable[Any], ...] = (
    DIALOGUES,
    ISSUES,
    MOVES,
    GROUPS,
    SEATS,
    MEETINGS,
    MINUTES,
    PROPOSALS,
    ORDERS,
    DECISIONS,
    PART_DECISIONS,
    TRANSFERS,
    ACTIVITIES,
    COMMITMENTS,
    ACTIVITY_NEWS,
    LISTED_DECISIONS,
    LISTED_ACTIVITIES,
    PETITIONS,
    QUESTIONS_OUTSIDE,
    REPORTS,
    REPORT_READERS,
    ADJUSTMENTS,
    DIALOGUE_LOG,
    GROUP_LOG,
    DECISION_LOG,
)
