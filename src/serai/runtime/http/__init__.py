"""The HTTP conventions: one door through which every route reads and writes."""

from __future__ import annotations

from serai.runtime.http.bodies import Body, Id, Out, shown
from serai.runtime.http.call import Call, CallContext, needs, public
from serai.runtime.http.hours import HoursBody, HoursOut
from serai.runtime.http.lists import ListQuery, Page, asked, page
from serai.runtime.http.router import API, Router

__all__ = [
    "API", "Body", "Call", "CallContext", "HoursBody", "HoursOut", "Id", "ListQuery", "Out", "Page", "Router", "asked",
    "needs", "page", "public", "shown",
]  # fmt: skip
