"""Who may open each URL, a district with one object of each kind, and the secrets in it that others must not see."""

import re
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from actors.models import Affiliation, Collaboration, Organisation, User
from dialogue.activities import commitments
from dialogue.external import outside_bodies
from dialogue.followers import better_questions
from dialogue.models import BetterQuestion, Decision, Follower, Issue, Meeting, PublishedReport
from dialogue.rules.activities import ActivityState, Part, Reply
from surveys.models import Attachment, Perspective, Polarity
from tests import factories as make
from tests import listed
from tests.house.addresses import COORDINATOR, EVERYONE, Address
from tests.house.helping import HELPERS, HELPERS_PAGES, give_helpers_their_work
from tests.house.moved_question import of_moved_question
from tests.surveys.importing.examples import of_imports

ROLES = ("nobody", "resident", "elected", "wrong_body", "right_body", *HELPERS, "elsewhere", "coordinator")
SIGNED_IN = frozenset(ROLES) - {"nobody"}
MEMBERS, LEADS = frozenset({"resident", "coordinator"}), frozenset({"coordinator"})
BODY = frozenset({"right_body"})

# URL name and roles, where the roles do not follow from the list that declares the URL.
EXCEPTIONS = {
    **dict.fromkeys(("desk", "account-name", "usersessions_list", "second-factor", "second-factor-skip"), SIGNED_IN),
    **dict.fromkeys(("account_logout", "city-login-connect", "city-login-again", "my-calendar-end"), SIGNED_IN),
    # The data-protection officer's; the district has none.
    **dict.fromkeys(("security-log", "security-log-file"), frozenset[str]()),
    "asked-file": frozenset[str](),  # nobody, without a file; its own view asks who may have it
    **dict.fromkeys(("my-parts", "my-calendar"), SIGNED_IN),
    "part": {"right_body"},
    "part-edit": {"right_body"},
    **dict.fromkeys(("part-confirm", "part-words", "part-share", "part-area-new"), BODY),
    **dict.fromkeys(("part-area", "part-area-end"), BODY),
    "body-mandates": SIGNED_IN,
    **dict.fromkeys(("mandate-vouch", "mandate-end", "body-registry"), BODY),
    "part-decision": {"right_body", "coordinator"},
    **dict.fromkeys((f"activity-{act}" for act in ("start", "pause", "end")), BODY | LEADS),
    **dict.fromkeys(("activity-work", "activity-tell"), BODY | LEADS | {"communicator"}),
    "said-of-us": SIGNED_IN,
    **dict.fromkeys(("part-hand-over", "part-transfer", "part-transfer-answer"), BODY),
    **dict.fromkeys(("commitment", "commitment-leave", "report-read", "said-of-us-reply"), BODY),
    "my-position": {"resident"},
    **dict.fromkeys(("my-group-order", "my-promise"), LEADS),
    **dict.fromkeys(("my-group", "meeting-calendar"), MEMBERS),
    **dict.fromkeys(("my-meeting", "my-minutes-pdf", "minutes-open", "minutes-reopen"), MEMBERS),
    **dict.fromkeys(("minutes-approve", "minutes-add", "minutes-line", "minutes-facts"), MEMBERS),
    **dict.fromkeys(("minutes-lines",), MEMBERS),
    # The chair may too; the district has none.
    **dict.fromkeys(("meeting-plan", "meeting-call", "meeting-send", "meeting-move", "meeting-cancel"), LEADS),
    **dict.fromkeys(("agenda-add", "agenda-change"), LEADS),
}
# Texts that may not be on any page of a role, except as stated below.
RAW, HIDDEN_ISSUE, DRAFT, FOLLOWER, NOTES = (
    "Råtexten om grannen i port 14",
    "Frågan som ingen ser än",
    "Utkastet till förslag",
    "foljaren@example.se",
    "Anteckningen från samtalet",
)
SECRETS = (RAW, HIDDEN_ISSUE, DRAFT, FOLLOWER, NOTES)
# What a member of the group may see; never shown on public pages.
KNOWN_TO = {"resident": {DRAFT}, "coder": {RAW}, "communicator": {HIDDEN_ISSUE}, "reader": {HIDDEN_ISSUE, DRAFT}}


