"""What notices say, in each language, with fixed placeholders."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from string import Template
from typing import Final

LANGUAGES: Final = ("en", "fa-AF", "ps")


class Topic(StrEnum):
    """What a notice is about."""

    ORDER_REPORTED = "order_reported"
    ORDER_ASSIGNED = "order_assigned"
    ORDER_WARNING = "order_warning"
    ORDER_BREACHED = "order_breached"
    ORDER_ESCALATED = "order_escalated"
    ORDER_CHANGED = "order_changed"
    ORDER_RESOLVED = "order_resolved"
    ORDER_REOPENED = "order_reopened"
    BREACHES_MOUNT = "breaches_mount"
    RELOCATION = "relocation"
    PART_LOW = "part_low"
    VENDOR_ORDER = "vendor_order"
    VENDOR_CALL = "vendor_call"
    VENDOR_DECLINED = "vendor_declined"
    VENDOR_UNCLEAR = "vendor_unclear"
    TASK_HELP = "task_help"


_WHERE: Final = "$place: "
_ORDER: Final = f"{_WHERE}$title"
WORDS: Final[Mapping[Topic, tuple[tuple[str, str], tuple[str, str], tuple[str, str]]]] = {
    Topic.ORDER_REPORTED: (
        ("Fault no. $number, $severity", _ORDER),
        ("خرابی شماره $number، $severity", _ORDER),
        ("ستونزه شمېره $number، $severity", _ORDER),
    ),
    Topic.ORDER_ASSIGNED: (
        ("No. $number is yours", _ORDER),
        ("شماره $number به شما سپرده شد", _ORDER),
        ("شمېره $number تاسو ته وسپارل شوه", _ORDER),
    ),
    Topic.ORDER_WARNING: (
        ("No. $number is nearly late", _ORDER),
        ("شماره $number نزدیک است دیر شود", _ORDER),
        ("شمېره $number ژر ناوخته کېږي", _ORDER),
    ),
    Topic.ORDER_BREACHED: (
        ("No. $number is late", _ORDER),
        ("شماره $number دیر شد", _ORDER),
        ("شمېره $number ناوخته شوه", _ORDER),
    ),
    Topic.ORDER_ESCALATED: (
        ("No. $number needs you: $reason", _ORDER),
        ("شماره $number به شما نیاز دارد: $reason", _ORDER),
        ("شمېره $number تاسو ته اړتیا لري: $reason", _ORDER),
    ),
    Topic.ORDER_CHANGED: (
        ("No. $number: $state", _ORDER),
        ("شماره $number: $state", _ORDER),
        ("شمېره $number: $state", _ORDER),
    ),
    Topic.ORDER_RESOLVED: (
        ("No. $number is mended; please look", _ORDER),
        ("شماره $number درست شد؛ لطفاً ببینید", _ORDER),
        ("شمېره $number جوړه شوه؛ مهرباني وکړئ وګورئ", _ORDER),
    ),
    Topic.ORDER_REOPENED: (
        ("No. $number is not good yet: $reason", _ORDER),
        ("شماره $number هنوز درست نیست: $reason", _ORDER),
        ("شمېره $number لا سمه نه ده: $reason", _ORDER),
    ),
    Topic.BREACHES_MOUNT: (
        ("$number promises broken today", "$date. The last: $title"),
        ("امروز $number وعده شکسته شد", "$date. آخری: $title"),
        ("نن $number ژمنې ماتې شوې", "$date. وروستۍ: $title"),
    ),
    Topic.RELOCATION: (
        ("A guest of room $place needs another room", "No. $number: $title"),
        ("مهمان اتاق $place به اتاق دیگر نیاز دارد", "شماره $number: $title"),
        ("د $place خونې مېلمه بلې خونې ته اړتیا لري", "شمېره $number: $title"),
    ),
    Topic.PART_LOW: (
        ("Too little of $title", "$number: $reason"),
        ("$title کم است", "$number: $reason"),
        ("$title کم دی", "$number: $reason"),
    ),
    Topic.VENDOR_ORDER: (
        ("$hotel asks you: no. $number", "$place: $title\n$link"),
        ("$hotel از شما می‌خواهد: شماره $number", "$place: $title\n$link"),
        ("$hotel له تاسو غواړي: شمېره $number", "$place: $title\n$link"),
    ),
    Topic.VENDOR_CALL: (
        ("Call $name, $phone: no. $number", _ORDER),
        ("به $name زنگ بزنید، $phone: شماره $number", _ORDER),
        ("$name ته زنګ ووهئ، $phone: شمېره $number", _ORDER),
    ),
    Topic.VENDOR_DECLINED: (
        ("$name does not come to no. $number", _ORDER),
        ("$name برای شماره $number نمی‌آید", _ORDER),
        ("$name د $number شمېرې لپاره نه راځي", _ORDER),
    ),
    Topic.VENDOR_UNCLEAR: (
        ("$name wrote, and it is not clear what", "$reason"),
        ("$name نوشت و روشن نیست چه", "$reason"),
        ("$name ولیکل او روښانه نه ده چې څه", "$reason"),
    ),
    Topic.TASK_HELP: (
        ("Help is asked for in $place", "$reason"),
        ("در $place کمک خواسته شده است", "$reason"),
        ("په $place کې مرسته غوښتل شوې ده", "$reason"),
    ),
}
LONGEST: Final = 500
"""Characters of a placeholder's value; the rest is cut."""


def said(topic: Topic, language: str, params: Mapping[str, str]) -> tuple[str, str]:
    """The subject and the text of a notice; a language that is not there is English, what is not known is a dash.

    Of a fault that is in no room only the title is said.
    """
    words = WORDS[topic][LANGUAGES.index(language) if language in LANGUAGES else 0]
    known = _Known({name: value[:LONGEST] for name, value in params.items()})
    where = "" if "place" in known else _WHERE
    subject, text = (Template(one.removeprefix(where)).substitute(known) for one in words)
    return " ".join(subject.split()), text


class _Known(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "-"
