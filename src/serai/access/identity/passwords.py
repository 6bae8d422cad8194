"""Passwords by argon2id, in a bounded pool of threads."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from serai.kernel.errors import Fault, Invalid, Unavailable

Result = TypeVar("Result")
WORKERS = 2
HARD = 1e8
"""Guesses that a password must withstand."""
LOOKED_AT = 72
"""Characters of it that are judged: the judge takes no more."""
WAITING = 64
"""How many may wait for a thread; more are told to come back."""
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
"""OWASP's first choice for argon2id: 19 MiB, two passes, one lane."""
_pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="argon2")
_waiting = 0


async def digest(password: str) -> str:
    """The hash to keep."""
    return await _run(lambda: _hasher.hash(password))


async def matches(stored: str | None, password: str) -> bool:
    """Whether the password is the one kept; without one kept it takes as long and is not."""
    return await _run(lambda: _verify(stored or _dummy(), password)) and stored is not None


def outdated(stored: str) -> bool:
    """Whether it was hashed with other costs than today's."""
    return _hasher.check_needs_rehash(stored)


async def refuse_guessable(password: str, *own: str, where: str = "/password") -> None:
    """Refuse what is guessed in fewer than a hundred million tries, by zxcvbn's lists and patterns.

    `own` are words of the person, such as the login, that a guess would begin with.
    """
    if await _run(lambda: _guesses(password, own)) < HARD:
        raise Invalid(faults=[Fault(where, "is too easy to guess; a few unusual words are better")])


def generated() -> str:
    """A password of 120 bits, easy to read aloud."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(6)) for _ in range(4))


def _guesses(password: str, own: Sequence[str]) -> float:
    from zxcvbn import zxcvbn  # noqa: PLC0415  # its lists are loaded where a password is chosen

    return float(zxcvbn(password[:LOOKED_AT], user_inputs=list(own))["guesses"])


@cache
def _dummy() -> str:
    return _hasher.hash(secrets.token_urlsafe())


def _verify(stored: str, password: str) -> bool:
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


async def _run(act: Callable[[], Result]) -> Result:
    global _waiting  # noqa: PLW0603  # one count a process, like the pool
    if _waiting >= WAITING:
        raise Unavailable("Many people are signing in; try again.")
    _waiting += 1
    try:
        return await asyncio.get_running_loop().run_in_executor(_pool, act)
    finally:
        _waiting -= 1
