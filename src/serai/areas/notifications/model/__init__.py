"""Notices, deliveries, and how people want to be told, as records."""

from __future__ import annotations

from serai.areas.notifications.model.notice import (
    FRESH,
    HERE,
    Delivery,
    DeliveryState,
    LinkTo,
    Notice,
    NoticeSettings,
    Outlet,
    Outsider,
    Said,
    Tell,
    address,
    after_quiet,
    again,
    change,
    data,
    expire,
    failed,
    given_up,
    go,
    sent,
    settings_for,
    tell,
    tell_outside,
    too_old,
    when_open,
)
from serai.areas.notifications.model.words import LANGUAGES, WORDS, Topic, said

__all__ = [
    "FRESH", "HERE", "LANGUAGES", "WORDS", "Delivery", "DeliveryState", "LinkTo", "Notice", "NoticeSettings",
    "Outlet", "Outsider", "Said", "Tell", "Topic", "address", "after_quiet", "again", "change", "data", "expire",
    "failed", "given_up", "go", "said", "sent", "settings_for", "tell", "tell_outside", "too_old", "when_open",
]  # fmt: skip
