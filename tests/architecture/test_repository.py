"""What is kept belongs to nobody's machine, and documents tell the truth."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.source import ROOT, Finding

NEEDLES = {
    "a folder of one machine": re.compile(r"(?<![\w.:-])/(?:wor[k]|roo[t]|hom[e]|User[s])/\w"),
    "a file address": re.compile(r"fil[e]:///"),
    "the address of a package registry": re.compile(
        r"pyp[i]\.org|pythonhoste[d]\.org|registry\.npmj[s]|proxy\.golan[g]"
    ),
}
"""One letter of each stands in brackets, so that this file does not find itself."""
MARK = re.compile(r"`([\w.<>-]+(?:/[\w.<>-]*)+|[A-Z][A-Za-z]+\.md|\.[a-z]\w+)`")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)\s]*)?\)")
TARGET = re.compile(r"\bmake ([a-z]+(?:-[a-z]+)*)\b")


def foreign(where: str, text: str) -> Iterator[Finding]:
    """Paths of one machine and hosts of registries."""
    for number, line in enumerate(text.splitlines(), 1):
        for what, needle in NEEDLES.items():
            if found := needle.search(line):
                yield Finding(where, number, f"{what}: {found[0]}")


def missing_paths(text: str, area: str = "checklists") -> list[str]:
    """Paths in backticks that do not exist, `<area>` read as an area that does."""
    said = (path.replace("<area>", area) for path in MARK.findall(text))
    return [path for path in said if not (ROOT / path).exists()]


def broken_links(folder: Path, text: str) -> list[str]:
    """Links to files that are not there."""
    return [link for link in LINK.findall(text) if not (folder / link).exists()]


def test_nothing_kept_names_a_machine_or_a_registry() -> None:
    found = [str(one) for path in _tracked() for one in foreign(path, _read(path))]
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize("line", ["see /hom?/ann/serai/x.py", "--index-url https://pypi.?rg/simple", "fil?:///opt"])
def test_a_foreign_path_or_host_is_found(line: str) -> None:
    assert any(list(foreign("x.md", line.replace("?", letter))) for letter in "eo")


def test_every_path_in_add_an_area_exists() -> None:
    text = _read("docs/add-an-area.md")
    assert "src/serai/areas/<area>/service.py" in text
    assert not missing_paths(text)


def test_a_path_that_does_not_exist_is_found() -> None:
    assert missing_paths("`src/serai/areas/<area>/nowhere.py` and `src/serai/cellar/`") == [
        "src/serai/areas/checklists/nowhere.py",
        "src/serai/cellar/",
    ]


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md"])
def test_every_path_in_the_front_pages_exists(page: str) -> None:
    assert not missing_paths(_read(page))


def test_every_link_in_a_document_leads_somewhere() -> None:
    pages = [path for path in _tracked() if path.endswith(".md")]
    broken = [f"{page}: {link}" for page in pages for link in broken_links((ROOT / page).parent, _read(page))]
    assert not broken, "\n" + "\n".join(broken)


def test_a_broken_link_is_found() -> None:
    assert broken_links(ROOT, "[there](nowhere.md) [here](README.md#serai) [out](https://example.org)") == [
        "nowhere.md"
    ]


@pytest.mark.slow
def test_the_documentation_is_built_without_a_warning(tmp_path: Path) -> None:
    tool = Path(sys.executable).with_name("mkdocs")
    run = subprocess.run(
        [tool, "build", "--strict", "--quiet", "--site-dir", tmp_path / "site"],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert (tmp_path / "site/decisions/0001-floors-and-tiers/index.html").exists()


def test_every_target_that_a_document_names_is_in_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", _read("Makefile"), re.MULTILINE))
    pages = [path for path in _tracked() if path.endswith(".md")]
    spans = [(page, span) for page in pages for span in re.findall(r"`[^`\n]+`", _read(page))]
    named = {(page, target) for page, span in spans for target in TARGET.findall(span)}
    assert named
    assert not {(page, target) for page, target in named if target not in targets}


def test_every_decision_has_its_number_and_its_three_parts() -> None:
    pages = sorted((ROOT / "docs/decisions").glob("[0-9]*.md"))
    assert [page.name[:4] for page in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]
    for page in pages:
        headings = re.findall(r"^## (\w+)", page.read_text(encoding="utf-8"), re.MULTILINE)
        assert headings[:3] == ["Context", "Decision", "Consequences"], page.name


def test_every_word_of_the_glossary_stands_there_once() -> None:
    words = re.findall(r"^\*\*(.+?)\*\*", _read("docs/glossary.md"), re.MULTILINE)
    assert len(words) > 40
    assert sorted(words, key=str.casefold) == sorted(set(words), key=str.casefold)


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [path for path in listed.split("\0") if path and (ROOT / path).is_file()]


def _read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8", errors="replace")