@dataclass
class District:
    """A collaboration with one object of each kind, and a user of each role."""

    place: Collaboration
    domain: str
    people: dict[str, User | None] = field(default_factory=dict)
    samples: list[tuple[str, Any]] = field(default_factory=list)  # a part of a route, and what it becomes

    def put(self, things: dict[str, Any]) -> None:
        """Register the values for the parameters that end these parts of routes."""
        self.samples += [(piece, piece[: piece.index("<")] + str(value)) for piece, value in things.items()]

    def path_to(self, address: Address) -> str:
        """Return the path of the URL with the district's objects as parameters."""
        path = address.route
        for piece, value in self.samples:
            path = path.replace(piece, str(value))
        return "/" + path.replace("<slug:slug>", self.place.slug)


def build(slug: str = "ostberga", domain: str = "example.se") -> District:
    """Create the district. Another in the same installation has its own slug and the same public bodies."""
    district = District(make.collaboration(slug, data_controller=_body("Stadsdelsnämnden")), domain)
    _people(district)
    _surveys_and_perspectives(district)
    district.put(give_helpers_their_work(district.place, district.people))
    _earlier_dialogue(district)
    _current_dialogue(district)
    return district


def may(address: Address) -> frozenset[str]:
    """Return the roles that may open the URL."""
    if address.audience == EVERYONE:
        return frozenset(ROLES)
    if address.audience == COORDINATOR:
        return HELPERS_PAGES.get(address.name, LEADS)
    if address.name.startswith("site"):
        return frozenset()  # the technical administrator's; the district has none
    return frozenset(EXCEPTIONS[address.name])


def _people(district: District) -> None:
    place, streets, culture = district.place, _body("Trafikkontoret"), _body("Kultur")
    people = {name: make.user(f"{name}@{district.domain}") for name in ROLES[1:]}
    partnership = make.partnership(place, streets)
    make.partnership(place, culture)
    make.coordinator(place, people["coordinator"])
    if not Collaboration.objects.filter(slug="annanstans").exists():
        make.coordinator(make.collaboration("annanstans"), people["elsewhere"])
    proposed = place.appointment_proposals.create(
        user=people["elected"],
        role="deputy",
        proposed_by=people["coordinator"],
        sent_to="registrator@example.se",
        token_hash=place.slug,
    )
    district.samples += [("personer/forslag/<int:pk>", f"personer/forslag/{proposed.pk}")]
    for role, body in (("right_body", streets), ("wrong_body", culture)):
        _invited(place, people["coordinator"], make.official(people[role], body))
        make.mandate(people[role], body, place)
    _invited(place, people["coordinator"], make.official(people["elected"], culture, title="Ledamot"))
    _waiting_mandate(district, streets)
    district.people = {"nobody": None, **people}
    district.put({"mitt/organisation/<int:pk>": partnership.pk, "parter/<int:pk>": partnership.pk})
    typed = make.organisation("Grannföreningen", created_in=place)
    place.addressees.create(organisation=typed, about={"sv": "Ordnar fester."})
    district.samples += [("organisationer/<int:pk>/namn", f"organisationer/{typed.pk}/namn")]
    district.samples += [("organisationer/<int:pk>", f"organisationer/{streets.pk}")]
    own = streets.responsibilities.get_or_create(subject="Gatubelysning", collaboration=None)[0]
    hers = streets.responsibilities.create(subject="Gångvägar", collaboration=place)
    district.samples += [("<int:area>", str(own.pk)), ("ansvar/<int:pk>", f"ansvar/{hers.pk}")]


def _waiting_mandate(district: District, body: Organisation) -> None:
    """A new official of the body waits for its registry."""
    newcomer = make.official(make.user(f"ny@{district.domain}"), body)
    _invited(district.place, district.place.appointments.get().user, newcomer)
    mandate = make.mandate(newcomer.user, body, district.place, confirmed_at=None, confirmed_by_address="")
    district.put({"organisation/mandat/<int:pk>": mandate.pk, "personer/mandat/<int:pk>": mandate.pk})
    district.put({"organisation/registrator/<int:pk>": body.pk, "personer/registrator/<int:pk>": body.pk})
    district.put({"personer/<int:pk>": newcomer.pk})


