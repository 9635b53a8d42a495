"""A practice gets made-up answers and no others, and joins nothing of them with what is real."""

from django.db import migrations

# The filling says in its transaction that it fills; whoever else stores an answer there is refused, whatever the way.
FUNCTION = """
CREATE FUNCTION surveys_refuse_what_is_not_made_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  is_filling boolean := coalesce(current_setting('ostberga.filling_practice', true), '') = 'yes';
BEGIN
  IF is_filling OR actors_practice_exists() THEN
    IF is_filling <> EXISTS (
      SELECT 1 FROM surveys_wave JOIN surveys_survey ON surveys_survey.id = surveys_wave.survey_id
        JOIN actors_collaboration ON actors_collaboration.id = surveys_survey.collaboration_id
        WHERE surveys_wave.id = NEW.wave_id AND actors_collaboration.practice_of_id IS NOT NULL
    ) THEN
      RAISE EXCEPTION 'a practice has made-up answers, and nothing else has' USING ERRCODE = 'check_violation',
        CONSTRAINT = CASE WHEN is_filling THEN 'not_mixed_with_practice' ELSE 'only_made_up_in_practice' END;
    END IF;
  END IF;
  RETURN NEW;
END $$;
"""
SURVEY = "surveys_survey.collaboration_id"
WAVE = f"surveys_wave.survey_id {SURVEY}"
PERSPECTIVE, THEME = "surveys_perspective.collaboration_id", "surveys_theme.collaboration_id"
STATEMENT = f"surveys_statement.wave_id {WAVE}"
ONLY_MADE_UP = ("response", "interview")
# Imports come from files, and files hold what people have said.
CLOSED = {
    "answerimport": ("survey_id", SURVEY),
    "largeimport": ("survey_id", SURVEY),
    "listimport": ("collaboration_id", ""),
}
# Each table with the columns whose rows belong together, and the way from each to a collaboration.
JOINING = {
    "survey": {"collaboration_id": "", "guiding_question_id": "surveys_guidingquestion.collaboration_id"},
    "statement": {
        "wave_id": WAVE,
        "answer_id": f"surveys_answer.response_id surveys_response.wave_id {WAVE}",
        "interview_id": f"surveys_interview.wave_id {WAVE}",
    },
    "attachment": {"statement_id": STATEMENT, "perspective_id": PERSPECTIVE},
    "themeperspective": {"theme_id": THEME, "perspective_id": PERSPECTIVE},
    "polarity": {"one_id": PERSPECTIVE, "other_id": PERSPECTIVE},
    "codingevent": {"collaboration_id": "", "statement_id": STATEMENT, "perspective_id": PERSPECTIVE},
}
# Each table with the column that says where its rows belong, and the way from there.
STAYING = {
    **dict.fromkeys(("survey", "guidingquestion", "perspective", "theme"), ("collaboration_id", "")),
    **dict.fromkeys(("wave", "channel"), ("survey_id", SURVEY)),
    **dict.fromkeys(("response", "interview", "statement"), ("wave_id", WAVE)),
}


def _create() -> str:
    lines = [FUNCTION]
    for table in ONLY_MADE_UP:
        function = "surveys_refuse_what_is_not_made_up()"
        lines.append(_trigger("only_made_up_in_practice", table, "wave_id", function))
    for table, (column, path) in CLOSED.items():
        function = f"actors_refuse_in_practice('{f'{column} {path}'.strip()}')"
        lines.append(_trigger("not_in_practice", table, column, function))
    for table, ends in JOINING.items():
        paths = ", ".join(f"'{f'{column} {path}'.strip()}'" for column, path in ends.items())
        lines.append(_trigger("not_mixed_with_practice", table, ", ".join(ends), f"actors_refuse_mixing({paths})"))
    for table, (column, path) in STAYING.items():
        lines.append(
            f"CREATE TRIGGER stays_in_practice BEFORE UPDATE OF {column} ON surveys_{table} FOR EACH ROW "
            f"WHEN (OLD.{column} IS DISTINCT FROM NEW.{column}) "
            f"EXECUTE FUNCTION actors_refuse_moving('{f'{column} {path}'.strip()}');"
        )
    return "\n".join(lines)


def _trigger(name: str, table: str, columns: str, function: str) -> str:
    return (
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OF {columns} ON surveys_{table} "
        f"FOR EACH ROW EXECUTE FUNCTION {function};"
    )


def _drop() -> str:
    names = {"only_made_up_in_practice": ONLY_MADE_UP, "not_in_practice": CLOSED, "not_mixed_with_practice": JOINING, "stays_in_practice": STAYING}
    lines = [f"DROP TRIGGER {name} ON surveys_{table};" for name, tables in names.items() for table in tables]
    return "\n".join([*lines, "DROP FUNCTION surveys_refuse_what_is_not_made_up();"])


class Migration(migrations.Migration):
    """Only triggers: the field is a collaboration's."""

    dependencies = [  # noqa: RUF012
        ("surveys", "0013_lists_remember_what_they_made"),
        ("actors", "0033_practice"),
    ]

    operations = [migrations.RunSQL(_create(), _drop())]  # noqa: RUF012
