"""What can be refused: a class is a kind of refusal, its docstring its message."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from serai.kernel.text import text


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong place in an input: a JSON pointer and what is wrong there."""

    pointer: str
    message: str


class Refusal(Exception):
    """The request was refused."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"

    def __init__(self, detail: str | None = None, *, faults: Sequence[Fault] = (), **more: object) -> None:
        """`detail` is for people, `faults` point into the input, `more` is for programs."""
        self.detail = detail or (self.__doc__ or self.code).strip().splitlines()[0]
        self.faults = tuple(faults)
        self.more: Mapping[str, object] = more
        super().__init__(" ".join([self.detail, *(f"{one.pointer} {one.message}." for one in self.faults)]))


class Unauthenticated(Refusal):
    """Sign in first."""

    status, code = 401, "unauthenticated"


class Forbidden(Refusal):
    """You may not do this."""

    status, code = 403, "forbidden"


def lacking(permission: str, *, everywhere: bool = False) -> Forbidden:
    """The refusal of who lacks a permission, or has it in some properties alone and needs it `everywhere`."""
    said = (
        text("You need the permission {permission} in all properties for this.", permission=permission)
        if everywhere
        else text("You need the permission {permission} for this.", permission=permission)
    )
    return Forbidden(said, permission=permission)


class NotFound(Refusal):
    """There is nothing here."""

    status, code = 404, "not_found"


class Conflict(Refusal):
    """Something else already stands there."""

    status, code = 409, "conflict"


class IllegalMove(Conflict):
    """This move is not open now."""

    code = "illegal_move"


class Stale(Refusal):
    """It was changed by somebody else since you read it; read it again."""

    status, code = 412, "stale"


class TooLarge(Refusal):
    """This is larger than is accepted."""

    status, code = 413, "too_large"


class UnsupportedMedia(Refusal):
    """Send JSON."""

    status, code = 415, "unsupported_media_type"


class Invalid(Refusal):
    """Some of the input cannot be accepted."""

    status, code = 422, "invalid"


class VersionNeeded(Refusal):
    """Say which version you read, with If-Match or `version`."""

    status, code = 428, "version_needed"


class TooMany(Refusal):
    """Too many requests; wait a little."""

    status, code = 429, "too_many_requests"


class Unavailable(Refusal):
    """The service cannot answer now; try again."""

    status, code = 503, "unavailable"


class Busy(Unavailable):
    """Others are changing the same things; try again."""

    code = "busy"


class SetupError(Exception):
    """Something whoever runs Serai can mend; the message says how."""
