"""Makes clients from openapi/openapi.json, and has it looked over; called by scripts/sdk and scripts/lint_openapi.

What was made from the same document, by the same tools, is not made again: each result carries a digest of what it came from.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent.parent
SDK, DOCUMENT = ROOT / "sdk", ROOT / "openapi" / "openapi.json"
TOOLS = SDK / "node_modules" / ".bin"
# Of what the locked tools ask for.
NODE = (20, 19)
# Tells callers that nothing is wrong with the project: what is needed is not on this machine.
NOT_AT_HAND = 3


def main() -> None:
    parser = argparse.ArgumentParser(prog="scripts/sdk")
    parser.add_argument("what", choices=("make", "lint"))
    parser.add_argument("languages", nargs="*", metavar="language", help=f"of {', '.join(CLIENTS)}; all if none is named")
    parser.add_argument("--into", type=Path, default=SDK / "built", help="the folder that gets one folder a language")
    asked = parser.parse_args()
    if unknown := sorted(set(asked.languages) - set(CLIENTS)):
        parser.error(f"no client is made for {', '.join(unknown)}; these are: {', '.join(CLIENTS)}")
    if asked.what == "lint":
        with fresh(
            ROOT / ".cache" / "openapi-lint", [SDK / "spectral.yaml", SDK / "redocly.yaml", SDK / "package-lock.json"]
        ) as draft:
            if draft:
                lint()
        return
    for language in asked.languages or CLIENTS:
        home = asked.into.resolve() / language
        with fresh(
            home, [ROOT / "requirements" / "sdk.txt", SDK / "package-lock.json", *sorted((SDK / language).rglob("*"))]
        ) as draft:
            if draft:
                CLIENTS[language](draft)
        print(home)


def make_python(home: Path) -> None:
    """The generator warns of media types that it cannot send (text/plain, NDJSON); whatever else it says is a fault."""
    beside = Path(sys.executable).parent
    said = ran(
        [beside / "openapi-python-client", "generate", "--path", DOCUMENT, "--output-path", home, "--overwrite", "--meta", "uv",
         "--config", SDK / "python" / "config.yml", "--custom-template-path", SDK / "python" / "templates"],
        PATH=f"{beside}{os.pathsep}{os.environ['PATH']}",
    )  # fmt: skip
    faults = re.findall(
        r"^(?:WARNING|ERROR|Error|Unable)\b.*(?:\n\n(?!Unsupported content type (?:text/|application/x-ndjson)).*)",
        said,
        re.MULTILINE,
    )
    if faults:
        fail("\n".join(faults))


def make_typescript(home: Path) -> None:
    need_node()
    mine = SDK / "typescript"
    shutil.copytree(mine, home, ignore=shutil.ignore_patterns("*.ts", "*.mjs"), dirs_exist_ok=True)
    config = mine / "openapi-ts.config.mjs"
    ran([TOOLS / "openapi-ts", "--file", config], OPENAPI=str(DOCUMENT), OUTPUT=str(home / "src" / "generated"))
    shutil.copy(mine / "index.ts", home / "src")
    ran([TOOLS / "tsc", "--project", home])


CLIENTS: dict[str, Callable[[Path], None]] = {"python": make_python, "typescript": make_typescript}


def lint() -> None:
    need_node()
    ran([TOOLS / "spectral", "lint", DOCUMENT, "--ruleset", SDK / "spectral.yaml", "--fail-severity", "warn", "--quiet"])
    said = ran([TOOLS / "redocly", "lint", DOCUMENT, "--config", SDK / "redocly.yaml"], REDOCLY_TELEMETRY="off")
    if "warning" in said.split("validating", 1)[-1]:
        fail(said)


@contextmanager
def fresh(home: Path, sources: list[Path]) -> Iterator[Path | None]:
    """Where to make what shall stand in `home`, which takes its place when it is done; None where nothing has changed."""
    told = [path.read_bytes() for path in (DOCUMENT, Path(__file__), *sources) if path.is_file()]
    digest, stamp = hashlib.sha256(b"\0".join(told)).hexdigest(), "made-from.sha256"
    home.parent.mkdir(parents=True, exist_ok=True)
    with alone(home.name):
        if home.is_dir() and any(home.iterdir()) and not (home / stamp).exists():
            fail(f"{home} holds something that was not made here; it is left as it is")
        if (home / stamp).exists() and (home / stamp).read_text() == digest:
            yield None
            return
        draft = home.with_name(f"{home.name}.draft")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir()
        yield draft
        (draft / stamp).write_text(digest)
        shutil.rmtree(home, ignore_errors=True)
        draft.rename(home)


@contextmanager
def alone(name: str) -> Iterator[None]:
    """Two processes at once would write into one folder; the kernel frees the lock even if its holder is killed."""
    locks = ROOT / ".cache"
    locks.mkdir(exist_ok=True)
    with open(locks / f"sdk-{name}.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def need_node() -> None:
    """Node's tools as sdk/package-lock.json has them, installed once for each version of it."""
    if not (node := shutil.which("node")) or not (npm := shutil.which("npm")):
        fail("this needs Node.js with npm, which is not on this machine", NOT_AT_HAND)
    version = ran([node, "--version"]).strip().removeprefix("v")
    if tuple(map(int, version.split(".")[:2])) < NODE:
        fail(f"this needs Node.js {NODE[0]}.{NODE[1]} or later; this machine has {version}", NOT_AT_HAND)
    lock, stamp = SDK / "package-lock.json", SDK / "node_modules" / "made-from.json"
    with alone("node_modules"):
        if not stamp.exists() or stamp.read_bytes() != lock.read_bytes():
            print("Fetching Node's tools; this happens once for each version of their lock.", file=sys.stderr)
            install(npm)
            stamp.write_bytes(lock.read_bytes())


def install(npm: str) -> None:
    answer = subprocess.run([npm, "ci", "--no-progress"], cwd=SDK, capture_output=True, text=True, check=False)
    if answer.returncode:
        away = re.search(
            r"\b(ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|E403|E407|ENOTCACHED)\b", answer.stderr
        )
        fail(f"npm could not fetch Node's tools:\n{answer.stderr[-2_000:]}", NOT_AT_HAND if away else 1)


def ran(command: list[str | Path], **environment: str) -> str:
    """What the command says, if it succeeds."""
    answer = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, check=False, cwd=ROOT, env=os.environ | environment
    )
    if answer.returncode:
        fail(f"{Path(command[0]).name} failed:\n{answer.stdout[-6_000:]}{answer.stderr[-3_000:]}")
    return answer.stdout + answer.stderr


def fail(reason: str, status: int = 1) -> NoReturn:
    print(f"scripts/sdk: {reason}", file=sys.stderr)
    sys.exit(status)


if __name__ == "__main__":
    main()
