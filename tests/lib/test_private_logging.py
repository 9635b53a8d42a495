"""What the server writes about requests that were refused: of visitors nothing, of staff and faults what helps."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.http import HttpRequest

from ostberga.http.request_limits import LIMITS
from ostberga.lib.privacy.private_logging import PrivateFormatter
from tests.http.clients import at

pytestmark = pytest.mark.django_db
LIBRARY = "192.0.2.7"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the handler of our settings writes from now on."""
    ours = [handler for handler in logging.getLogger().handlers if isinstance(handler.formatter, PrivateFormatter)]
    (console,) = ours
    assert isinstance(console, logging.StreamHandler)
    written = io.StringIO()
    before = console.setStream(written)
    yield written
    console.setStream(before)


def test_nothing_tells_when_a_resident_tried(log, form, talk):
    door = f"/svara/{form.channels.get().code}/"
    statuses = {at(LIBRARY).post(door, {}).status_code for _number in range(LIMITS["answer"].free + 1)}
    statuses |= {
        at(LIBRARY).post("/folj/", {"epost": "amina"}).status_code,
        at(LIBRARY).get("/svara/okand/").status_code,
    }

    assert statuses >= {422, 429, 404}
    assert log.getvalue() == ""


def test_a_refused_page_of_staff_is_written(log, tova, browse):
    assert browse(tova).get("/samordna/finns-inte/").status_code == 404
    assert " 404 " in log.getvalue()


def test_a_fault_on_a_residents_page_is_written(log, rf):
    fault = {"request": HttpRequest(), "status_code": 500}
    logging.getLogger("django.request").error("Internal Server Error", extra=fault)
    assert " 500 " in log.getvalue()
