"""The story of an issue in time, round by round: what people said, what was proposed, answered and done."""

from dataclasses import dataclass

from django.utils.translation import get_language

from dialogue.history.current_status import CurrentStatus, find_current_status
from dialogue.history.events.event_types import Event
from dialogue.history.events.rounds import rounds_of
from dialogue.history.issue_events import list_events
from dialogue.issues.quotes import PERSPECTIVES_PER_PAGE, InPeriod, PerspectiveLineage, QuoteDisplay, QuotePicker
from dialogue.models import Issue, Round, round_on
from dialogue.models.dialogue import Texts
from ostberga.lib.translations.languages import SOURCE, in_language


@dataclass(frozen=True)
class RoundStory:
    """One round: what was said in it, and its events."""

    round: Round
    quotes: QuoteDisplay
    events: tuple[Event, ...]


@dataclass(frozen=True)
class IssueStory:
    """All that the public page of an issue tells."""

    now: CurrentStatus
    current: RoundStory
    earlier: tuple[RoundStory, ...]  # the latest first
    is_echo: bool  # nothing has been said in the current round yet: quotes of earlier rounds are shown
    earlier_titles: tuple[Texts, ...]  # what it was called before, in the language of the page

    @property
    def is_closed(self) -> bool:
        """Whether those who asked have their answer."""
        return self.current.round.is_closed


def build_story(issue: Issue) -> IssueStory:
    """The story of an issue as it can be told today. A constant number of queries."""
    lineage = PerspectiveLineage(issue.dialogue.collaboration)
    events = list_events([issue], lineage)[issue.pk]
    rounds = rounds_of(events)
    picker = QuotePicker(issue.dialogue, lineage, issue.links.values_list("perspective", flat=True))
    filters = [_filter_of(round_, rounds) for round_ in rounds]
    selections = [picker.select(when, per_page=PERSPECTIVES_PER_PAGE) for when in filters]
    everything = picker.select(per_page=PERSPECTIVES_PER_PAGE)
    stories = [
        RoundStory(round_, picker.display(selection, when), tuple(event for event in events if event.round == round_))
        for round_, selection, when in zip(rounds, selections, filters, strict=True)
    ]
    current = stories.pop()
    is_echo = bool(stories) and not current.quotes
    if is_echo or not stories:
        current = RoundStory(current.round, picker.display(everything), current.events)
    now = find_current_status(issue, current.round)
    return IssueStory(now, current, tuple(reversed(stories)), is_echo, _earlier_titles(issue))


def _earlier_titles(issue: Issue) -> tuple[Texts, ...]:
    """The titles that differ, for a reader of the active language, from the present one and from each other."""
    language = get_language() or SOURCE
    titles = {in_language(former.title, language): former.title for former in issue.former_titles.all()}
    titles.pop(in_language(issue.title, language), None)
    return tuple(titles.values())


def _filter_of(round_: Round, rounds: list[Round]) -> InPeriod:
    """A filter that says whether quotes of a wave belong to the round, by the last day of the wave."""
    return lambda until: round_on(rounds, until) == round_


def build_quote_page(issue: Issue, number: int) -> QuoteDisplay:
    """One page of everything that was said about an issue in all its rounds; page `number` counts from 1."""
    lineage = PerspectiveLineage(issue.dialogue.collaboration)
    picker = QuotePicker(issue.dialogue, lineage, issue.links.values_list("perspective", flat=True))
    return picker.display(picker.select(per_page=PERSPECTIVES_PER_PAGE, page=number))
