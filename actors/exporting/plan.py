"""The joint plan: a row for each indicator, with its goal and focus area."""

from collections.abc import Iterator
from dataclasses import dataclass

from actors.models import Collaboration, FocusArea, Goal, Indicator, JointPlan
from ostberga.lib.tables.model_columns import field_column
from ostberga.lib.tables.table import CellType, ExportColumn, ExportTable, TableRows, listed_rows


@dataclass(frozen=True)
class PlanRow:
    """A focus area of a plan, with a goal and an indicator of it if there are any."""

    plan: JointPlan
    area: FocusArea
    goal: Goal | None = None
    indicator: Indicator | None = None


def _plan(collaboration: Collaboration) -> TableRows[PlanRow]:
    plans = collaboration.plans.prefetch_related("focus_areas__goals__indicators").order_by("starts_on", "version")
    return listed_rows([row for plan in plans for row in _rows(plan)])


def _rows(plan: JointPlan) -> Iterator[PlanRow]:
    for area in plan.focus_areas.all():
        goals = area.goals.all()
        if not goals:
            yield PlanRow(plan, area)
        for goal in goals:
            indicators = goal.indicators.all()
            yield from (PlanRow(plan, area, goal, indicator) for indicator in indicators or [None])


PLAN: ExportTable[PlanRow] = ExportTable(
    slug="plan",
    title="Gemensam plan",
    about="Den gemensamma planen i alla versioner, en rad för varje indikator.",
    columns=(
        field_column(JointPlan, "title", "Plan", path="plan"),
        field_column(JointPlan, "version", path="plan"),
        field_column(JointPlan, "is_draft", path="plan"),
        field_column(JointPlan, "starts_on", path="plan"),
        field_column(JointPlan, "ends_on", path="plan"),
        field_column(FocusArea, "name", path="area"),
        field_column(FocusArea, "description", path="area"),
        ExportColumn("Mål", "Det som ska ha blivit sant.", lambda row: row.goal.text if row.goal else None),
        ExportColumn(
            "Indikator", "Det som mäts, med enhet.", lambda row: row.indicator.text if row.indicator else None
        ),
        ExportColumn(
            "Riktning",
            "Vilken väg som är bättre.",
            lambda row: row.indicator.get_direction_display() if row.indicator else None,
            CellType.TEXT,
        ),
        ExportColumn("Källa", "Varifrån värdet hämtas.", lambda row: row.indicator.source if row.indicator else None),
    ),
    rows=_plan,
    models=(JointPlan, FocusArea, Goal, Indicator),
)
