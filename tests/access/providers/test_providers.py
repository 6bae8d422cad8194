"""Whom an issuer vouches for signs in, and nobody else."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from serai.access.providers import service
from serai.access.providers.service import AddProvider
from serai.kernel.actor import system
from serai.kernel.clock import ManualClock
from serai.kernel.ids import encode
from serai.runtime.work import House
from tests.access.making import PASSWORD, Company, bearer, signed
from tests.access.providers.issuer import CLIENT, SECRET, LocalIssuer

pytestmark = pytest.mark.integration
BACK = "https://hotel.example/signed-in"


@pytest.fixture
def issuer() -> Iterator[LocalIssuer]:
    """One that ends with the test."""
    made = LocalIssuer()
    yield made
    made.close()


class Browser:
    """Goes to the provider and comes back."""

    def __init__(self, client: httpx.AsyncClient, issuer: LocalIssuer, provider: str, tenant: str = "sun") -> None:
        """Nothing is begun."""
        self.client, self.issuer, self.provider, self.tenant = client, issuer, provider, tenant

    async def brings(self, subject: str, **more: str) -> dict[str, str]:
        """What the browser has after the provider's page."""
        verifier = secrets.token_urlsafe(40)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        body = {"tenant": self.tenant, "provider_id": self.provider, "redirect_uri": BACK, "code_challenge": challenge}
        begun = await self.client.post("/auth/oidc/start", json=body)
        assert begun.status_code == 200, begun.text
        code, state = self.issuer.page(begun.json()["authorization_url"], subject)
        assert state == begun.json()["state"]
        return {"state": state, "code": code, "code_verifier": verifier, **more}

    async def sign_in(self, subject: str, **more: str) -> httpx.Response:
        """All the way."""
        return await self.client.post("/auth/oidc/finish", json=await self.brings(subject, **more))


async def offer(house: House, company: Company, issuer: LocalIssuer) -> str:
    """The issuer vouches for a company's people."""
    cmd = AddProvider("Accounts", issuer.url, CLIENT, SECRET, (BACK,))
    made = await house.do(system(company.tenant_id, "test"), lambda work: service.add_provider(house, work, cmd))
    return encode("idp", made.id)


@pytest.fixture
async def browser(client: httpx.AsyncClient, house: House, sun: Company, issuer: LocalIssuer) -> Browser:
    """For the company of the sun."""
    return Browser(client, issuer, await offer(house, sun, issuer))


@pytest.fixture
async def rosa(client: httpx.AsyncClient, sun: Company, browser: Browser) -> dict[str, str]:
    """Rosa, who has linked account 77; her headers."""
    await sun.person("housekeeper", sun.here, login="rosa", email="rosa@example.com")
    headers = await signed(client, "rosa")
    brought = await browser.brings("77", current_password=PASSWORD)
    linked = await client.post("/me/identities", json=brought, headers=headers)
    assert linked.status_code == 201, linked.text
    return headers


async def test_a_linked_account_signs_in_until_it_is_unlinked(
    client: httpx.AsyncClient, browser: Browser, rosa: dict[str, str], issuer: LocalIssuer
) -> None:
    listed = (await client.get("/auth/providers?tenant=SUN")).json()["items"]
    assert listed == [{"id": browser.provider, "name": "Accounts"}]
    answer = await browser.sign_in("77")
    assert answer.status_code == 200, answer.text
    me = (await client.get("/me", headers=bearer(answer.json()["access_token"]))).json()
    assert me["login"] == "rosa"
    [account] = (await client.get("/me/identities", headers=rosa)).json()["items"]
    assert account["issuer"] == issuer.url
    assert (await client.delete(f"/me/identities/{account['id']}", headers=rosa)).status_code == 200
    gone = await browser.sign_in("77")
    assert (gone.status_code, gone.json()["code"]) == (403, "not_linked")
    assert issuer.asked.count("/.well-known/openid-configuration") == 1
    assert issuer.asked.count("/keys") == 1


async def test_the_same_name_and_address_are_nobody(browser: Browser, rosa: dict[str, str]) -> None:
    assert rosa
    for subject in ("78", "rosa", "rosa@example.com", "\uff17\uff17", "77 "):
        answer = await browser.sign_in(subject)
        assert (answer.status_code, answer.json()["code"]) == (403, "not_linked"), subject


async def test_an_account_is_one_person(
    client: httpx.AsyncClient, sun: Company, browser: Browser, rosa: dict[str, str]
) -> None:
    assert rosa
    await sun.person("housekeeper", sun.here, login="omid")
    headers = await signed(client, "omid")
    wrong = await client.post(
        "/me/identities", json=await browser.brings("80", current_password="wrong horse"), headers=headers
    )
    assert wrong.status_code == 422
    taken = await client.post(
        "/me/identities", json=await browser.brings("77", current_password=PASSWORD), headers=headers
    )
    assert taken.status_code == 409


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "another"}, {"nonce": None}, {"aud": "another-client"}, {"aud": [CLIENT, "another"]},
        {"aud": [CLIENT, "another"], "azp": "another"}, {"iss": "https://evil.example"}, {"exp": 1}, {"sub": ""},
        {"iat": None}, {"exp": None},
    ],
)  # fmt: skip
async def test_a_token_that_is_not_for_this_sign_in_is_refused(
    browser: Browser, rosa: dict[str, str], issuer: LocalIssuer, claims: dict[str, Any]
) -> None:
    assert rosa
    issuer.claims = claims
    answer = await browser.sign_in("77")
    assert answer.status_code == (403 if claims == {"sub": ""} else 401), answer.text


