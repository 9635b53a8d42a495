"""Whose request it is: one key for a client's address as a trusted proxy tells it, another each day."""

import datetime as dt

import pytest
from django.utils import timezone

from ostberga.lib.privacy.client_key import client_key
from tests import clock

pytestmark = pytest.mark.django_db
SCHOOL, HOME = "192.0.2.7", "198.51.100.9"

ADDRESSES = {
    "one and the same": ({"REMOTE_ADDR": HOME}, {"REMOTE_ADDR": HOME}, True),
    "two": ({"REMOTE_ADDR": HOME}, {"REMOTE_ADDR": SCHOOL}, False),
    "made up": ({"REMOTE_ADDR": HOME, "HTTP_X_FORWARDED_FOR": SCHOOL}, {"REMOTE_ADDR": HOME}, True),
    "by the proxy": ({"REMOTE_ADDR": "10.0.0.2", "HTTP_X_FORWARDED_FOR": HOME}, {"REMOTE_ADDR": HOME}, True),
    "before the proxy": (
        {"REMOTE_ADDR": "10.0.0.2", "HTTP_X_FORWARDED_FOR": f"{SCHOOL}, {HOME}, 10.0.0.3"},
        {"REMOTE_ADDR": HOME},
        True,
    ),
    "a household": ({"REMOTE_ADDR": "2001:db8:1:2::1"}, {"REMOTE_ADDR": "2001:db8:1:2:ffff::9"}, True),
    "neighbours": ({"REMOTE_ADDR": "2001:db8:1:2::1"}, {"REMOTE_ADDR": "2001:db8:1:3::1"}, False),
    "mapped": ({"REMOTE_ADDR": f"::ffff:{HOME}"}, {"REMOTE_ADDR": HOME}, True),
    "nonsense": ({"REMOTE_ADDR": "10.0.0.2", "HTTP_X_FORWARDED_FOR": "x' or 1=1"}, {"REMOTE_ADDR": ""}, True),
}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_client_is_its_address_as_a_trusted_proxy_tells_it(rf, settings, name):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]
    first, second, same = ADDRESSES[name]
    keys = [client_key(rf.get("/", **headers)) for headers in (first, second)]
    assert (keys[0] == keys[1]) is same


def test_tomorrow_the_number_is_another(rf):
    today = client_key(rf.get("/", REMOTE_ADDR=HOME))
    clock.start(timezone.now() + dt.timedelta(days=1))
    assert client_key(rf.get("/", REMOTE_ADDR=HOME)) != today
