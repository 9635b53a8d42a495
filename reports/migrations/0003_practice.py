"""A report of a practice rests on nothing real, a real one on nothing made up, and no reader outside gets a link to it."""

from django.db import migrations

REPORT = "reports_report.dialogue_id dialogue_dialogue.collaboration_id"
WAVE = "surveys_wave.survey_id surveys_survey.collaboration_id"
THEME, PERSPECTIVE = "surveys_theme.collaboration_id", "surveys_perspective.collaboration_id"
CHOSEN_THEME = f"reports_reporttheme.report_id {REPORT}"
CLOSED = {"reading": ("version_id", f"reports_reportversion.report_id {REPORT}")}
JOINING = {
    "report": {"dialogue_id": "dialogue_dialogue.collaboration_id", "wave_id": WAVE},
    "reporttheme": {"report_id": REPORT, "theme_id": THEME},
    "reportperspective": {"chosen_theme_id": CHOSEN_THEME, "perspective_id": PERSPECTIVE},
    "reportquote": {
        "chosen_perspective_id": f"reports_reportperspective.chosen_theme_id {CHOSEN_THEME}",
        "statement_id": f"surveys_statement.wave_id {WAVE}",
    },
    "reportconnection": {"report_id": REPORT, "one_id": THEME, "other_id": THEME},
}
STAYING = {"report": ("dialogue_id", "dialogue_dialogue.collaboration_id")}


def _create() -> str:
    lines = [
        _trigger("not_in_practice", table, column, f"actors_refuse_in_practice('{column} {path}')")
        for table, (column, path) in CLOSED.items()
    ]
    for table, ends in JOINING.items():
        paths = ", ".join(f"'{column} {path}'" for column, path in ends.items())
        lines.append(_trigger("not_mixed_with_practice", table, ", ".join(ends), f"actors_refuse_mixing({paths})"))
    for table, (column, path) in STAYING.items():
        lines.append(
            f"CREATE TRIGGER stays_in_practice BEFORE UPDATE OF {column} ON reports_{table} FOR EACH ROW "
            f"WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) "
            f"EXECUTE FUNCTION actors_refuse_moving('{f'{column} {path}'.strip()}');"
        )
    return "\n".join(lines)


def _trigger(name: str, table: str, columns: str, function: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {columns} ON reports_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function};"
    )


def _drop() -> str:
    names = {"not_in_practice": CLOSED, "not_mixed_with_practice": JOINING, "stays_in_practice": STAYING}
    return "\n".join(f"DROP TRIGGER {name} ON reports_{table};" for name, tables in names.items() for table in tables)


class Migration(migrations.Migration):
    """Only triggers: the field is a collaboration's."""

    dependencies = [  # noqa: RUF012
        ("reports", "0002_exports"),
        ("dialogue", "0016_practice"),
        ("surveys", "0014_practice"),
        ("actors", "0033_practice"),
    ]

    operations = [migrations.RunSQL(_create(), _drop())]  # noqa: RUF012