async def test_a_token_of_another_key_or_without_a_signature_is_refused(
    browser: Browser, rosa: dict[str, str], issuer: LocalIssuer
) -> None:
    assert rosa
    issuer.key = rsa.generate_private_key(65537, 2048)
    assert (await browser.sign_in("77")).status_code == 401
    issuer.algorithm = "none"
    assert (await browser.sign_in("77")).status_code == 401


async def test_what_comes_back_twice_late_changed_or_to_another_browser_is_refused(
    client: httpx.AsyncClient, browser: Browser, rosa: dict[str, str], clock: ManualClock
) -> None:
    assert rosa

    async def finish(**brought: str) -> int:
        return (await client.post("/auth/oidc/finish", json=brought)).status_code

    good = await browser.brings("77")
    assert await finish(**{**good, "code_verifier": secrets.token_urlsafe(40)}) == 401
    assert await finish(**{**good, "state": good["state"][:-4] + "AAAA"}) == 401
    assert await finish(**{**good, "state": "x"}) == 401
    other = await browser.brings("77")
    assert await finish(**{**good, "state": other["state"]}) == 401
    assert await finish(**good) == 200
    assert await finish(**good) == 401
    late = await browser.brings("77")
    clock.set(clock.now() + timedelta(minutes=10))
    assert await finish(**late) == 401


async def test_who_is_let_go_and_who_has_no_provider_any_more_does_not_come_in(
    client: httpx.AsyncClient, house: House, sun: Company, moon: Company, browser: Browser, rosa: dict[str, str]
) -> None:
    left = await browser.brings("77")
    boss = await sun.person("executive_admin", None, login="boss")
    assert boss
    headers = await signed(client, "boss")
    me = (await client.get("/me", headers=rosa)).json()["id"]
    assert (await client.post(f"/staff/{me}/deactivate", headers=headers)).status_code == 200
    assert (await client.post("/auth/oidc/finish", json=left)).status_code == 401
    assert (await client.get("/auth/providers?tenant=moon")).json()["items"] == []
    [one] = await service.providers_of(house, "sun")
    late = await browser.brings("77")
    await house.do(system(sun.tenant_id, "test"), lambda work: service.remove_provider(work, one.id))
    assert (await client.post("/auth/oidc/finish", json=late)).status_code == 401
    assert moon.tenant_id != sun.tenant_id


async def test_a_company_links_no_account_by_the_provider_of_another(
    client: httpx.AsyncClient, house: House, sun: Company, moon: Company, issuer: LocalIssuer, browser: Browser
) -> None:
    theirs = Browser(client, issuer, await offer(house, moon, issuer), "moon")
    await sun.person("housekeeper", sun.here, login="rosa")
    brought = await theirs.brings("77", current_password=PASSWORD)
    answer = await client.post("/me/identities", json=brought, headers=await signed(client, "rosa"))
    assert answer.status_code == 422
    mixed = {"tenant": "sun", "provider_id": theirs.provider, "redirect_uri": BACK, "code_challenge": "x" * 43}
    assert (await client.post("/auth/oidc/start", json=mixed)).status_code == 404
    away = {**mixed, "tenant": "moon", "redirect_uri": "https://evil.example/"}
    assert (await client.post("/auth/oidc/start", json=away)).status_code == 422
    assert browser.tenant == "sun"


@pytest.mark.parametrize(
    "described",
    [
        {"issuer": "https://evil.example"}, {"token_endpoint": "http://169.254.169.254/latest"},
        {"jwks_uri": None}, {"authorization_endpoint": "javascript:alert(1)"},
    ],
)  # fmt: skip
async def test_an_issuer_that_describes_itself_badly_is_not_asked(
    client: httpx.AsyncClient, browser: Browser, issuer: LocalIssuer, described: dict[str, Any]
) -> None:
    issuer.described = described
    body = {"tenant": "sun", "provider_id": browser.provider, "redirect_uri": BACK, "code_challenge": "x" * 43}
    assert (await client.post("/auth/oidc/start", json=body)).status_code == 503


async def test_guesses_from_one_address_wait(
    client: httpx.AsyncClient, browser: Browser, rosa: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rosa
    monkeypatch.setattr("serai.access.directory.WIDE", 3)
    statuses = [(await browser.sign_in("unknown")).status_code for _ in range(5)]
    assert statuses == [403, 403, 403, 429, 429]


async def test_only_the_platform_names_providers_and_no_secret_is_shown(
    client: httpx.AsyncClient, sun: Company, browser: Browser
) -> None:
    await sun.person("executive_admin", None, login="boss")
    headers = await signed(client, "boss")
    body = {"name": "X", "issuer": "https://x.example", "client_id": "x", "client_secret": "y", "redirect_uris": [BACK]}
    assert (await client.post("/identity-providers", json=body, headers=headers)).status_code == 403
    listed = await client.get("/identity-providers", headers=headers)
    [one] = listed.json()["items"]
    assert (one["id"], one["client_id"], one["allowed_actions"]) == (browser.provider, CLIENT, [])
    assert SECRET not in listed.text


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("issuer", "http://login.example"), ("issuer", "https://a@b.example"), ("issuer", "https://x.example/?q=1"),
        ("redirect_uris", ("http://hotel.example/",)), ("redirect_uris", ()), ("redirect_uris", ("ftp://x/",)),
    ],
)  # fmt: skip
async def test_unsafe_addresses_are_refused(house: House, sun: Company, field: str, value: Any) -> None:
    good = {
        "name": "X",
        "issuer": "https://x.example",
        "client_id": "x",
        "client_secret": "y",
        "redirect_uris": (BACK,),
    }
    cmd = AddProvider(**{**good, field: value})
    with pytest.raises(Exception, match=r"https|1 to 10"):
        await house.do(system(sun.tenant_id, "test"), lambda work: service.add_provider(house, work, cmd))