def _invited(place: Collaboration, by: User, official: Affiliation) -> None:
    """The official came by this collaboration's invitation, so that no other may know of her."""
    who = {"email": official.user.email, "organisation": official.organisation, "accepted_by": official.user}
    now = timezone.now()
    place.invitations.create(
        **who, invited_by=by, token_hash=str(official.pk), expires_at=now, accepted_at=now, name="Någon"
    )


def _body(name: str) -> Organisation:
    """A public body, which all collaborations of an installation share."""
    return Organisation.objects.filter(name=name).first() or make.organisation(name)


def _surveys_and_perspectives(district: District) -> None:
    by = district.people["coordinator"]
    assert by
    survey = make.survey(district.place)
    wave, channel = make.wave(survey), survey.channels.get()
    answer = make.answer(wave, RAW)
    talk = make.interview(wave, by, NOTES)
    raw = make.statement(wave, RAW)
    first, second = (make.perspective(district.place, by, title) for title in ("Vi som vill se", "Vi som vill sova"))
    pair = Polarity.objects.create(one=first, other=second)
    confirmed = make.statement(wave, "Lys upp gången.", by=by)
    Attachment.objects.create(statement=confirmed, perspective=first, attached_by=by)
    question = survey.questions.get()
    things: dict[str, Any] = {
        "formular/<int:pk>": survey,
        "kanaler/<int:channel>": channel,
        "omgangar/<int:wave>": wave,
    }
    things |= of_imports(wave, by)
    things |= {"fragor/<int:question>": question, "samtal/<uuid:pk>": talk, "utsagor/<uuid:pk>": raw}
    things |= {
        "perspektiv/<int:pk>": first,
        "motsats/<int:polarity>": pair,
        "teman/<int:pk>": make.theme(district.place),
    }
    district.put({piece: thing.pk for piece, thing in things.items()})
    district.samples += [("koda/<str:kind>/<uuid:pk>", f"koda/svar/{answer.pk}"), ("<str:code>", channel.code)]
    district.samples += [("<str:language>", "sv"), ("<slug:name>", "register")]


def _earlier_dialogue(district: District) -> None:
    """Create a dialogue that is over."""
    earlier = make.dialogue(district.place, is_current=False, ended_on=timezone.localdate())
    bridge, by = make.issue(earlier, "Bron", slug="bron"), district.people["coordinator"]
    assert by
    bridge.links.create(perspective=Perspective.objects.earliest("pk"), linked_by=by)
    issue = ("<slug:name>/fragor/<slug:issue_slug>", f"{earlier.slug}/fragor/bron")
    district.samples[:0] = [issue, ("dialog/<slug:name>", f"dialog/{earlier.slug}")]  # before «<slug:name>»


def _current_dialogue(district: District) -> None:
    """Create an issue with a group, a proposal, two decisions and two activities, and drafts that nobody sees yet."""
    by, official = district.people["coordinator"], district.people["right_body"]
    assert by
    assert official
    streets = official.affiliations.get().organisation
    talk = make.dialogue(district.place)
    issue = make.issue(talk, "Lamporna", slug="lamporna")
    make.issue(talk, HIDDEN_ISSUE, published_at=None)
    issue.links.create(perspective=Perspective.objects.earliest("pk"), linked_by=by)
    issue.concerned.create(organisation=streets, why="Sköter lamporna.")
    meeting = _group_and_meeting(district, issue)
    proposal = make.proposal(issue, by, streets, meeting=meeting)
    words = {"title": {"sv": DRAFT}, "stands_since": None, "agreed_at": None, "dissent": ""}
    make.proposal(issue, by, streets, meeting=meeting, **words)
    _outside_bodies(district, issue)
    district.put({"mitt/forslag/<int:pk>": proposal.pk, "mitt/grupp/<int:pk>": meeting.group_id})
    asked = make.decision(issue, by, streets, proposal=proposal)
    district.samples += of_moved_question(issue, by, _body("Kultur"), streets)
    district.put({"mitt/beslut/<int:pk>": asked.parts.get().pk, "<int:part_pk>": asked.parts.get().pk})
    district.put({"dialog/<int:pk>": talk.pk, "fragor/<int:pk>": issue.pk, "<int:number>": 1})
    district.put({"forslag/<int:pk>": proposal.pk, "beslut/<int:pk>": asked.pk, "<slug:issue_slug>": issue.slug})
    _activities(district, issue, make.decision(issue, by, streets, answer="approved"))
    report = PublishedReport.objects.create(dialogue=talk, slug="varen", title="Våren", published_at=timezone.now())
    report.issues.add(issue)
    follower = Follower.at(f"foljaren@{district.domain}", language="sv")
    follower.ask_for([issue])
    district.put({"folj/<str:token>": follower.token})
    district.put({"mitt/last/<int:pk>": report.pk, "ta-ut/<slug:table>": "beslut", ".<slug:format_>": "csv"})
    district.put({"ta-ut/filer/<uuid:pk>": district.place.exports.create(table="beslut", requested_by=by).pk})


