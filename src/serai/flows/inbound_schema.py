"""The shape of the booking system's messages; null says nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Annotated, Any, TypeVar, cast

from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from serai.kernel.errors import Fault, Invalid
from serai.kernel.text import text
from serai.runtime.events.inbox import Message
from serai.runtime.http.bodies import snake
from serai.runtime.http.problems import worded

FIRST, LAST = 1990, 2200
"""Years in which a stay may lie."""
_NO = {"", "0", "no", "none", "false", "n"}


def _text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _day_or_instant(value: str) -> str:
    moment = date.fromisoformat(value) if len(value) == len("2026-03-02") else datetime.fromisoformat(value)
    if isinstance(moment, datetime) and moment.tzinfo is None:
        raise ValueError(text("an instant needs its offset, such as 2026-03-02T15:00:00+01:00"))
    if not FIRST <= moment.year < LAST:
        raise ValueError(text("must lie between {first} and {last}", first=FIRST, last=LAST))
    return moment.isoformat()


def _hour_or_instant(value: str) -> str:
    if len(value) <= len("14:30:00"):
        hour = time.fromisoformat(value)
        return hour.isoformat("minutes")
    if len(value) == len("2026-03-02"):
        raise ValueError(text("must be an instant, or a wall time such as 14:30"))
    return _day_or_instant(value)


def _vip(value: Any) -> Any:
    return value.strip().lower() not in _NO if isinstance(value, str) else value


Text = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00-\x1f\x7f]+$"), BeforeValidator(_text)]
Day = Annotated[str, Field(max_length=40), AfterValidator(_day_or_instant)]
Hour = Annotated[str, Field(max_length=40), AfterValidator(_hour_or_instant)]
Guests = Annotated[int, Field(ge=0, le=99)]


Shape = TypeVar("Shape", bound=BaseModel)


def read(shape: type[Shape], message: Message, what: str) -> Shape:
    """What a message says, in snake_case or camelCase; refused with where it stands."""
    given: Any = message.data
    if isinstance(given, dict):
        given = {snake(str(key)): value for key, value in cast("dict[Any, Any]", given).items()}
    try:
        return shape.model_validate(given)
    except ValidationError as error:
        faults = [Fault("/data/" + "/".join(map(str, one["loc"])), worded(one)) for one in error.errors()]
        raise Invalid(text("{what} cannot be read.", what=what), faults=faults) from None


class Said(BaseModel):
    """What may be said of one room of a booking; unknown fields are passed over, null says nothing."""

    model_config = ConfigDict(extra="ignore", str_strip_whitespace=True, allow_inf_nan=False, defer_build=True)

    line: Annotated[int, Field(ge=1, le=999)] | None = None
    room_id: Text | None = None
    venue_id: Text | None = None
    external_code: Text | None = None
    room_number: Text | None = None
    room_type: Text | None = None
    guest_reference: Text | None = Field(None, validation_alias=AliasChoices("guest_id", "guest_reference"))
    guest_name: Annotated[str, Field(max_length=200)] | None = None
    arrival: Day | None = Field(None, validation_alias=AliasChoices("arrival", "arrival_date", "check_in_date"))
    departure: Day | None = Field(None, validation_alias=AliasChoices("departure", "departure_date", "check_out_date"))
    adults: Guests | None = None
    children: Guests | None = None
    vip: Annotated[bool, BeforeValidator(_vip)] | None = None
    eta: Hour | None = None
    etd: Hour | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_spelling(cls, given: Any) -> Any:
        if not isinstance(given, Mapping):
            raise ValueError(text("must be an object"))  # noqa: TRY004  # pydantic tells people of ValueErrors
        plain: dict[str, Any] = {}
        for key, value in cast("Mapping[str, Any]", given).items():
            if plain.setdefault(snake(key), value) != value:
                raise ValueError(text("{name} is given in two spellings with different values", name=snake(key)))
        return plain

    @model_validator(mode="after")
    def _departs_last(self) -> Said:
        if self.arrival and self.departure and self.departure[:10] < self.arrival[:10]:
            raise ValueError(text("departure lies before arrival"))
        return self


class SaidOfBooking(Said):
    """What may be said of a booking; `rooms` are its lines, counted from 1 where they do not say."""

    booking_reference: Text = Field(
        validation_alias=AliasChoices("booking_reference", "reservation_reference", "reservation_id", "booking_id")
    )
    rooms: Annotated[list[Said], Field(max_length=100)] = []
