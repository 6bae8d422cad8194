"""The routes of second factors and invitations."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Request, Response
from pydantic import Field, StringConstraints

from serai.access.identity import proving, service
from serai.access.identity.factor import Factor
from serai.access.identity.gate import gate
from serai.access.identity.model import Staff
from serai.access.identity.proving import Invitation, Offer
from serai.kernel.actor import Actor
from serai.kernel.ids import encode
from serai.runtime.http import Body, Call, Out, Router, needs, public
from serai.runtime.work import House

router = Router()
Password = Annotated[str, StringConstraints(strip_whitespace=False, min_length=1, max_length=1000)]
NewPassword = Annotated[str, StringConstraints(strip_whitespace=False, min_length=12, max_length=128)]


class PasswordOnlyBody(Body):
    """Your password, once more."""

    current_password: Password


class CodeBody(Body):
    """What the app shows."""

    code: str = Field(min_length=6, max_length=20)


class AcceptBody(Body):
    """The token of an invitation, and the password to set."""

    token: str = Field(min_length=1, max_length=200)
    password: NewPassword


class FactorOut(Out):
    """Whether a sign-in asks for a second factor."""

    enabled: bool
    since: datetime | None
    paper_codes_left: int


class OfferOut(Out):
    """A second factor to be confirmed; told here and nowhere again."""

    secret: str
    uri: str = Field(description="For a QR code that an authenticator app reads.")


class PaperOut(Out):
    """Codes to keep on paper, each good once; told here and nowhere again."""

    paper_codes: list[str]


class InvitationOut(Out):
    """Hand it to the person; it is told here and nowhere again."""

    staff_id: str
    token: str
    expires_at: datetime


class DoneOut(Out):
    """It is done."""

    done: bool = True


def show_factor(found: Factor | None, _: Actor) -> FactorOut:
    """One's own second factor."""
    if found is None:
        return FactorOut(enabled=False, since=None, paper_codes_left=0)
    return FactorOut(enabled=True, since=found.confirmed_at, paper_codes_left=len(found.paper))


def show_offer(offer: Offer, _: Actor) -> OfferOut:
    """The secret, once."""
    return OfferOut(secret=offer.secret, uri=offer.uri)


def show_paper(codes: list[str], _: Actor) -> PaperOut:
    """The codes, once."""
    return PaperOut(paper_codes=codes)


def show_invitation(made: Invitation, _: Actor) -> InvitationOut:
    """The token, once."""
    return InvitationOut(staff_id=encode("stf", made.staff_id), token=made.token, expires_at=made.expires_at)


def show_done(_: Staff, __: Actor) -> DoneOut:
    """It is done."""
    return DoneOut()


@router.get(
    "/me/second-factor", tags=["Sign-in"], summary="Your second factor", response_model=FactorOut,
    **needs("property.read"),
)  # fmt: skip
async def get_factor(call: Call) -> Response:
    """Whether your sign-in asks for a code."""
    return await call.query(lambda tx: proving.view_factor(tx, call.actor), show_factor)


@router.post(
    "/me/second-factor", tags=["Sign-in"], summary="Set a second factor up", response_model=OfferOut,
    **needs("property.read"),
)  # fmt: skip
async def offer_factor(body: PasswordOnlyBody, call: Call) -> Response:
    """A secret for your authenticator app; it counts from its confirmation on."""
    await service.check_password(call.house, call.actor, body.current_password, call.address)
    return await call.command(lambda work: proving.offer_factor(call.house, work), show_offer)


@router.post(
    "/me/second-factor/confirm", tags=["Sign-in"], summary="Confirm a second factor", response_model=PaperOut,
    **needs("property.read"),
)  # fmt: skip
async def confirm_factor(body: CodeBody, call: Call) -> Response:
    """The code that the app shows; answers ten codes to keep on paper."""
    answer = await call.command(lambda work: proving.confirm_factor(call.house, work, body.code), show_paper)
    gate(call.house).forget()
    return answer


@router.post(
    "/me/second-factor/remove", tags=["Sign-in"], summary="Remove your second factor", response_model=DoneOut,
    **needs("property.read"),
)  # fmt: skip
async def remove_factor(body: PasswordOnlyBody, call: Call) -> Response:
    """Your sign-in asks for the password alone again."""
    await service.check_password(call.house, call.actor, body.current_password, call.address)
    return await call.command(proving.remove_factor, show_done)


@router.post(
    "/staff/{staff_id:stf}/reset-second-factor", tags=["Staff"], summary="Reset somebody's second factor",
    response_model=DoneOut, **needs("staff.manage"),
)  # fmt: skip
async def reset_factor(staff_id: UUID, call: Call) -> Response:
    """For who lost phone and paper: the factor goes, and the person is signed out everywhere."""
    roles = gate(call.house).roles
    answer = await call.command(lambda work: proving.reset_factor(work, staff_id, roles), show_done)
    gate(call.house).forget()
    return answer


@router.post(
    "/staff/{staff_id:stf}/invitation", tags=["Staff"], summary="Invite somebody", status_code=201,
    response_model=InvitationOut, **needs("staff.manage"),
)  # fmt: skip
async def invite(staff_id: UUID, call: Call) -> Response:
    """A token with which the person sets a first or a new password, within 24 hours and once."""
    roles = gate(call.house).roles
    return await call.command(lambda work: proving.invite(work, staff_id, roles), show_invitation, status=201)


@router.post(
    "/auth/invitation", tags=["Sign-in"], summary="Accept an invitation", response_model=DoneOut,
    **public("the token itself is the proof"),
)  # fmt: skip
async def accept_invitation(body: AcceptBody, request: Request) -> DoneOut:
    """Sets the password that you choose and signs you in nowhere; a second factor stays."""
    house: House = request.app.state.house
    place = request.client.host if request.client else "here"
    await proving.accept_invitation(house, body.token, body.password, f"POST {request.url.path} from {place}")
    return DoneOut()
