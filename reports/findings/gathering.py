"""Computes the findings of a report, its numbers and quotes, from what is chosen, coded and heard at this moment."""

import dataclasses
import datetime as dt
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Min, Q
from django.db.models.functions import Least
from django.utils import translation

from dialogue.models import Issue
from dialogue.rules.staircase import Step
from ostberga.lib.periods import Period, Precision
from ostberga.lib.translations.languages import LANGUAGES, SOURCE, in_language
from reports.findings.heard_counts import ROLE_NAMES, HeardPeople, build_heard_finding, count_people
from reports.models import Reading, ReadingComment, Report, ReportTheme, ReportVersion
from reports.rules import arranging, findings
from surveys.models import Attachment, Perspective, Polarity, Statement
from surveys.rules.lineage import families, roots
from surveys.rules.roles import KNOWN_ROLES

# Text fields copied from the report to the findings' field of the same name.
WRITTEN = ("summary", "background", "method", "connections", "can_influence", "limitations", "next_steps")


def gather_findings(report: Report, *, number: int, on: dt.date) -> findings.Findings:
    """The findings of the report as of now, numbered and dated. The number of queries is constant."""
    with translation.override(SOURCE):
        is_practice = report.dialogue.collaboration.practice_of_id is not None
        return dataclasses.replace(
            _gather(report, number, on), is_practice=is_practice, **_process(report), **_readings(report)
        )


def _process(report: Report) -> dict[str, Any]:
    """The stages of its dialogue, and the number of the one that reports belong to."""
    names = tuple(in_language(each, SOURCE) for _, each in report.dialogue.named_stages)
    return {"stages": names, "stage": report.dialogue.stage_at(Step.REPORT).number}


def _gather(report: Report, number: int, on: dt.date) -> findings.Findings:
    collaboration, wave = report.dialogue.collaboration, report.wave
    everyone = count_people(wave, collaboration.minimum_group, _heard_as_published(report))
    book = ChosenContents(report, everyone)
    themes = tuple(book.theme(chosen) for chosen in book.chosen)
    written: Any = {name: strip_control_characters(getattr(report, name)) for name in WRITTEN}
    return findings.Findings(
        schema=findings.SCHEMA,
        title=report.title,
        subtitle=report.subtitle,
        version=number,
        made_on=on.isoformat(),
        collaboration=collaboration.name,
        area=collaboration.area,
        controller=collaboration.controller_name,
        contact=collaboration.contact_email,
        is_demo=collaboration.is_demo,
        minimum_group=collaboration.minimum_group,
        wave=wave.title,
        period=Period(wave.opens_on, wave.closes_on, Precision.MONTH).label(),
        guiding_question=str(wave.survey.guiding_question or report.dialogue.guiding_question),
        summaries=tuple(_summaries(report)),
        heard=everyone.published or build_heard_finding(wave, everyone),
        themes=themes,
        links=tuple(_links(report)),
        questions=tuple(filter(None, map(str.strip, strip_control_characters(report.question_guide).splitlines()))),
        left_out=tuple(book.left_out),
        comments=(),
        **written,
    )


def _heard_as_published(report: Report) -> findings.HeardFinding | None:
    """Who was heard as it was first shown of this wave, published or to readers of a draft; None before that.

    It is never counted again: from two counts of nearly the same people a reader could work out who came in between.
    """
    versions = ReportVersion.objects.filter(report__wave=report.wave_id).annotate(
        shown_at=Least("published_at", Min("readings__created_at"))
    )
    first = versions.filter(shown_at__isnull=False).order_by("shown_at", "number").first()
    return first.frozen.heard if first else None


