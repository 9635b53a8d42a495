"""Answers that do not come from the provider, or not to this browser; and a provider that is away or wrongly set up."""

import hashlib
import hmac
import time
from base64 import urlsafe_b64encode
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from actors.models import SecurityEvent
from actors.people.city_login.exceptions import LoginRefused
from actors.people.city_login.id_tokens import read_id_token
from tests.actors.people.city_login.city import ANNA, BERIT, DESK, LOGIN, inside, leads_to
from tests.actors.people.test_accounts import words_of

ISSUER, US = "https://login.stad.example", "ostberga"
KEY, OTHERS = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
KEYS = {"keys": [{**jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key(), as_dict=True), "kid": "1", "alg": "RS256"}]}


def token(key: Any = KEY, algorithm: str = "RS256", kid: str = "1", without: str = "", **claims: Any) -> str:
    now = int(time.time())
    told = {"iss": ISSUER, "aud": US, "sub": "a7f3", "exp": now + 300, "iat": now, "nonce": "n", **claims}
    told.pop(without, None)
    return jwt.encode(told, key, algorithm=algorithm, headers={"kid": kid})


def read(written: object) -> dict[str, Any]:
    return read_id_token(written, keys=KEYS, issuer=ISSUER, client_id=US)


def test_a_token_of_the_providers_is_read():
    assert read(token())["sub"] == "a7f3"
    assert read(token(aud=[US, "andra"], azp=US))["sub"] == "a7f3"
    assert read(token(exp=int(time.time()) - 30))["sub"] == "a7f3"  # its clock may be half a minute slow


@pytest.mark.parametrize(
    "changed",
    [
        {"key": OTHERS},
        {"key": OTHERS, "kid": "2"},
        {"key": "", "algorithm": "none"},
        {"iss": "https://login.annan.example"},
        {"aud": "nagon-annan"},
        {"aud": [US, "andra"], "azp": "andra"},
        {"exp": 1},
        {"iat": 4_000_000_000},
        {"sub": ""},
        {"sub": "9" * 192},
        *({"without": name} for name in ("iss", "sub", "aud", "exp", "iat", "nonce")),
    ],
)
def test_any_other_is_not(changed):
    with pytest.raises(LoginRefused, match="untrusted"):
        read(token(**changed))


def test_nobody_signs_with_the_providers_public_key():
    public = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    header, body, _signature = token(key="en-hemlighet-som-är-lång-nog-för-hs256", algorithm="HS256").split(".")
    signature = hmac.digest(public, f"{header}.{body}".encode(), "sha256")
    forged = f"{header}.{body}.{urlsafe_b64encode(signature).decode().rstrip('=')}"
    assert jwt.algorithms.HMACAlgorithm(hashlib.sha256).verify(f"{header}.{body}".encode(), public, signature)

    with pytest.raises(LoginRefused, match="untrusted"):
        read(forged)


@pytest.mark.parametrize("nonsense", [None, "", "a.b.c", "{}"])
def test_what_is_no_token_is_not_read(nonsense):
    with pytest.raises(LoginRefused, match="untrusted"):
        read(nonsense)


pytestmark = pytest.mark.django_db


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(anna, browse, city):
    browser, victim = browse(), browse()
    answer = inside(city.answer_to(leads_to(browser.post(LOGIN)), ANNA))

    assert "tog för lång tid" in words_of(victim.get(answer))
    assert victim.get(DESK).status_code == 302
    assert not SecurityEvent.objects.filter(object_key="city_login:expired").exists()  # as anybody can cause as many
    assert browser.get(answer).headers["Location"] == DESK
    assert "tog för lång tid" in words_of(browser.get(answer))


def test_nobody_is_let_in_as_another_by_a_code_of_hers(anna, browse, city):
    """Somebody gives her own code to another's browser, which would then write to her account."""
    thiefs = inside(city.answer_to(leads_to(browse().post(LOGIN)), BERIT))
    victim = browse()
    own = inside(city.anew().answer_to(leads_to(victim.post(LOGIN)), ANNA))
    code = thiefs.partition("code=")[2].partition("&")[0]

    page = victim.get(own.replace(own.partition("code=")[2].partition("&")[0], code))

    assert "Det gick inte att lita på svaret" in words_of(page)
    assert victim.get(DESK).status_code == 302


def test_an_answer_to_another_question_is_not_trusted(anna, browse, city):
    browser = browse()
    address = leads_to(browser.post(LOGIN))
    answer = inside(city.answer_to(address.replace("nonce=", "nonce=x"), ANNA))

    assert "Det gick inte att lita på svaret" in words_of(browser.get(answer))


def test_the_way_there_asks_for_what_is_needed_and_no_more(browse, city):
    page = browse().post(LOGIN)
    sent = dict(parse_qsl(urlsplit(leads_to(page)).query))

    assert set(sent["scope"].split()) == {"openid", "email"}
    assert (sent["acr_values"], sent["code_challenge_method"], "prompt" in sent) == ("loa3", "S256", False)
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_a_provider_that_is_away_is_told_of(browse, city, configured):
    configured(SERVER_URL="http://127.0.0.1:9")
    page = browse().post(LOGIN)
    assert (page.status_code, "Stadens inloggning svarar inte" in words_of(page)) == (503, True)


def test_a_provider_that_goes_away_meanwhile_is_told_of(anna, browse, city, configured):
    browser = browse()
    answer = inside(city.answer_to(leads_to(browser.post(LOGIN)), ANNA))
    configured(SERVER_URL="http://127.0.0.1:9")
    assert browser.get(answer).status_code == 503


def test_a_provider_with_another_name_of_its_own_is_not_asked(browse, city, configured, issuer):
    configured(SERVER_URL=issuer.replace("127.0.0.1", "localhost"))
    page = browse().post(LOGIN)
    assert (page.status_code, "inte rätt inställda" in words_of(page)) == (401, True)


def test_a_wrong_secret_lets_nobody_in(anna, browse, city, configured):
    configured(SECRET="fel", EMAIL_DOMAINS="stad.example")
    assert city.sign_in(browse(), ANNA).status_code == 401


def test_it_is_asked_how_often_one_may_leave(browse, city):
    browser = browse()
    assert [browser.post(LOGIN).status_code for _ in range(21)][-2:] == [200, 429]
