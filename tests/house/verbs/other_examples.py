"""How each verb of the reports and of the collaboration itself is called."""

from django.utils import timezone

from actors.founding.founding import Controller, Place
from actors.models import AppointmentProposal, Invitation, Mandate, Organisation, RegistryEntry
from reports.models import ReadingComment
from tests import factories as make
from tests import listed
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
    "models.version.ReportVersion.publish": lambda w: {
        "self": w.report.versions.create(number=2, requested_by=w.coordinator)
    },
    "downloads.ordering.order_file": lambda w: {"collaboration": w.place, "table": "beslut", "format_": "csv"},
    "publishing.version_requests.request_version": lambda w: {"report": w.report},
    "practice.beginning.begin_practice": lambda w: {"collaboration": w.place},
    "practice.emptying.empty_practice": lambda w: {"collaboration": w.place},
}
OWN_WORDS = {"name": "Trafikkontoret", "short_name": "Trafik", "plain_language": {}, "contact_function": ""}
TYPED = {"name": "Odlarlaget", "short_name": "Odlarna", "kind": "association"}
DUTY = {"subject": "Gatubelysning", "words": ["lampor"]}


def waiting_proposal(world: World) -> AppointmentProposal:
    return AppointmentProposal.objects.create(
        collaboration=world.place, user=world.official, role="deputy", proposed_by=world.coordinator, token_hash="x"
    )


def typed_in(world: World) -> Organisation:
    return make.organisation("Hemlösas hus", created_in=world.place)


PARTNERS: Examples = {
    "models.partnership.Partnership.describe": lambda w: {"self": w.partnership, "mandate": "Nytt uppdrag"},
    "models.partnership.Partnership.confirm": lambda w: {
        "self": w.partnership, "text_mark": w.partnership.text_mark
    },
    "partners.contacts.add_contact": lambda w: {
        "collaboration": w.place, "organisation": w.body, "function": "Felanmälan", "email": "fel@example.se"
    },
    "partners.contacts.remove_contact": lambda w: {"contact": listed.contact(w.place, w.body, w.coordinator)},
    "partners.partnerships.leave": lambda w: {"partnership": w.partnership, "on": TODAY, "reason": "Klara."},
    "partners.descriptions.describe_in": lambda w: {
        "collaboration": w.place, "organisation": w.body, "plain_language": {}, "contact_function": ""
    },
    "partners.descriptions.describe_collaboration": lambda w: {"collaboration": w.place, "description": {"sv": "Ny"}},
    "partners.descriptions.write_own_words": lambda w: {"organisation": w.body, **OWN_WORDS},
    "partners.partnerships.add_partner": lambda w: {
        "collaboration": w.place, "organisation": make.organisation(), "on": TODAY
    },
    "partners.partnerships.show_addressee": lambda w: {
        "collaboration": w.place, "organisation": w.outside, "about": {}
    },
    "partners.partnerships.remove_addressee": lambda w: {"addressee": w.addressee},
    "partners.partnerships.type_in_organisation": lambda w: {
        "collaboration": w.place, **TYPED, "plain_language": {}, "contact_function": ""
    },
    "partners.partnerships.rename_organisation": lambda w: {
        "organisation": typed_in(w), "collaboration": w.place, **TYPED
    },
    "partners.partnerships.share_organisation": lambda w: {"organisation": w.body},
    "partners.responsibilities.save_responsibility": lambda w: {
        "organisation": w.body, "collaboration": w.place, **DUTY
    },
    "partners.responsibilities.remove_responsibility": lambda w: {
        "responsibility": w.body.responsibilities.create(subject="Gator")
    },
    "people.appointing.propose": lambda w: {"collaboration": w.place, "user": w.official, "role": "deputy"},
    "people.appointing.ask_again": lambda w: {"proposal": waiting_proposal(w)},
    "people.appointing.withdraw": lambda w: {"proposal": waiting_proposal(w)},
    "people.appointing.step_down": lambda w: {"collaboration": w.place, "role": "deputy"},
}  # fmt: skip


def invitation(world: World) -> Invitation:
    return world.place.invitations.create(
        email="ny@example.se", name="Ny", token_hash="y", invited_by=world.coordinator, expires_at=timezone.now()
    )


def waiting_mandate(world: World) -> Mandate:
    new = make.user()
    make.official(new, world.body)
    nobody_yet = {"confirmed_at": None, "confirmed_by_address": "", "proposed_by": world.coordinator}
    return make.mandate(new, world.body, world.place, **nobody_yet)


def controllers_new_address(world: World) -> dict[str, object]:
    controller = world.place.data_controller
    make.registry(controller)
    return {"organisation": controller, "address": f"ny.{controller.registry_email}"}


