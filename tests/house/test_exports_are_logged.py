"""Every file that a signed-in person takes out, and that is not public, is in the security log with who and what."""

import pytest

from actors.models import SecurityEvent
from tests import factories as make
from tests.house import addresses, doors

pytestmark = pytest.mark.django_db
# Files of pages that need no sign-in, each with why it may be taken out unseen.
PUBLIC = {
    "health": "says ok",
    "sitemap": "addresses of public pages",
    "calendar": "days that everybody reads on the pages beside it",
    "news-feed": "news that everybody reads on the pages beside it",
    "minutes-pdf": "the minutes that everybody reads on the page beside it",
}
# So that a page that stops answering here is missed. A draft's file is in tests/reports/publishing.
EXPORTED = {"security-log-file", "my-minutes-pdf", "meeting-calendar", "poster", "sheet", "import-template"}
EXPORTED |= {"take-out-file", "paper", "import-large-refused"}


@pytest.fixture
def people():
    """The district, and all its people with the data-protection officer, whom the district has none of."""
    district = doors.build()
    officer = make.user("dataskydd@example.se", name="Dana")
    make.coordinator(district.place, officer, role="officer")
    return district, [*filter(None, district.people.values()), officer]


def is_file(answer):
    """Whether it is something else than a page, or a picture or script on one."""
    kind = answer.headers.get("Content-Type", "").partition(";")[0]
    on_a_page = kind.startswith("image/") or kind in {"text/html", "text/plain", "text/javascript", "text/xml"}
    is_attachment = answer.headers.get("Content-Disposition", "").startswith("attachment")
    return answer.status_code == 200 and (is_attachment or not on_a_page)


def files(people, browse):
    """Each address that gave somebody a file: its name, whether it is public, who took it, and what was logged then."""
    district, everybody = people
    browsers = [(user, browse(user)) for user in everybody]
    district.samples += [("<str:language>", "sv")]
    paths = [(address, district.path_to(address)) for address in addresses.ours()]
    for address, path in ((address, path) for address, path in paths if not doors.parameters_in(path)):
        for user, browser in browsers:
            before = set(SecurityEvent.objects.values_list("pk", flat=True))
            if is_file(browser.get(path)):
                events = SecurityEvent.objects.exclude(pk__in=before).filter(kind="exported")
                yield address, user, [(event.who, event.object_key) for event in events]
                break


def test_every_file_that_is_not_public_is_logged_when_it_is_taken_out(people, browse):
    taken = list(files(people, browse))
    logged = {address.name for address, user, events in taken if [who for who, _ in events] == [user]}
    silent = {address.name for address, _, events in taken if not events}

    assert (logged, silent) == (EXPORTED, set(PUBLIC))
    assert all(key for _, _, events in taken for _, key in events)
