"""The OpenAPI document as the API really is: ids as TypeIDs, errors as problems."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from fastapi import FastAPI

from serai.kernel.ids import encode
from serai.runtime.http.bodies import pattern
from serai.runtime.http.problems import MEDIA
from serai.runtime.wire import to_json

_AREA = re.compile(r"serai__(?:areas__|access__)?([a-z_]+?)__(?:\w+__)?(\w+)")
_PARAMETER = re.compile(r"{(\w+)(?::(\w+))?}")
_EXAMPLE = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
_FIRST_ERROR = "400"
TOKEN = {"type": "http", "scheme": "bearer", "description": "`access_token` of POST /auth/token, or an API key."}


def describe(app: FastAPI, paths: Iterable[str]) -> Callable[[], dict[str, Any]]:
    """What `app.openapi` shall be; `paths` are the declared ones, with the prefix of each id in them."""
    prefixes = {_PARAMETER.sub(r"{\1}", path): dict(_PARAMETER.findall(path)) for path in paths}
    plain = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = app.openapi_schema = _short(plain())
            document.setdefault("components", {})["securitySchemes"] = {"token": TOKEN}
            for path, item in document["paths"].items():
                for operation in item.values():
                    _correct(operation, prefixes.get(path, {}))
        return plain()

    return openapi


def _short(document: dict[str, Any]) -> dict[str, Any]:
    """Schemas of one name in several areas carry the area's name, not that of their module."""
    names = {name: _AREA.sub(_called, name) for name in document["components"]["schemas"] if "__" in name}
    text = to_json(document).decode()
    for name, short in names.items():
        text = text.replace(f'"{name}"', f'"{short}"').replace(f'/{name}"', f'/{short}"')
    return json.loads(text)


def _called(found: re.Match[str]) -> str:
    return found[1].title().replace("_", "") + found[2]


def _correct(operation: dict[str, Any], prefixes: dict[str, str]) -> None:
    operation["security"] = [] if "x-public" in operation else [{"token": []}]
    for one in operation.get("parameters", ()):
        if one["in"] == "path" and (prefix := prefixes.get(one["name"])):
            one["schema"] = path_id(prefix)
    for status, answer in operation["responses"].items():
        if status >= _FIRST_ERROR and "application/json" in answer.get("content", {}):
            answer["content"] = {MEDIA: answer["content"]["application/json"]}


def path_id(prefix: str) -> dict[str, Any]:
    """The schema of an id in a path."""
    return {"type": "string", "pattern": f"^{pattern(prefix)}$", "examples": [encode(prefix, _EXAMPLE)]}
