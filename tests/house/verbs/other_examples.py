"""How each verb of the reports and of the collaboration itself is called."""

from django.utils import timezone

from reports.models import ReadingComment
from tests.house.verbs.surveys_examples import Examples
from tests.house.verbs.world import World

TODAY = timezone.localdate()


def comment(world: World) -> ReadingComment:
    now = timezone.now()
    reading = world.version.readings.create(
        label="Läsare", token_hash="x", created_by=world.coordinator, expires_at=now
    )
    return reading.comments.create(text="Något saknas.")


REPORTS: Examples = {
    "composing.new_report.create_report": lambda w: {"dialogue": w.dialogue, "wave": w.wave, "title": "Våren"},
    "models.reading.Reading.invite": lambda w: {"version": w.version, "label": "Läsare"},
    "models.reading.ReadingComment.handle": lambda w: {"self": comment(w), "outcome": "Ändrat."},
    "models.report.Report.write": lambda w: {"self": w.report, "texts": {"summary": "Mörkt."}},
    "models.report.Report.withdraw": lambda w: {"self": w.report, "reason": "Fel."},
    "models.version.ReportVersion.publish": lambda w: {"self": w.version},
    "publishing.version_requests.request_version": lambda w: {"report": w.report},
}
PLAN_WORDS = {"title": "Plan 2", "introduction": "", "starts_on": TODAY, "ends_on": None}
ACTORS: Examples = {
    "letters.disposal.dispose_of_records": lambda w: {
        "collaboration": w.place, "before": TODAY, "decision_number": "KS 2026/1"
    },
    "people.memberships.end_affiliation": lambda w: {
        "affiliation": w.official.affiliations.get(), "collaboration": w.place, "on": TODAY
    },
    "plan.plan_drafts.create_draft": lambda w: {"collaboration": w.place, **PLAN_WORDS},
    "plan.plan_drafts.create_new_version": lambda w: {"plan": w.plan},
    "plan.plan_drafts.update_draft": lambda w: {"plan": w.plan, "words": PLAN_WORDS},
    "plan.plan_drafts.adopt_draft": lambda w: {"plan": w.plan},
    "plan.plan_drafts.discard_draft": lambda w: {"plan": w.plan},
    "plan.plan_drafts.save_part": lambda w: {"part": w.area, "words": {"name": "Ljud"}},
    "plan.plan_drafts.move_part": lambda w: {"part": w.goal, "up": True},
    "plan.plan_drafts.remove_part": lambda w: {"part": w.goal},
}  # fmt: skip

EXAMPLES: Examples = {
    **{f"reports.{name}": example for name, example in REPORTS.items()},
    **{f"actors.{name}": example for name, example in ACTORS.items()},
}
