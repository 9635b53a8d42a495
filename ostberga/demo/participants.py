"""Load the bodies, the accounts, the collaboration and its plan."""

import datetime as dt
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from actors.models import (
    Affiliation,
    Collaboration,
    CoordinatorAppointment,
    ExternalAddressee,
    FocusArea,
    Goal,
    Indicator,
    JointPlan,
    Organisation,
    Partnership,
    Responsibility,
    User,
)
from actors.models.organisations import search_words_of
from ostberga.demo.content import Content, read


@dataclass(frozen=True)
class Participants:
    """The bodies, accounts and collaboration of the demo, by their keys in the files."""

    bodies: dict[str, Organisation]
    accounts: dict[str, User]
    collaboration: Collaboration
    coordinator: User


def load() -> Participants:
    """Create the bodies, the accounts, the collaboration with its first partners, and the plan."""
    bodies = {row["slug"]: _body(row) for row in read("organisations")["organisations"]}
    accounts = _accounts(bodies)
    content = read("collaboration")
    row = content["collaboration"]
    collaboration = _collaboration(row, bodies)
    coordinator = accounts[row["coordinator"]["account"]]
    CoordinatorAppointment.objects.create(
        collaboration=collaboration, user=coordinator, started_on=row["coordinator"]["start"]
    )
    for account in read("accounts")["accounts"]:
        if account.get("is_officer"):
            officer, role = accounts[account["key"]], CoordinatorAppointment.Role.PROTECTION_OFFICER
            collaboration.appointments.create(user=officer, role=role, started_on=_dialogue_begins())
    for partner in content["partnerships"]:
        if partner["joined"] <= _dialogue_begins():
            _partner(collaboration, bodies, partner)
    for outside in content["external_addressees"]:
        ExternalAddressee.objects.create(
            collaboration=collaboration, organisation=bodies[outside["organisation"]], about=outside["about"]
        )
    _plan(collaboration, content["plan"])
    return Participants(bodies, accounts, collaboration, coordinator)


def join_later(participants: Participants) -> None:
    """Add the partners that joined after the dialogue had begun."""
    for partner in read("collaboration")["partnerships"]:
        if partner["joined"] > _dialogue_begins():
            _partner(participants.collaboration, participants.bodies, partner)


def _dialogue_begins() -> dt.date:
    began: dt.date = read("dialogue")["round_1_opened"]["on"]
    return began


def _body(row: Content) -> Organisation:
    names = ("slug", "name", "short_name", "kind", "plain_language", "contact_function")
    body = Organisation.objects.create(**{name: row[name] for name in names})
    Responsibility.objects.bulk_create(
        Responsibility(
            organisation=body,
            subject=responsibility["subject"],
            words=responsibility["words"],
            search_words=search_words_of(responsibility["subject"], responsibility["words"]),
            note=responsibility.get("note", ""),
        )
        for responsibility in row["responsibilities"]
    )
    return body


def _accounts(bodies: dict[str, Organisation]) -> dict[str, User]:
    content, accounts = read("accounts"), {}
    for row in content["accounts"]:
        email, create = f"{row['key']}@{content['email_domain']}", User.objects.create_user
        if row.get("is_administrator"):
            create = User.objects.create_superuser
        accounts[row["key"]] = user = create(email, content["password"], name=row["display_name"])
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
        if row["organisation"]:
            Affiliation.objects.create(
                user=user,
                organisation=bodies[row["organisation"]],
                title=row["title"],
                since=row["affiliation_start"],
            )
    return accounts


def _collaboration(row: Content, bodies: dict[str, Organisation]) -> Collaboration:
    return Collaboration.objects.create(
        slug=row["slug"],
        name=row["name"],
        area=row["area"],
        description=row["description"],
        since_start=row["since"]["start"],
        since_precision=row["since"]["precision"],
        data_controller=bodies[row["data_controller_organisation"]],
        controller_name=row["data_controller"],
        contact_email=row["contact_email"],
        is_demo=True,
    )


def _partner(collaboration: Collaboration, bodies: dict[str, Organisation], row: Content) -> None:
    names = ("mandate", "role_description", "preconditions", "goal_conflicts")
    Partnership.objects.create(
        collaboration=collaboration,
        organisation=bodies[row["organisation"]],
        joined_on=row["joined"],
        joined_reason=row.get("joined_reason", ""),
        **{name: row[name] for name in names},
    )


def _plan(collaboration: Collaboration, row: Content) -> None:
    plan = JointPlan.objects.create(
        collaboration=collaboration,
        title=row["title"],
        introduction=row["purpose"],
        version=row["version"],
        starts_on=row["period"]["start"],
        ends_on=row["period"]["end"],
    )
    for position, area in enumerate(row["focus_areas"]):
        focus = FocusArea.objects.create(plan=plan, position=position, name=area["name"])
        for goal_row in area["goals"]:
            goal = Goal.objects.create(focus_area=focus, text=goal_row["name"])
            Indicator.objects.bulk_create(_indicator(goal, indicator) for indicator in goal_row["indicators"])


def _indicator(goal: Goal, row: Content) -> Indicator:
    target = f", mål {row['target']} {row['unit']}" if "target" in row else f", {row['unit']}"
    return Indicator(goal=goal, text=row["name"] + target, direction=row["direction"], source=row.get("note", ""))
