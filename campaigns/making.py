"""Values at random that a JSON schema allows, nearly allows, or does not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from serai.kernel.ids import encode, new_id

STRANGE: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2**31, 2**63, 10**40, 1e308, -0.0, "", " ", "x" * 300, "2026-02-30", "0001-01-01",
    "9999-12-31T23:59:59-23:59", "no_such_value", "'; drop table", "\u202e\ufeff", "\u0000", "\ud7ff", "1", [], {},
    [[]], {"a": 1}, [None], "tsk_00000000000000000000000000", "../../etc/passwd", "<b>", "=1+1", "٣", "NaN",
)  # fmt: skip
_ID = re.compile(r"\(\?:([a-z]+)_\[0-7\]")
_WORDS = ("101", "102", "king", "Two beds", "اتاق", "B-1", "B-2", "1", "x", "Kabul", "EUR", "Asia/Kabul", "fa-AF")
Known = Callable[[str], str | None]


@dataclass
class Maker:
    """Draws values; ids are mostly those that `known` gives for their prefix."""

    document: dict[str, Any]
    dice: random.Random
    known: Known
    oddness: float = 0.03
    _deep: int = field(default=0, init=False)

    def value(self, schema: dict[str, Any]) -> Any:
        """A value for this schema; now and then a strange one."""
        if self.dice.random() < self.oddness:
            return self.dice.choice(STRANGE)
        if "$ref" in schema:
            return self.value(self.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
        for options in (schema.get("anyOf"), schema.get("oneOf")):
            if options:
                return self.value(self.dice.choice(options))
        if "const" in schema:
            return schema["const"]
        if schema.get("enum"):
            return self.dice.choice(schema["enum"])
        make = getattr(self, f"_{schema.get('type', 'any')}", None)
        return make(schema) if make else self.dice.choice(STRANGE)

    def _object(self, schema: dict[str, Any]) -> Any:
        if not schema.get("properties"):
            return schema.get("examples", [{}])[0]
        self._deep += 1
        needed = set(schema.get("required", ()))
        optional = 0.4 / self._deep
        made = {
            name: self.value(one)
            for name, one in schema["properties"].items()
            if self.dice.random() < (0.98 if name in needed else optional)
        }
        self._deep -= 1
        return made | ({"no_such_field": 1} if self.dice.random() < self.oddness / 3 else {})

    def _array(self, schema: dict[str, Any]) -> Any:
        least = schema.get("minItems", 0)
        most = min(schema.get("maxItems", least + 3), least + 3)
        return [self.value(schema.get("items", {})) for _ in range(self.dice.randint(least, max(least, most)))]

    def _integer(self, schema: dict[str, Any]) -> Any:
        low = schema.get("minimum", schema.get("exclusiveMinimum", -1) + 1)
        high = schema.get("maximum", low + 300)
        return self.dice.choice((low, high, self.dice.randint(int(low), int(high))))

    def _number(self, schema: dict[str, Any]) -> Any:
        return self._integer(schema) / self.dice.choice((1, 2, 3))

    def _boolean(self, _: dict[str, Any]) -> Any:
        return self.dice.random() < 0.5

    def _null(self, _: dict[str, Any]) -> Any:
        return None

    def _string(self, schema: dict[str, Any]) -> Any:
        if found := _ID.search(schema.get("pattern", "")):
            prefix = found[1]
            return (self.dice.random() < 0.9 and self.known(prefix)) or encode(prefix, new_id())
        dice = self.dice
        day = f"2026-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
        clock = f"{dice.randint(0, 23):02}:{dice.randint(0, 59):02}:00"
        zone = dice.choice(("Z", "+04:30", "-11:00"))
        made = {"date": day, "time": clock, "date-time": f"{day}T{clock}{zone}"}.get(schema.get("format", ""))
        if made is None:
            made = dice.choice([*schema.get("examples", ()), *_WORDS])
        return made[: schema.get("maxLength", 60)].ljust(schema.get("minLength", 0), "x")
