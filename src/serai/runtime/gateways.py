"""The ways by which words reach people outside, each an Apprise address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from serai.kernel.errors import SetupError, Unavailable
from serai.kernel.text import text

TO = "{to}"
"""Stands in an address where the one goes who is told."""


def plain(url: str, key: str | None) -> str:
    """Apprise's address of a gateway that takes JSON (`to`, `title`, `message`) by POST, with its key as bearer."""
    scheme, _, rest = url.partition("://")
    if scheme not in {"http", "https"} or not rest:
        raise SetupError(f"{url!r} is no address of a gateway")
    path, _, query = rest.partition("?")
    bearer = f"&+Authorization={quote(f'Bearer {key}', safe='')}" if key else ""
    return f"{'jsons' if scheme == 'https' else 'json'}://{path}?:to={TO}{bearer}{'&-' + query if query else ''}"


class Gateways:
    """Channels by name. They are named by the installation alone; of a message only the receiver is put into one."""

    def __init__(self, urls: Mapping[str, str]) -> None:
        """Nothing is opened. Refused: an address that has no place for the receiver."""
        for name, url in urls.items():
            if TO not in url:
                raise SetupError(f"The gateway for {name} has no {TO} in its address")
        self._urls = dict(urls)

    def has(self, channel: str) -> bool:
        """Whether there is such a channel."""
        return channel in self._urls

    async def send(self, channel: str, to: str, subject: str, body: str) -> None:
        """Hand it over. No redirect is followed, nothing is kept on disk. Unavailable when it is not taken."""
        apprise: Any = _apprise()
        asset = apprise.AppriseAsset(
            http_redirects=False, storage_mode="memory", app_id="Serai", app_desc="Serai", async_mode=True
        )
        gate = apprise.Apprise(asset=asset)
        if not gate.add(self._urls[channel].replace(TO, quote(to, safe="@"))):
            raise Unavailable(text("The gateway for {channel} is not one that Apprise knows.", channel=channel))
        if not await gate.async_notify(title=subject, body=body, body_format=apprise.NotifyFormat.TEXT):
            raise Unavailable(text("The gateway for {channel} did not take the message.", channel=channel))


def _apprise() -> Any:
    import apprise  # noqa: PLC0415  # a third of a second, for who sends

    return apprise
