"""A practice has a dialogue with issues that nobody else sees, and nothing that reaches people or is never deleted."""

from django.db import migrations

DIALOGUE = "dialogue_dialogue.collaboration_id"
ISSUE = f"dialogue_issue.dialogue_id {DIALOGUE}"
# Groups, decisions and activities have rows that are never deleted, and ask bodies for answers; the others reach people.
CLOSED = {
    **dict.fromkeys(("workinggroup", "decision", "activity", "publishedreport"), ("dialogue_id", DIALOGUE)),
    **dict.fromkeys(("petition", "outsidequestion", "followedissue", "news", "concernedbody"), ("issue_id", ISSUE)),
    **dict.fromkeys(("adjustment", "pulse"), ("collaboration_id", "")),
}
JOINING = {
    "dialogue": {"collaboration_id": "", "guiding_question_id": "surveys_guidingquestion.collaboration_id"},
    "dialogue_surveys": {"dialogue_id": DIALOGUE, "survey_id": "surveys_survey.collaboration_id"},
    "issueperspective": {"issue_id": ISSUE, "perspective_id": "surveys_perspective.collaboration_id"},
}
STAYING = {"dialogue": ("collaboration_id", ""), "issue": ("dialogue_id", DIALOGUE)}


def _create() -> str:
    lines = [
        _trigger("not_in_practice", table, column, f"actors_refuse_in_practice('{f'{column} {path}'.strip()}')")
        for table, (column, path) in CLOSED.items()
    ]
    for table, ends in JOINING.items():
        paths = ", ".join(f"'{f'{column} {path}'.strip()}'" for column, path in ends.items())
        lines.append(_trigger("not_mixed_with_practice", table, ", ".join(ends), f"actors_refuse_mixing({paths})"))
    published = f"actors_refuse_in_practice('dialogue_id {DIALOGUE}')"
    lines.append(
        "CREATE TRIGGER not_public_in_practice BEFORE INSERT OR UPDATE OF published_at ON dialogue_issue "
        f"FOR EACH ROW WHEN (NEW.published_at IS NOT NULL) EXECUTE FUNCTION {published};"
    )
    for table, (column, path) in STAYING.items():
        lines.append(
            f"CREATE TRIGGER stays_in_practice BEFORE UPDATE OF {column} ON dialogue_{table} FOR EACH ROW "
            f"WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) "
            f"EXECUTE FUNCTION actors_refuse_moving('{f'{column} {path}'.strip()}');"
        )
    return "\n".join(lines)


def _trigger(name: str, table: str, columns: str, function: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {columns} ON dialogue_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function};"
    )


def _drop() -> str:
    names = {"not_in_practice": CLOSED, "not_mixed_with_practice": JOINING, "stays_in_practice": STAYING, "not_public_in_practice": ["issue"]}
    return "\n".join(f"DROP TRIGGER {name} ON dialogue_{table};" for name, tables in names.items() for table in tables)


class Migration(migrations.Migration):
    """Only triggers: the field is a collaboration's."""

    dependencies = [  # noqa: RUF012
        ("dialogue", "0015_all_who_moved_a_part"),
        ("surveys", "0014_practice"),
        ("actors", "0033_practice"),
    ]

    operations = [migrations.RunSQL(_create(), _drop())]  # noqa: RUF012
