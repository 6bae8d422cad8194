"""Areas are entered through their gates, and planted wrong imports are found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.borders import crossings
from tests.architecture.source import ROOT, SRC, product, snippet

PLANTS = {
    "kernel looks up": ("kernel/ids.py", "from serai.runtime import work", "Floors"),
    "runtime knows a hotel word": ("runtime/work.py", "from serai.areas.spaces import model", "Floors"),
    "access reaches into an area": ("access/tenancy/service.py", "from serai.areas.stays import service", "Floors"),
    "views react": ("views/__init__.py", "import serai.flows", "Floors"),
    "a new folder has no floor": ("cellar/__init__.py", '"""Nobody planned it."""', "Floors"),
    "a neighbour is called": ("areas/spaces/service.py", "from serai.areas.stays import service as other", "Tiers"),
    "a lower tier calls a higher": (
        "areas/stays/service.py",
        "from serai.areas.housekeeping import service as up",
        "Tiers",
    ),
    "a new area has no tier": ("areas/cellar/slice.py", '"""Nobody planned it."""', "Tiers"),
    "a store calls its service": ("areas/spaces/store.py", "from serai.areas.spaces import service", "Storeys"),
    "a new storey": ("areas/spaces/helpers.py", '"""Everything else."""', "Storeys"),
    "the database calls the work": ("runtime/db/rows.py", "from serai.runtime import work", "Machinery"),
    "a model validates with pydantic": ("areas/spaces/model.py", "import pydantic", "pure"),
    "an event knows the runtime": ("areas/stays/events.py", "from serai.runtime.db import rows", "pure"),
    "the kernel speaks SQL": ("kernel/event.py", "import asyncpg", "pure"),
    "an area reads settings": ("areas/spaces/service.py", "from serai.runtime import settings", "settings"),
    "the runtime reads settings": ("runtime/work.py", "from serai.runtime import settings", "settings"),
    "a circle": ("kernel/clock.py", "from serai.kernel import ids", "circle"),
}
OVER_THE_WALL = (
    ("serai.flows.turnover", "from serai.areas.spaces import store"),
    ("serai.flows.turnover", "from serai.areas.spaces.store import lock"),
    ("serai.flows.turnover", "import serai.areas.spaces.tables"),
    ("serai.flows.turnover", "from serai.areas.spaces import slice"),
    ("serai.flows.turnover", "from serai.areas.spaces import *"),
    ("serai.flows.turnover", "from serai.areas import spaces"),
    ("serai.areas.housekeeping.service", "from serai.areas.spaces.api import RoomOut"),
    ("serai.areas.housekeeping.service", "from ..spaces import store"),
    ("serai.areas.housekeeping.service", "def late():\n    from serai.areas.spaces import tables"),
    ("serai.areas.spaces.service", "from serai.access.tenancy import store"),
    ("serai.assembly", "from serai.areas.spaces import api"),
)
THROUGH_THE_GATE = (
    ("serai.flows.turnover", "from serai.areas.spaces import events, model, service"),
    ("serai.areas.spaces.service", "from serai.areas.spaces import store"),
    ("serai.areas.spaces.service", "from . import store, tables"),
    ("serai.assembly", "from serai.areas.spaces import slice as spaces"),
    ("serai.areas.spaces.service", "from serai.access.tenancy.service import get_property"),
    ("serai.access.identity.tables", "from serai.access.tenancy import tables"),
)


def test_areas_are_entered_through_their_gates() -> None:
    found = [str(finding) for module in product() for finding in crossings(module)]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(("name", "text"), OVER_THE_WALL)
def test_climbing_over_the_wall_is_found(name: str, text: str) -> None:
    assert list(crossings(snippet(text, name)))


@pytest.mark.parametrize(("name", "text"), THROUGH_THE_GATE)
def test_going_through_the_gate_is_let_pass(name: str, text: str) -> None:
    assert not list(crossings(snippet(text, name)))


def test_the_import_contracts_are_kept(tmp_path: Path) -> None:
    broken, output = _lint(_copy(tmp_path))
    assert not broken, output
    assert " 0 broken" in output, output


@pytest.mark.slow
@pytest.mark.parametrize("plant", PLANTS)
def test_a_planted_import_breaks_its_contract(plant: str, tmp_path: Path) -> None:
    place, line, contract = PLANTS[plant]
    house = _copy(tmp_path)
    path = house / "serai" / place
    path.parent.mkdir(exist_ok=True)
    (path.parent / "__init__.py").touch()
    old = path.read_text(encoding="utf-8") if path.exists() else '"""Planted."""\n'
    path.write_text(f"{old}\n{line}\n", encoding="utf-8")
    if contract == "circle":
        ids = house / "serai/kernel/ids.py"
        ids.write_text(f"{ids.read_text(encoding='utf-8')}\nfrom serai.kernel import clock\n", encoding="utf-8")
    broken, output = _lint(house)
    assert any(contract in name for name in broken), output


def _copy(folder: Path) -> Path:
    shutil.copytree(SRC / "serai", folder / "serai", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def _lint(house: Path) -> tuple[list[str], str]:
    """Run import-linter over a copy: the contracts that it calls broken, and all that it said."""
    tool = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [tool, "--no-logo", "--no-cache", "--config", ROOT / ".importlinter"],
        cwd=house,
        env={**os.environ, "PYTHONPATH": str(house), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    said = run.stdout + run.stderr
    return [line for line in run.stdout.splitlines() if line.rstrip().endswith("BROKEN")], said
