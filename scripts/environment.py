"""Makes the virtual environments of this project from requirements/*.txt; standard library only, called by scripts/bootstrap."""

from __future__ import annotations

import fcntl
import hashlib
import json
import shutil
import subprocess
import sys
import tomllib
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A dev environment serves as a runtime one; the benchmark's models and the generators of clients stay out of both.
HOMES = {"runtime": ".venv", "dev": ".venv", "bench": ".venv-bench", "sdk": ".venv-sdk"}
ALSO: dict[str, tuple[str, ...]] = {"dev": ("runtime",)}
# What only writes files knows nothing of the project that it stands beside.
ALONE = {"sdk"}
# Locked too, but installed without what they ask for.
BARE = {"bench": "bench-models.txt"}


def main(group: str) -> None:
    home = ROOT / HOMES[group]
    if satisfied(home, group):
        return
    with only_one(home):
        if not satisfied(home, group):  # another process may have made it while this one waited
            make(home, group)


def satisfied(home: Path, group: str) -> bool:
    return stamps(home).get(group) == wanted(home, group) and (home / "bin" / "python").exists()


def wanted(home: Path, group: str) -> str:
    """What an up-to-date environment carries: the lock, the project's entry points, the interpreter and the place."""
    project = None if group in ALONE else tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    locks = [f"{group}.txt", *([BARE[group]] if group in BARE else [])]
    parts = [
        *((ROOT / "requirements" / lock).read_text("utf-8") for lock in locks),
        json.dumps(project, sort_keys=True),
        str(home),
    ]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def stamps(home: Path) -> dict[str, str]:
    try:
        found = json.loads((home / "bilateral-stamp.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) and found.get("home") == str(home) else {}


@contextmanager
def only_one(home: Path) -> Iterator[None]:
    """Two starts at once would write into one environment; the kernel frees this lock even if its holder is killed."""
    locks = ROOT / ".cache"
    locks.mkdir(exist_ok=True)
    with open(locks / f"{home.name}.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print(f"Waiting for another process that is making {home.name} …", file=sys.stderr)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make(home: Path, group: str) -> None:
    print(f"Making the environment {home.name} ({group}); this happens once for each version of the lock.", file=sys.stderr)
    kept = stamps(home)
    if not kept or not runs(home):
        create(home)
    (home / "bilateral-stamp.json").unlink(missing_ok=True)  # a half-made environment must not look finished
    lock = ROOT / "requirements" / f"{group}.txt"
    pip(home, ["--require-hashes", "--requirement", str(lock)], expected=lock.read_text("utf-8").count("=="))
    if group in BARE:
        pip(home, ["--no-deps", "--require-hashes", "--requirement", str(ROOT / "requirements" / BARE[group])])
    if group not in ALONE:
        pip(home, ["--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)])
    fresh = {name: wanted(home, name) for name in (group, *ALSO.get(group, ()))}
    (home / "bilateral-stamp.json").write_text(json.dumps({"home": str(home), **fresh}), "utf-8")


def runs(home: Path) -> bool:
    """Whether the environment's interpreter still starts and is still the version that it was made with."""
    ask = [str(home / "bin" / "python"), "-c", "import pip, sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(ask, capture_output=True, text=True, check=False)
    except OSError:
        return False
    return answer.returncode == 0 and answer.stdout.split() == [str(part) for part in sys.version_info[:2]]


def create(home: Path) -> None:
    if home.exists():
        shutil.rmtree(home)
    try:
        import ensurepip  # noqa: F401  Debian ships Python without it, and venv then fails half-way
    except ImportError:
        fail(
            f"{sys.executable} cannot make virtual environments: it has no ensurepip. Debian and Ubuntu: apt install python3-venv"
        )
    venv.create(home, with_pip=True)


def pip(home: Path, arguments: list[str], expected: int = 0) -> None:
    """Installs, showing one moving line on a terminal; pip's own words are shown only if it fails."""
    command = [str(home / "bin" / "python"), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", *arguments]
    said: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        assert running.stdout is not None
        for line in running.stdout:
            said.append(line)
            show(line, sum(each.startswith("Collecting ") for each in said), expected)
    show("", 0, 0)
    if running.returncode:
        sys.stderr.writelines(said[-30:])
        fail("pip could not install the locked requirements; its last words are above. Nothing is lost: run the command again.")


def show(line: str, done: int, expected: int) -> None:
    if not sys.stderr.isatty():
        return
    word = line.split()[1].partition("=")[0] if line.startswith("Collecting ") else line.split(":")[0].strip()[:40]
    progress = f"  {done}/{expected} {word}" if expected else ""
    print(f"\r\033[K{progress}", end="", file=sys.stderr, flush=True)


def fail(reason: str) -> None:
    sys.exit(f"scripts/bootstrap: {reason}")


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else "runtime"
    if len(sys.argv) > 2 or asked not in HOMES:
        fail(f"usage: scripts/bootstrap [{'|'.join(HOMES)}]")
    main(asked)