HELPERS: Examples = {
    "people.helping.roles.give": lambda w: {
        "collaboration": w.place, "person": w.official, "task": "coding", "ends_on": TODAY
    },
    "people.helping.roles.change_last_day": lambda w: {"role": w.helper_role, "ends_on": TODAY},
    "people.helping.roles.end": lambda w: {"role": w.helper_role},
    "people.memberships.change_title": lambda w: {
        "affiliation": w.official.affiliations.get(), "collaboration": w.place, "title": "Ingenjör"
    },
    "people.memberships.end_place": lambda w: {"person": w.coder, "collaboration": w.place},
    "people.names.renaming.correct_name": lambda w: {"person": w.coder, "collaboration": w.place, "name": "Kim"},
}  # fmt: skip
MANDATES: Examples = {
    "people.inviting.invite": lambda w: {"collaboration": w.place, "email": "ny@example.se", "name": "Ny"},
    "people.inviting.invite_to_prepare": lambda w: {"collaboration": w.place, "person": make.user()},
    "people.inviting.send_again": lambda w: {"invitation": invitation(w)},
    "people.inviting.withdraw": lambda w: {"invitation": invitation(w)},
    "mandates.proposing.propose": lambda w: {
        "person": w.official, "organisation": w.body, "collaboration": w.place, "scopes": ["commitments"]
    },
    "mandates.proposing.send_again": lambda w: {"mandate": waiting_mandate(w)},
    "mandates.confirming.vouch": lambda w: {"mandate": waiting_mandate(w)},
    "mandates.ending.end": lambda w: {"mandate": w.colleague.mandates.get()},
    "mandates.ending.withdraw": lambda w: {"mandate": waiting_mandate(w)},
    "mandates.registry_removals.remove": lambda w: {"organisation": w.body},
    "mandates.registry_removals.replace": controllers_new_address,
    "mandates.registry_entries.list_entry": lambda _w: {"listed": "ny.example"},
    "mandates.registry_entries.strike_entry": lambda _w: {
        "entry": RegistryEntry.objects.get_or_create(listed="gammal.example")[0]
    },
    "mandates.registry_addresses.enter_without_asking": lambda w: {
        "organisation": w.outside, "address": "ny@trafik.example"
    },
    "mandates.registry_addresses.enter": lambda w: {"organisation": w.outside, "address": "ny@trafik.example"},
}  # fmt: skip


def founding(_world: World) -> dict[str, object]:
    place = Place("Nordstad", "Samverkan Norr", "norr", "Norr", ("sv",), "norr@nordstad.example")
    controller = Controller("committee_admin", "Nämnden i norr", "NN", "registrator@nordstad.example")
    RegistryEntry.objects.get_or_create(listed="nordstad.example")
    return {"place": place, "controller": controller, "coordinator": make.user()}


PLAN_WORDS = {"title": "Plan 2", "introduction": "", "starts_on": TODAY, "ends_on": None}
ACTORS: Examples = {
    "founding.founding.found": founding,
    "founding.installation.test_mail": lambda _w: {},
    "founding.own_fields.change_own_fields": lambda w: {"collaboration": w.place, "typed": {"area": "Norr"}},
    "people.accounts.close_account": lambda w: {"person": w.official},
    "people.accounts.give_administration": lambda _w: {"person": make.user()},
    "people.accounts.reopen_account": lambda w: {"person": w.official},
    "people.accounts.take_administration": lambda _w: {"person": make.user(is_superuser=True)},
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
    **{f"actors.{name}": example for name, example in {**ACTORS, **PARTNERS, **HELPERS, **MANDATES}.items()},
}
# Who may, where it is not the coordinator: a name in the world.
RIGHTFUL = {
    "actors.founding.founding.found": "administrator",
    "actors.founding.installation.test_mail": "administrator",
    "actors.founding.own_fields.change_own_fields": "administrator",
    "actors.people.accounts.close_account": "administrator",
    "actors.people.accounts.give_administration": "administrator",
    "actors.people.accounts.reopen_account": "administrator",
    "actors.people.accounts.take_administration": "administrator",
    "actors.mandates.registry_removals.remove": "administrator",
    "actors.mandates.registry_removals.replace": "administrator",
    "actors.mandates.registry_addresses.enter_without_asking": "administrator",
    "actors.mandates.registry_entries.list_entry": "administrator",
    "actors.mandates.registry_entries.strike_entry": "administrator",
    "actors.mandates.confirming.vouch": "official",
    "actors.mandates.ending.end": "official",
    "actors.models.partnership.Partnership.confirm": "official",
    "actors.partners.descriptions.write_own_words": "official",
    "actors.partners.partnerships.share_organisation": "official",
    "actors.partners.responsibilities.remove_responsibility": "official",
}
