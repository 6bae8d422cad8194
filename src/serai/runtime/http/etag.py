"""Entity tags: the version and a hash of the answer."""

from __future__ import annotations

import re
from hashlib import blake2b

from serai.kernel.errors import Fault, Invalid

_TAG = re.compile(r'^(?:W/)?"(\d{1,9})-[0-9a-f]+"$')


def tag(version: int, body: bytes) -> str:
    """The tag of an answer; the part behind the hyphen changes with anything shown."""
    return f'"{version}-{blake2b(body, digest_size=8).hexdigest()}"'


def version_of(text: str) -> int:
    """The version that an If-Match names; anything that is no tag of ours is refused."""
    found = _TAG.match(text.strip())
    if not found:
        raise Invalid(
            "If-Match must be an ETag that was answered here.", faults=[Fault("/headers/if-match", "no ETag")]
        )
    return int(found[1])


def matches(header: str | None, mine: str) -> bool:
    """Whether an If-None-Match names this tag."""
    return header is not None and (header.strip() == "*" or mine in {one.strip() for one in header.split(",")})
