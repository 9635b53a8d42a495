"""A state machine of random actions by random people: no sequence of them reaches a forbidden state."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from dialogue.activities import activity_lifecycle, commitments
from dialogue.decisions import answering, expiring, requesting, withdrawing
from dialogue.models import Activity, Commitment, Decision, DecisionEvent, PartDecision, StepChange
from dialogue.rules.activities import ENDS, ActivityState, Part, Reply
from dialogue.rules.decisions import OPEN_OUTCOMES, DecisionOutcome, FormOfDecision, PartState, combined_outcome
from dialogue.rules.staircase import Move
from dialogue.staircase import climbing, gate_facts
from ostberga.lib.periods import Period
from ostberga.lib.refusal import Refusal
from tests import factories as make

Arguments = dict[str, Any]  # keyword arguments of an action
REASONS = st.sampled_from(["Vi hinner inte.", "Vi hinner inte.", " "])
NUMBERS = st.integers(min_value=0, max_value=50)
PEOPLE = st.sampled_from(["coordinator", "tova", "helper", "polly", "stranger"])
ANSWERS = st.sampled_from([PartState.APPROVED, PartState.CONDITIONS, PartState.REFUSED, PartState.SENT_BACK])


def activity_plan(title: str) -> activity_lifecycle.ActivityPlan:
    return activity_lifecycle.ActivityPlan(title={"sv": title}, period=Period.from_day(timezone.localdate()))


class AnyHistory(RuleBasedStateMachine):
    """One issue, two bodies and five people who try any action."""

    @initialize()
    def a_district(self) -> None:
        """Create the objects in a transaction that `teardown` rolls back."""
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        place = make.collaboration()
        names = ("coordinator", "tova", "helper", "polly", "stranger")
        self.people = {name: make.user(f"{name}@ostberga.example") for name in names}
        self.streets, self.police = make.organisation("Trafikkontoret"), make.organisation("Polisen")
        make.coordinator(place, self.people["coordinator"])
        make.official(self.people["helper"], self.streets)
        for name, body in (("tova", self.streets), ("polly", self.police)):
            make.official(self.people[name], body)
            make.partnership(place, body)
            make.mandate(self.people[name], body, place)
        self.issue = make.issue(make.dialogue(place))
        self.moves = 0

    def teardown(self) -> None:
        """Roll back."""
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def attempt(self, act: Callable[[], Any]) -> bool:
        """Run the action. Returns False, with all changes rolled back, if it is refused."""
        try:
            with transaction.atomic():
                act()
        except Refusal:
            return False
        return True

    def one_of(self, rows: Any, number: int) -> Any:
        """Return any of the rows, or None if there are none."""
        ordered = list(rows.order_by("pk"))
        return ordered[number % len(ordered)] if ordered else None

    @rule(number=NUMBERS, both=st.booleans(), again=st.booleans(), brief=st.booleans())
    def ask_for_a_decision(self, number: int, both: bool, again: bool, brief: bool) -> None:
        earlier = self.one_of(Decision.objects, number) if again else None
        until = timezone.localdate() + dt.timedelta(days=5) if brief else None
        question = requesting.DecisionRequest(title={"sv": "Fler lampor"}, ask="Får vi?", valid_until=until)
        bodies = {self.streets: FormOfDecision.DELEGATION} | ({self.police: FormOfDecision.ACCESSION} if both else {})
        asked: Arguments = {"question": question, "bodies": bodies, "supersedes": earlier}
        asked |= {"dialogue": self.issue.dialogue, "issues": [self.issue], "by": self.people["coordinator"]}
        self.attempt(lambda: requesting.request(**asked))

    @rule(number=NUMBERS, brief=st.booleans())
    def get_going(self, number: int, brief: bool) -> None:
        """Start an activity under a new decision: random actions alone seldom come that far."""
        self.ask_for_a_decision(number, both=False, again=False, brief=brief)
        asked, tova = Decision.objects.latest("pk"), self.people["tova"]
        facts = answering.DecisionFacts(decided_on=timezone.localdate(), delegation_item="1")
        answering.answer(part=asked.parts.get(), answer=PartState.APPROVED, facts=facts, by=tova)
        work = activity_plan(f"Byt lampa {number}")
        lit = activity_lifecycle.plan(issue=self.issue, plan=work, by=self.people["coordinator"], decision=asked)
        make.commitment(lit, self.streets, self.people["coordinator"], replied_by=tova)
        activity_lifecycle.start(activity=lit, by=tova)

    @rule(number=NUMBERS, given=ANSWERS, later=st.booleans())
    def think_again(self, number: int, given: PartState, later: bool) -> None:
        """A body reconsiders a decision that is in force or was sent back, sometimes from a later day."""
        settled = Decision.objects.filter(outcome__in=[DecisionOutcome.IN_FORCE, DecisionOutcome.SENT_BACK])
        settled = settled.exclude(reconsiderations__in=Decision.objects.exclude(outcome=DecisionOutcome.WITHDRAWN))
        earlier = self.one_of(settled, number)
        if earlier is None:
            return
        since = timezone.localdate() + dt.timedelta(days=9) if later else None
        question = requesting.DecisionRequest(title={"sv": "Igen"}, ask="Står ni fast?", valid_from=since)
        asked: Arguments = {
            "issues": [self.issue],
            "bodies": {self.streets: FormOfDecision.DELEGATION},
            "supersedes": earlier,
        }
        by, talk = self.people["coordinator"], self.issue.dialogue
        again = requesting.request(dialogue=talk, question=question, by=by, **asked)
        facts = answering.DecisionFacts(
            decided_on=timezone.localdate(), motivation="Därför.", conditions="Om.", delegation_item="1"
        )
        answering.answer(part=again.parts.get(), answer=given, facts=facts, by=self.people["tova"])

    @rule(
        number=NUMBERS,
        who=st.sampled_from(["tova", "polly", "helper"]),
        given=ANSWERS,
        words=st.sampled_from([1, 1, 0]),
    )
    def answer(self, number: int, who: str, given: PartState, words: int) -> None:
        part = self.one_of(PartDecision.objects.open(), number)
        texts: Arguments = {"motivation": "Därför.", "conditions": "Om.", "delegation_item": "1"} if words else {}
        facts = answering.DecisionFacts(decided_on=timezone.localdate(), **texts)
        if part:
            self.attempt(lambda: answering.answer(part=part, answer=given, facts=facts, by=self.people[who]))

    @rule(number=NUMBERS, who=PEOPLE)
    def prepare(self, number: int, who: str) -> None:
        part = self.one_of(PartDecision.objects, number)
        if part:
            self.attempt(lambda: answering.prepare(part=part, by=self.people[who]))

    @rule(number=NUMBERS, bare=st.booleans())
    def plan(self, number: int, bare: bool) -> None:
        under = None if bare else self.one_of(Decision.objects, number)
        work = activity_plan(f"Byt lampa {number}")
        asked: Arguments = {"issue": self.issue, "plan": work, "by": self.people["coordinator"], "decision": under}
        self.attempt(lambda: activity_lifecycle.plan(**asked))

    @rule(number=NUMBERS, police=st.booleans(), part=st.sampled_from(Part))
    def ask_a_body(self, number: int, police: bool, part: Part) -> None:
        activity = self.one_of(Activity.objects, number)
        asked: Arguments = {"organisation": self.police if police else self.streets, "part": part, "what": "Byt."}
        if activity:
            self.attempt(lambda: commitments.ask(activity=activity, by=self.people["coordinator"], **asked))

    @rule(number=NUMBERS, who=PEOPLE, answer=st.sampled_from(["yes", "no", "but"]))
    def reply(self, number: int, who: str, answer: str) -> None:
        asked, by = self.one_of(Commitment.objects, number), self.people[who]
        replies = {
            "yes": lambda: commitments.accept(commitment=asked, by=by),
            "no": lambda: commitments.decline(commitment=asked, by=by, reason="Nej."),
            "but": lambda: commitments.counter(commitment=asked, by=by, offer="I maj."),
        }
        if asked:
            self.attempt(replies[answer])

    @rule(number=NUMBERS)
    def take_the_counter_offer(self, number: int) -> None:
        asked = self.one_of(Commitment.objects, number)
        if asked:
            self.attempt(lambda: commitments.accept_counter(commitment=asked, by=self.people["coordinator"]))

    @rule(number=NUMBERS, who=st.sampled_from(["tova", "helper", "coordinator", "polly"]), why=REASONS)
    def leave(self, number: int, who: str, why: str) -> None:
        """Anyone tries to leave a commitment to a running activity."""
        if not Activity.objects.filter(state=ActivityState.RUNNING).exists():
            self.get_going(number, brief=False)
        promise = self.one_of(Commitment.objects.accepted().filter(activity__state=ActivityState.RUNNING), number)
        self.attempt(lambda: commitments.leave(commitment=promise, reason=why, by=self.people[who]))

    @rule(number=NUMBERS, who=st.sampled_from(["coordinator", "coordinator", "tova"]), why=REASONS, waits=st.booleans())
    def take_back(self, number: int, who: str, why: str, waits: bool) -> None:
        """Withdrawing a request leaves the same decisions in force."""
        outcomes = OPEN_OUTCOMES if waits else DecisionOutcome.values
        asked = self.one_of(Decision.objects.filter(outcome__in=outcomes), number)
        held = set(Decision.objects.in_force().values_list("pk", flat=True))
        if asked:
            self.attempt(lambda: withdrawing.withdraw(decision=asked, reason=why, by=self.people[who]))
        assert set(Decision.objects.in_force().values_list("pk", flat=True)) == held

    @rule(number=NUMBERS, under=NUMBERS)
    def describe(self, number: int, under: int) -> None:
        """Give an activity another decision, whatever its state."""
        activity, other = self.one_of(Activity.objects, number), self.one_of(Decision.objects, under)
        work = activity_plan("Byt")
        if activity:
            self.attempt(
                lambda: activity_lifecycle.edit(
                    activity=activity, plan=work, decision=other, by=self.people["coordinator"]
                )
            )

    @rule(number=NUMBERS, who=PEOPLE)
    def start(self, number: int, who: str) -> None:
        activity = self.one_of(Activity.objects, number)
        if activity:
            self.attempt(lambda: activity_lifecycle.start(activity=activity, by=self.people[who]))

    @rule(number=NUMBERS, who=PEOPLE, state=st.sampled_from(ENDS), words=st.booleans())
    def stop(self, number: int, who: str, state: ActivityState, words: bool) -> None:
        activity, by = self.one_of(Activity.objects, number), self.people[who]
        outcome = {"sv": "Så gick det."} if words else {}
        if activity and words:
            self.attempt(lambda: activity_lifecycle.pause(activity=activity, by=by, why="Kallt."))
        if activity:
            self.attempt(
                lambda: activity_lifecycle.end(
                    activity=activity, state=state, outcome=outcome, by=by, carried_on_by="Parken"
                )
            )

    @rule(move=st.sampled_from([Move.ONWARD, Move.BACK, Move.AGAIN, Move.CLOSE]), reason=st.sampled_from(["", "Ändå."]))
    def move(self, move: Move, reason: str) -> None:
        self.issue.refresh_from_db()
        asked: Arguments = {"issue": self.issue, "by": self.people["coordinator"]}
        despite = gate_facts.missing_requirements(self.issue)
        moves = {
            Move.ONWARD: lambda: climbing.climb(**asked, reason=reason, despite=despite),
            Move.BACK: lambda: climbing.step_back(**asked, reason=reason),
            Move.AGAIN: lambda: climbing.begin_round(**asked, cause=reason),
            Move.CLOSE: lambda: climbing.close(**asked, answer={"sv": "Svar."}, reason=reason, despite=despite),
        }
        self.moves += self.attempt(moves[move])

    @rule(days=st.integers(min_value=0, max_value=9))
    def time_passes(self, days: int) -> None:
        expiring.expire(timezone.localdate() + dt.timedelta(days=days))

    @invariant()
    def nothing_runs_without_a_decision_in_force(self) -> None:
        running = Activity.objects.filter(state=ActivityState.RUNNING)
        assert not running.exclude(started_under__in=Decision.objects.in_force()).exists()

    @invariant()
    def every_step_has_its_record(self) -> None:
        if not hasattr(self, "issue"):
            return
        self.issue.refresh_from_db()
        changes = list(StepChange.objects.order_by("pk"))
        assert len(changes) == self.moves
        assert all(change.reason for change in changes if change.missing)
        assert not changes or changes[-1].to_step == self.issue.step

    @invariant()
    def the_whole_is_what_its_parts_make(self) -> None:
        for decision in Decision.objects.exclude(
            outcome__in=[DecisionOutcome.SUPERSEDED, DecisionOutcome.EXPIRED, DecisionOutcome.WITHDRAWN]
        ):
            assert decision.outcome == combined_outcome(list(decision.parts.values_list("answer", flat=True)))

    @invariant()
    def what_was_superseded_is_not_in_force(self) -> None:
        settled = Decision.objects.filter(
            outcome__in=[DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED], supersedes__isnull=False
        )
        assert not settled.filter(supersedes__outcome=DecisionOutcome.IN_FORCE).exists()
        answered = Decision.objects.filter(outcome__in=[DecisionOutcome.IN_FORCE, DecisionOutcome.REFUSED])
        beneath = Decision.objects.filter(reconsiderations__reconsiderations__in=answered)
        assert not beneath.filter(outcome=DecisionOutcome.IN_FORCE).exists()

    @invariant()
    def what_was_taken_back_changed_nothing_else(self) -> None:
        """A withdrawn decision has a reason, no running activity, and no part awaiting an answer."""
        back = Decision.objects.filter(outcome=DecisionOutcome.WITHDRAWN)
        assert not back.filter(withdrawn_reason="").exists()
        assert not Activity.objects.filter(state=ActivityState.RUNNING, started_under__in=back).exists()
        assert not PartDecision.objects.open().filter(decision__in=back).exists()
        events = DecisionEvent.objects.filter(what=DecisionEvent.What.WITHDRAWN, by=self.people["coordinator"])
        assert set(events.values_list("decision", flat=True)) == set(back.values_list("pk", flat=True))

    @invariant()
    def nothing_runs_without_somebody_who_leads_it(self) -> None:
        led = Commitment.objects.accepted().filter(part=Part.LEAD)
        assert not Activity.objects.filter(state=ActivityState.RUNNING).exclude(pk__in=led.values("activity")).exists()
        assert not Commitment.objects.filter(reply=Reply.LEFT, left_reason="").exists()

    @invariant()
    def nobody_answered_who_may_not(self) -> None:
        for model, who in ((PartDecision, "answered_by"), (Commitment, "replied_by")):
            given = model._default_manager.filter(**{f"{who}__isnull": False}, from_before_mandates=False)
            assert not given.exclude(mandate__person=F(who), mandate__organisation=F("organisation")).exists()

    @invariant()
    def every_end_is_told(self) -> None:
        assert not Activity.objects.filter(state__in=ENDS, outcome={}).exists()


@pytest.mark.django_db
def test_no_history_reaches_a_forbidden_state():
    options: dict[str, Any] = {"max_examples": 40, "stateful_step_count": 20, "deadline": None, "derandomize": True}
    run_state_machine_as_test(AnyHistory, settings=settings(suppress_health_check=list(HealthCheck), **options))
