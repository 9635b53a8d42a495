"""Two collaborations in one installation: the other's coordinator acts everywhere; nothing of ours changes or shows."""

import re

import pytest
from django.core.cache import cache

from actors.models import Letter
from ostberga.lib.locking import take_turns_for_many_acts
from ostberga.lib.web.public_pages import forget_versions
from ostberga.middleware import local_pages
from tests.house import addresses, doors
from tests.house.addresses import EVERYONE
from tests.house.belongings import Belongings, belongings
from tests.house.form_data import chosen_rows, edited, fill, forms_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# What differs between two renderings of the same page.
CHANGING = re.compile(
    r'name="(csrfmiddlewaretoken|formular|submission|code|[\w-]*shown)" value="[\w.:-]+"'
    r"|hx-headers='[^']+'|"
    r'nonce="[^"]+"'
)
# What a body's own people change in all collaborations, by the address's name: its words, its address, its mandates.
_MANDATE = {"actors.Mandate", "actors.CollaborationEvent", "actors.Letter", "actors.SecurityEvent"}
OF_THE_BODY = {
    "mandate-end": _MANDATE,
    "mandate-vouch": _MANDATE | {"actors.Partnership", "actors.Collaboration"},
    "body-registry": {"actors.CollaborationEvent"},  # wherever it is shown, that it waits for the installation's list
    "part-words": {"actors.Collaboration", "body"},
    "part-area-new": {"actors.Collaboration", "own responsibility"},
    "part-area": {"actors.Collaboration", "own responsibility"},
    "part-area-end": {"actors.Collaboration", "own responsibility"},
}

# Whoever plans a dialogue sees what is public of others in the same area (ADR 50).
SHOWS_OTHERS = {"dialogue-new"}
# Of what the other coordinator does: that she asks for another registry's address stands wherever the body is shown.
TOLD_EVERYWHERE = {"registry": {"actors.CollaborationEvent"}}


@pytest.fixture
def theirs(db):
    """The other collaboration, which was there first."""
    return doors.build("annanstans", "annanstans.example")


@pytest.fixture
def rut(theirs, browse):
    """A browser of her who coordinates it."""
    return browse(theirs.people["coordinator"])


def staff_addresses():
    routed = [address for address in addresses.ours() if address.route]
    # Whoever signs out there tries nothing more.
    return [address for address in routed if address.audience != EVERYONE and address.name != "account_logout"]


def own_pages():
    """The addresses of one collaboration, of whatever audience."""
    return [address for address in addresses.ours() if "<slug:slug>" in address.route]


def fresh(browser, path):
    """What a page shows when nothing is kept from an earlier one."""
    cache.clear()
    local_pages.clear()
    forget_versions()
    page = browser.get(path)
    is_page = page.headers.get("Content-Type", "").startswith("text/html")
    return page.status_code, CHANGING.sub("", page.text) if is_page else ""


def attempts(theirs, ours, address, page, keys):
    """Every address and data that she could send for a page: her own, and with what is ours."""
    filled = [{}, *(fill(form) for form in forms_of(page)), *(fill(form, keys) for form in forms_of(page))]
    filled += [words for form in forms_of(page) for words in edited(form)]
    own, foreign = theirs.path_to(address), ours.path_to(address)
    paths = {own, foreign, foreign.replace(f"/{ours.place.slug}/", f"/{theirs.place.slug}/")}
    return [(path, data) for path in sorted(paths) for data in filled]


def test_the_other_coordinator_acts_with_every_post_and_nothing_here_changes(theirs, rut):
    ours, harm, sent = doors.build(), {}, 0
    rows = Belongings(ours.place)
    for address in staff_addresses():
        page = rut.get(theirs.path_to(address))
        with rows.undone():
            for path, data in attempts(theirs, ours, address, page, set(rows.before)):
                assert rut.post(path, data).status_code < 500, (path, data)
                sent += 1
            if different := rows.changed():
                harm[address.name] = {label for label, _ in different} - TOLD_EVERYWHERE.get(address.name, set())

    assert ({name: labels for name, labels in harm.items() if labels}, sent > 500) == ({}, True)


def test_what_is_told_everywhere_is_told_here(theirs, rut):
    """Each exception of the test above is needed: another harm could hide in one that is not."""
    ours, told = doors.build(), {}
    rows = Belongings(ours.place)
    for address in staff_addresses():
        if address.name in TOLD_EVERYWHERE:
            rut.post(theirs.path_to(address), {"address": "registrator@ingenstans.example"})
            told[address.name] = {label for label, _ in rows.changed()}

    assert told == TOLD_EVERYWHERE


def test_an_official_of_a_body_of_both_acts_with_every_post_and_answers_only_where_she_has_a_mandate(
    theirs, rut, browse
):
    """She sends what their coordinator could. What changes here is only what her body itself decides everywhere."""
    ours, harm, sent = doors.build(), {}, 0
    official, rows = browse(theirs.people["right_body"]), Belongings(ours.place)
    for address in staff_addresses():
        seen = [rut.get(theirs.path_to(address)), official.get(theirs.path_to(address))]
        with rows.undone():
            take_turns_for_many_acts(theirs.place)
            for path, data in [
                acts for page in seen for acts in attempts(theirs, ours, address, page, set(rows.before))
            ]:
                assert official.post(path, data).status_code < 500, (path, data)
                sent += 1
            if different := rows.changed():
                harm[address.name] = {label for label, _ in different}

    assert (harm, sent > 500) == (OF_THE_BODY, True)


def test_the_other_coordinator_can_really_act(theirs, rut):
    """The attempts above are no empty gestures: hers are carried out in her own collaboration."""
    rows, acted = Belongings(theirs.place), set()
    for address in staff_addresses():
        path = theirs.path_to(address)
        with rows.undone():
            known = forms_of(rut.get(path))
            for data in [{}, *map(fill, known), *(words for form in known for words in edited(form))]:
                rut.post(path, data)
            if rows.changed():
                acted.add(address.name)

    assert len(acted) > 40


def test_no_form_offers_what_another_collaboration_made(theirs, rut):
    ours, offered, fields = doors.build(), {}, 0
    keys = set(belongings(ours.place))
    for address in staff_addresses():
        path = theirs.path_to(address)
        for form in forms_of(rut.get(path)):
            for name, row in chosen_rows(form):
                fields += 1
                if (row._meta.label, row.pk) in keys:
                    offered[path, name] = str(row)

    assert (offered, fields > 50) == ({}, True)


def test_all_she_sees_is_the_same_whether_we_are_here_or_not(theirs, rut):
    """Counts, lists, search, choices, slugs and kept pages: nothing of hers depends on what is ours."""
    paths = [theirs.path_to(address) for address in own_pages() if address.name not in SHOWS_OTHERS]
    paths += [f"/annanstans/{page}?q=lampa" for page in ("parter/", "sok/")] + ["/mitt/", "/mitt/organisation/"]
    alone = {path: fresh(rut, path) for path in paths}
    letters = set(Letter.objects.values_list("pk", flat=True))

    doors.build()

    together = {path: fresh(rut, path) for path in paths}
    assert [path for path in paths if alone[path] != together[path]] == []
    assert sum(status == 200 for status, _ in alone.values()) > 80
    hers = Letter.objects.exclude(pk__in=letters).filter(to__endswith="annanstans.example")
    assert list(hers) == []
