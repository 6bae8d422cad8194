"""The commands and questions about work orders."""

from __future__ import annotations

from serai.areas.work_orders.service.making import create, escalate, make, report, triage, update
from serai.areas.work_orders.service.reading import Wanted, find, get, standing
from serai.areas.work_orders.service.working import (
    assign,
    block,
    cancel,
    finish,
    reopen,
    resolve,
    start,
    unblock,
    verify,
)
from serai.areas.work_orders.store import Filter

__all__ = [
    "Filter",
    "Wanted",
    "assign",
    "block",
    "cancel",
    "create",
    "escalate",
    "find",
    "finish",
    "get",
    "make",
    "reopen",
    "report",
    "resolve",
    "standing",
    "start",
    "triage",
    "unblock",
    "update",
    "verify",
]
