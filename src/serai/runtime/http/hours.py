"""Hours of some days of the week, as they are asked for and answered."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from serai.kernel.hours import Hours
from serai.runtime.http.bodies import Body, Out

Begins = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$", examples=["08:00"])]
Ends = Annotated[str, Field(pattern=r"^(([01]\d|2[0-3]):[0-5]\d|24:00)$", examples=["17:00"])]
Day = Annotated[int, Field(ge=1, le=7)]


class HoursBody(Body):
    """Hours of some days (1 Monday to 7), in the property's time; the end is left out, and is at most 24:00."""

    days: Annotated[list[Day], Field(min_length=1, max_length=7)]
    begins: Begins
    ends: Ends

    def hours(self) -> Hours:
        """As a record has it."""
        return Hours(tuple(sorted(set(self.days))), self.begins, self.ends)


class HoursOut(Out):
    """Hours of some days (1 Monday to 7), in the property's time."""

    days: list[int]
    begins: str
    ends: str