def strip_control_characters(text: str) -> str:
    """The text with line breaks as \\n, without control characters and surrogates, which no Word file can hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}).strip()


class ChosenContents:
    """The chosen themes, perspectives and quotes with their current state, fetched in a fixed number of queries."""

    def __init__(self, report: Report, everyone: HeardPeople) -> None:
        self.everyone, self.wave = everyone, report.wave_id
        self.left_out: list[str] = []
        related = ("chosen_perspectives__quotes",)
        self.chosen = list(report.chosen_themes.select_related("theme").prefetch_related(*related))
        merges = Perspective.objects.filter(collaboration=report.dialogue.collaboration_id).merges()
        self.root = roots(merges)
        placed = [chosen.perspective_id for theme in self.chosen for chosen in theme.chosen_perspectives.all()]
        keys = {self.root[key] for key in placed}
        self.current = Perspective.objects.standing().in_bulk(keys)
        self.family = {key: family for key, family in families(merges).items() if key in keys}
        self.statements, self.attached = self._statements()
        self.against = self._against()
        self.issues = self._issues(report)

    def theme(self, chosen: ReportTheme) -> findings.ThemeFinding:
        """The finding of one theme: its perspectives in order, opposites side by side."""
        quotes: dict[int, list[str]] = {}
        for row in chosen.chosen_perspectives.all():
            key = self.root[row.perspective_id]
            if key not in self.current:
                self.left_out.append(f"Ett perspektiv under temat {chosen.theme} är borttaget och följer inte med.")
                continue
            quotes.setdefault(key, []).extend(str(quote.statement_id) for quote in row.quotes.all())
        unique = {key: list(dict.fromkeys(statements)) for key, statements in quotes.items()}
        within = {key: self._perspective(key, statements, set(quotes)) for key, statements in unique.items()}
        return findings.ThemeFinding(
            title=str(chosen.theme),
            introduction=strip_control_characters(chosen.introduction),
            blocks=arranging.arrange_blocks(within, self.against),
        )

    def _perspective(self, key: int, statements: Sequence[str], beside: set[int]) -> findings.PerspectiveFinding:
        perspective = self.current[key]
        against = [other for other in self.against.get(key, {}) if other in self.current]
        return findings.PerspectiveFinding(
            key=key,
            title=strip_control_characters(str(perspective)),
            description=strip_control_characters(perspective.description),
            is_dissenting=perspective.is_dissenting,
            breadth=self._breadth(key),
            quotes=tuple(filter(None, (self._quote(key, statement) for statement in statements))),
            issues=tuple(findings.IssueLink(str(issue), issue.get_absolute_url()) for issue in self.issues[key]),
            stands_against=tuple(str(self.current[other]) for other in against if other not in beside),
        )

    def _breadth(self, key: int) -> str:
        """From how many roles the perspective was heard, and from which if each is large enough to be named."""
        heard_from = {self.statements[statement].role for statement in self.attached[key]} & set(KNOWN_ROLES)
        if not heard_from:
            return ""
        words = f"Hörts från {len(heard_from)} av {len(KNOWN_ROLES)} grupper"
        names = [ROLE_NAMES[role].lower() for role in KNOWN_ROLES if role in heard_from]
        if not all(self.everyone.may_name_role(role) for role in heard_from):
            return words
        return f"{words}: {', '.join(names)}"

    def _quote(self, key: int, statement_key: str) -> findings.QuoteFinding | None:
        statement = self.statements.get(statement_key)
        if statement is None or statement_key not in self.attached[key]:
            self.left_out.append(f"Ett citat under «{self.current[key]}» får inte längre visas och följer inte med.")
            return None
        shows_language = self.everyone.may_show_language(statement.language)
        if not shows_language and not statement.translation:
            self.left_out.append(f"Ett citat under «{self.current[key]}» saknar översättning och följer inte med.")
            return None
        return _as_quote(statement, shows_language, self.everyone)

    def _statements(self) -> tuple[dict[str, Statement], dict[int, set[str]]]:
        """Quotable statements by key, and the keys attached to each chosen perspective.

        Only of the report's wave: «hörts från» would otherwise count groups that this report has not heard.
        """
        root = {member: key for key, family in self.family.items() for member in family}
        attached = Attachment.objects.current().filter(
            perspective__in=root, statement__in=Statement.objects.publishable().filter(wave=self.wave)
        )
        statements: dict[str, Statement] = {}
        keys: dict[int, set[str]] = defaultdict(set)
        for attachment in attached.select_related("statement").defer("statement__raw_text"):
            statements[str(attachment.statement_id)] = attachment.statement
            keys[root[attachment.perspective_id]].add(str(attachment.statement_id))
        return statements, keys

    def _against(self) -> dict[int, dict[int, str]]:
        """The opposites of each perspective, with what the polarity is about."""
        members = {member for family in self.family.values() for member in family}
        against: dict[int, dict[int, str]] = defaultdict(dict)
        for pair in Polarity.objects.filter(Q(one__in=members) | Q(other__in=members)).order_by("pk"):
            first, second, about = self.root[pair.one_id], self.root[pair.other_id], pair.about.get(SOURCE, "")
            if first != second:
                against[first].setdefault(second, about)
                against[second].setdefault(first, about)
        return against

    def _issues(self, report: Report) -> dict[int, list[Issue]]:
        """The public issues that rest on each chosen perspective, in the order of the issues."""
        links = Issue.perspectives.through.objects.filter(
            perspective__in=[member for family in self.family.values() for member in family],
            issue__in=Issue.objects.public().filter(dialogue=report.dialogue_id),
        ).select_related("issue__dialogue__collaboration")
        issues_by_perspective: dict[int, list[Issue]] = defaultdict(list)
        for link in links.order_by("issue__position", "issue__pk"):
            issues = issues_by_perspective[self.root[link.perspective_id]]
            if link.issue not in issues:
                issues.append(link.issue)
        return issues_by_perspective


def _as_quote(statement: Statement, shows_language: bool, everyone: HeardPeople) -> findings.QuoteFinding:
    foreign = statement.language != SOURCE
    shows_role = everyone.may_show_role(statement.role, statement.language)
    return findings.QuoteFinding(
        statement=str(statement.pk),
        text=strip_control_characters(statement.text if shows_language else statement.translation),
        language=statement.language if shows_language else SOURCE,
        translation=strip_control_characters(statement.translation) if foreign and shows_language else "",
        is_translated=foreign and bool(statement.translation),
        is_machine_translated=foreign and statement.translation_is_machine,
        is_altered=statement.is_altered,
        role=statement.get_role_display().capitalize() if shows_role else "",
    )


def _summaries(report: Report) -> Iterable[findings.TranslatedSummary]:
    for language in LANGUAGES:
        text = strip_control_characters(report.summary_translations.get(language, ""))
        if text and language != SOURCE:
            yield findings.TranslatedSummary(language, text)


def _links(report: Report) -> Iterable[findings.ThemeLink]:
    chosen = set(report.chosen_themes.values_list("theme", flat=True))
    for link in report.theme_connections.select_related("one", "other"):
        if {link.one_id, link.other_id} <= chosen:
            yield findings.ThemeLink(str(link.one), str(link.other), strip_control_characters(link.sentence))


def _readings(report: Report) -> dict[str, Any]:
    """Fields of the findings about readers of drafts: links made, comments waiting, comments handled."""
    comments = ReadingComment.objects.filter(reading__version__report=report)
    handled = comments.filter(handled_at__isnull=False).select_related("reading").order_by("received_on", "pk")
    return {
        "readers_asked": Reading.objects.filter(version__report=report).count(),
        "comments_waiting": comments.filter(handled_at__isnull=True).count(),
        "comments": tuple(map(_as_comment, handled)),
    }


def _as_comment(comment: ReadingComment) -> findings.CommentFinding:
    return findings.CommentFinding(
        reader=comment.reading.label,
        received_on=comment.received_on.isoformat(),
        text=strip_control_characters(comment.text),
        outcome=strip_control_characters(comment.outcome),
    )
