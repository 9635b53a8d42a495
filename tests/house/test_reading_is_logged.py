"""Every page that decrypts what residents said writes a row in the security log, and so does every draft taken out."""

import pytest

from actors.models import Letter, SecurityEvent
from ostberga.lib.privacy import encrypted
from surveys.models import Answer, Interview
from tests.house import addresses, doors

pytestmark = pytest.mark.django_db


@pytest.fixture
def decrypted(monkeypatch):
    """The texts that have been decrypted; decryption is as it was."""
    texts, decrypt = [], encrypted.decrypt

    def listen(token):
        texts.append(decrypt(token))
        return texts[-1]

    monkeypatch.setattr(encrypted, "decrypt", listen)
    return texts


def pages(district):
    """The path of every page of the site with something real in its gaps, and of each text to read."""
    paths = {district.path_to(address) for address in addresses.ours() if address.route}
    paths = {path for path in paths if not doors.parameters_in(path)}
    start = f"/samordna/{district.place.slug}/koda"
    paths |= {f"{start}/svar/{pk}/" for pk in Answer.objects.exclude(text="").values_list("pk", flat=True)}
    return sorted(paths | {f"{start}/samtal/{pk}/" for pk in Interview.objects.values_list("pk", flat=True)})


def test_every_page_that_decrypts_what_residents_said_is_logged(browse, decrypted):
    district = doors.build()
    Letter.objects.all().delete()  # letters are sealed too, and no page but the demo's shows them
    coordinator = browse(district.people["coordinator"])
    silent: list[str] = []
    logged: list[str] = []
    for path in pages(district):
        decrypted.clear()
        before = SecurityEvent.objects.filter(kind="read_raw_text").count()
        is_shown = coordinator.get(path).status_code == 200 and any(decrypted)
        if is_shown:
            rows = SecurityEvent.objects.filter(kind="read_raw_text").count() - before
            (logged if rows == 1 else silent).append(path)

    assert silent == []
    assert {path.split("/")[4] for path in logged if "/koda/" in path} == {"svar", "samtal"}


def test_what_is_logged_says_who_and_which_text_and_nothing_of_it(browse):
    district = doors.build()
    interview = Interview.objects.get()
    browse(district.people["coordinator"]).get(f"/samordna/ostberga/koda/samtal/{interview.pk}/")
    read = SecurityEvent.objects.get(kind="read_raw_text")

    assert (read.who, read.collaboration) == (district.people["coordinator"], district.place)
    assert (read.object_type, read.object_key) == ("surveys.interview", str(interview.pk))
