"""Every address as every kind of person: who may come in, and things in there that others must not see."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from actors.models import Collaboration, User
from dialogue import committing
from dialogue.models import Follower, PublishedReport
from dialogue.progress import Part, Reply, State
from surveys.models import Attachment, Polarity
from tests import factories as make
from tests.house.addresses import COORDINATOR, EVERYONE, Address

ROLES = ("nobody", "resident", "elected", "wrong_body", "right_body", "elsewhere", "coordinator")
SIGNED_IN = frozenset(ROLES) - {"nobody"}

# Who may, where it does not follow from the list that the address stands in. The name of the address, and the roles.
EXCEPTIONS = {
    "desk": SIGNED_IN,
    "my-parts": SIGNED_IN,
    "part": {"right_body"},
    "part-edit": {"right_body"},
    "part-confirm": {"right_body"},
    "part-decision": {"right_body", "coordinator"},
    "part-hand-over": {"right_body"},
    "commitment": {"right_body"},
    "activity-work": {"right_body", "coordinator"},
    "activity-start": {"right_body", "coordinator"},
    "activity-tell": {"right_body", "coordinator"},
    "activity-pause": {"right_body", "coordinator"},
    "activity-end": {"right_body", "coordinator"},
    "report-read": {"right_body"},
}
# What may stand on no page that the role below must not see it on.
RAW, HIDDEN_ISSUE, DRAFT, FOLLOWER, NOTES = (
    "Råtexten om grannen i port 14",
    "Frågan som ingen ser än",
    "Utkastet till förslag",
    "foljaren@example.se",
    "Anteckningen från samtalet",
)
SECRETS = (RAW, HIDDEN_ISSUE, DRAFT, FOLLOWER, NOTES)


@dataclass
class District:
    """A collaboration with one of each thing, and the people around it."""

    place: Collaboration
    people: dict[str, User | None] = field(default_factory=dict)
    samples: list[tuple[str, Any]] = field(default_factory=list)  # a piece of an address, and what it becomes

    def path_to(self, address: Address) -> str:
        """The address with real things in its gaps."""
        path = address.route
        for piece, value in self.samples:
            path = path.replace(piece, str(value))
        return "/" + path.replace("<slug:slug>", self.place.slug)


def build() -> District:
    """One of each."""
    found = District(make.collaboration())
    _people(found)
    _said(found)
    _walked(found)
    return found


def may(address: Address) -> frozenset[str]:
    """The roles that may come in there."""
    if address.audience == EVERYONE:
        return frozenset(ROLES)
    if address.audience == COORDINATOR:
        return frozenset({"coordinator"})
    return frozenset(EXCEPTIONS[address.name])


def _people(district: District) -> None:
    place, streets, culture = district.place, make.organisation("Trafikkontoret"), make.organisation("Kultur")
    other, people = make.collaboration("annanstans"), {name: make.user(f"{name}@example.se") for name in ROLES[1:]}
    partnership = make.partnership(place, streets)
    make.partnership(place, culture)
    make.coordinator(place, people["coordinator"])
    make.coordinator(other, people["elsewhere"])
    make.official(people["right_body"], streets, may_register_decisions=True)
    make.official(people["wrong_body"], culture, may_register_decisions=True)
    make.official(people["elected"], culture, title="Ledamot")
    district.people = {"nobody": None, **people}
    district.samples += [("mitt/organisation/<int:pk>", f"mitt/organisation/{partnership.pk}")]
    district.samples += [("organisationer/<int:pk>", f"organisationer/{streets.pk}")]


def _said(district: District) -> None:
    by = district.people["coordinator"]
    assert by
    survey = make.survey(district.place)
    wave, channel = make.wave(survey), survey.channels.get()
    answer = make.answer(wave, RAW)
    talk = make.interview(wave, by, NOTES)
    raw = make.statement(wave, RAW)
    one, other = (make.perspective(district.place, by, title) for title in ("Vi som vill se", "Vi som vill sova"))
    pair = Polarity.objects.create(one=one, other=other)
    said = make.statement(wave, "Lys upp gången.", by=by)
    Attachment.objects.create(statement=said, perspective=one, attached_by=by)
    question = survey.questions.get()
    things = {"formular/<int:pk>": survey, "kanaler/<int:channel>": channel, "omgangar/<int:wave>": wave}
    things |= {"fragor/<int:question>": question, "samtal/<uuid:pk>": talk, "utsagor/<uuid:pk>": raw}
    things |= {"perspektiv/<int:pk>": one, "motsats/<int:polarity>": pair, "teman/<int:pk>": make.theme(district.place)}
    district.samples += [(piece, piece[: piece.index("<")] + str(thing.pk)) for piece, thing in things.items()]
    district.samples += [("koda/<str:kind>/<uuid:pk>", f"koda/svar/{answer.pk}"), ("<str:code>", channel.code)]


def _walked(district: District) -> None:
    by, official = district.people["coordinator"], district.people["right_body"]
    assert by
    assert official
    streets = official.affiliations.get().organisation
    talk = make.dialogue(district.place)
    issue = make.issue(talk, "Lamporna", slug="lamporna")
    make.issue(talk, HIDDEN_ISSUE, published_at=None)
    issue.concerned.create(organisation=streets, why="Sköter lamporna.")
    group = make.group(talk, by, issue)
    group.seats.filter(role="resident").update(user=district.people["resident"])
    meeting = make.meeting(group, by)
    proposal = make.proposal(issue, by, streets, meeting=meeting)
    words = {"title": {"sv": DRAFT}, "stands_since": None, "agreed_at": None, "dissent": ""}
    make.proposal(issue, by, streets, meeting=meeting, **words)
    asked = make.decision(issue, by, streets, proposal=proposal)
    held = make.decision(issue, by, streets, answer="approved")
    lit = make.activity(issue, by, held, state=State.RUNNING)
    make.commitment(lit, streets, by)
    promise = make.commitment(make.activity(issue, by, held), streets, by, reply=Reply.ASKED)
    report = PublishedReport.objects.create(dialogue=talk, slug="varen", title="Våren", published_at=timezone.now())
    report.issues.add(issue)
    Follower.at(FOLLOWER, language="sv").ask_for([issue])
    committing.ask(activity=lit, organisation=make.organisation("Odlarlaget"), part=Part.PARTNER, what="Odla.", by=by)
    earlier = make.dialogue(district.place, is_current=False, ended_on=timezone.localdate())
    make.issue(earlier, "Bron", slug="bron")
    seat = group.seats.get(role="resident")
    district.samples += [
        ("tidigare/<int:pk>/fragor/<slug:issue_slug>", f"tidigare/{earlier.pk}/fragor/bron"),
        *(
            (piece, piece[: piece.index("<")] + str(value))
            for piece, value in {
                "tidigare/<int:pk>": earlier.pk,
                "<slug:issue_slug>": issue.slug,
                "mitt/beslut/<int:pk>": asked.parts.get().pk,
                "mitt/atagande/<int:pk>": promise.pk,
                "mitt/aktivitet/<int:pk>": lit.pk,
                "mitt/last/<int:pk>": report.pk,
                "sa-gick-det/<int:pk>": lit.pk,
                "dialog/<int:pk>": talk.pk,
                "<int:number>": 1,
                "fragor/<int:pk>": issue.pk,
                "grupper/<int:pk>": group.pk,
                "<int:seat_pk>": seat.pk,
                "<int:meeting>": meeting.pk,
                "moten/<int:pk>": meeting.pk,
                "platser/<int:pk>": seat.pk,
                "forslag/<int:pk>": proposal.pk,
                "beslut/<int:pk>": asked.pk,
                "<int:part_pk>": asked.parts.get().pk,
                "aktiviteter/<int:pk>": lit.pk,
                "ataganden/<int:pk>": promise.pk,
                "<int:commitment>": promise.pk,
            }.items()
        ),
    ]


def gaps_in(path: str) -> list[str]:
    """What still stands open in an address."""
    return re.findall(r"<[^>]+>", path)