def _outside_bodies(district: District, issue: Issue) -> None:
    by, buses = district.people["coordinator"], _body("Bussbolaget")
    assert by
    district.place.addressees.create(organisation=buses, about={"sv": "Kör bussarna."})
    today = timezone.localdate()
    asked: dict[str, Any] = {
        "issue": issue,
        "addressee": buses,
        "subject": {"sv": "Bussen"},
        "sent_on": today,
        "by": by,
    }
    names = outside_bodies.SignatureCount(1000, "about", "En tidning")
    petition = outside_bodies.register_petition(**asked, names=names)
    letter = outside_bodies.send_question(**asked, text="När går bussen?", reply_due=today)
    district.put({"namninsamling/<int:pk>": petition.pk, "brev/<int:pk>": letter.pk})


def _group_and_meeting(district: District, issue: Issue) -> Meeting:
    by = district.people["coordinator"]
    assert by
    group = make.group(issue.dialogue, by, issue)
    group.seats.filter(role="resident").update(user=district.people["resident"])
    meeting, seat = make.meeting(group, by), group.seats.get(role="resident")
    district.put({"grupper/<int:pk>": group.pk, "<int:seat_pk>": seat.pk})
    district.put({"<int:meeting>": meeting.pk, "moten/<int:pk>": meeting.pk})
    district.put({"<str:stamp>": "0-0-locked"})
    district.put({"mitt/mote/<int:pk>": meeting.pk, "den/<str:day>": timezone.localdate()})
    return meeting


def _activities(district: District, issue: Issue, held: Decision) -> None:
    by, streets = district.people["coordinator"], held.parts.get().organisation
    assert by
    lit = make.activity(issue, by, held, state=ActivityState.RUNNING)
    make.commitment(lit, streets, by)
    promise = make.commitment(make.activity(issue, by, held), streets, by, reply=Reply.ASKED)
    gardeners = _body("Odlarlaget")
    commitments.ask(activity=lit, organisation=gardeners, part=Part.PARTNER, what="Odla.", by=by)
    district.samples += listed.samples(issue, by, streets)
    district.put({"battre/<str:token>": _better_question(issue, by, held)})
    district.put({"mitt/atagande/<int:pk>": promise.pk, "ataganden/<int:pk>": promise.pk})
    district.put({"mitt/aktivitet/<int:pk>": lit.pk, "sa-gick-det/<int:pk>": lit.pk, "aktiviteter/<int:pk>": lit.pk})


def _better_question(issue: Issue, by: User, held: Decision) -> str:
    """Return the token of a follower who is asked about a completed activity."""
    done = make.activity(
        issue, by, held, state=ActivityState.DONE, ended_on=timezone.localdate(), outcome={"sv": "Klart."}
    )
    asked = BetterQuestion.objects.create(activity=done, closes_on=timezone.localdate())
    token, invite = better_questions.build_invite(asked)
    invite.save()
    return token


def parameters_in(path: str) -> list[str]:
    """Return the parameters of a route that have no value."""
    return re.findall(r"<[^>]+>", path)
