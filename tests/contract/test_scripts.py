"""The commands that the README promises: they start from anywhere, refuse what they cannot do, and say why."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = [path for path in (*(ROOT / "scripts").rglob("*"), ROOT / ".ci" / "run") if path.is_file() and not path.suffix]
DEMO = sorted((ROOT / "scripts" / "demo").glob("*.json"))


def run(script: str, *arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / script, *arguments], cwd=cwd, capture_output=True, text=True, check=False, env=os.environ | environment
    )


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_can_be_run_and_says_what_it_does(script: Path) -> None:
    lines = script.read_text("utf-8").splitlines()
    assert os.access(script, os.X_OK)
    assert lines[0].startswith("#!/usr/bin/env ")
    assert lines[1].startswith(("# ", '"""'))
    if "bash" in lines[0]:
        subprocess.run(["bash", "-n", script], check=True)


def test_bootstrap_has_nothing_to_do_in_an_environment_that_is_up_to_date(tmp_path: Path) -> None:
    started = time.monotonic()
    answer = run("scripts/bootstrap", "dev", cwd=tmp_path)
    assert (answer.returncode, answer.stdout + answer.stderr) == (0, "")
    assert time.monotonic() - started < 5  # under half a second on a quiet machine


def test_bootstrap_says_what_is_missing(tmp_path: Path) -> None:
    bare = tmp_path / "bin"
    bare.mkdir()
    (bare / "dirname").symlink_to("/usr/bin/dirname")
    answer = subprocess.run(
        ["/bin/bash", ROOT / "scripts" / "bootstrap"], capture_output=True, text=True, check=False, env={"PATH": str(bare)}
    )
    assert answer.returncode == 1
    assert "Python 3.11 or later" in answer.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--prot", "8000"], "unknown argument --prot"),
        (["--port"], "--port needs a number"),
        (["--port", "eighty"], "not eighty"),
        (["--data-dir"], "--data-dir needs a folder"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, list) else "",
)
def test_run_refuses_what_it_does_not_understand(tmp_path: Path, arguments: list[str], complaint: str) -> None:
    answer = run("scripts/run", *arguments, cwd=tmp_path)
    assert answer.returncode != 0
    assert complaint in answer.stderr


def test_run_names_a_taken_port_before_it_loads_anything(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        answer = run("scripts/run", "--port", str(taken.getsockname()[1]), "--data-dir", str(tmp_path / "data"), cwd=tmp_path)
    assert answer.returncode == 1
    assert "is taken" in answer.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("body", DEMO, ids=lambda path: path.stem)
def test_a_demonstration_article_says_that_it_is_invented(body: Path) -> None:
    article = json.loads(body.read_text("utf-8"))
    assert re.search("вымышлен|invented|ойдан шығарылған", article["publisher"])
    assert article["url"].startswith("https://example.org/")
    assert 1_200 <= len(article["text"]) <= 3_000


@contextmanager
def serving(tmp_path: Path, *arguments: str) -> Iterator[tuple[str, Path]]:
    """`scripts/run` from another folder, as a user starts it, until its server answers; ended as Ctrl+C ends it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = tmp_path / "log"
    command = [str(ROOT / "scripts" / "run"), "--port", str(port), "--data-dir", "a folder/with spaces", *arguments]
    with (
        open(log, "w") as out,
        subprocess.Popen(command, cwd=tmp_path, stdout=out, stderr=out, start_new_session=True) as running,
    ):
        try:
            wait_for(f"http://127.0.0.1:{port}/readyz", running, log)
            yield f"http://127.0.0.1:{port}", log
        finally:
            os.killpg(running.pid, signal.SIGINT)
            running.wait(20)


def wait_for(url: str, running: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    with httpx.Client(timeout=30) as client:
        while time.monotonic() < deadline:
            assert running.poll() is None, log.read_text("utf-8")
            try:
                if client.get(url).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8"))


def articles(url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = httpx.get(f"{url}/v1/articles", params={"limit": 200}, timeout=60).json()["items"]
    return found


@pytest.mark.skipif(shutil.which("curl") is None, reason="what the README and scripts/run say to try are lines of curl")
def test_a_newcomer_starts_it_and_follows_what_is_said_until_a_second_start(tmp_path: Path) -> None:
    with serving(tmp_path) as (url, log):
        assert sorted(item["external_id"] for item in articles(url)) == [f"demo-{path.stem}" for path in DEMO]
        follow_the_terminal(url, log)
        follow_the_readme(url)
        follow_its_other_lines(url)
    with serving(tmp_path) as (url, _):
        assert len(articles(url)) == len(DEMO) + 2, "the article of the example, and the one sent under a key"
    assert (tmp_path / "a folder" / "with spaces" / "bilateral.db").exists()


def follow_the_terminal(url: str, log: Path) -> None:
    time.sleep(1)  # the announcement follows the first connection
    said = log.read_text("utf-8")
    assert f"{url}/docs" in said
    answer = curl(next(line.strip() for line in said.splitlines() if line.strip().startswith("curl ")))
    assert [indicator["pair"] for indicator in answer["indicators"]] == ["KZ-RU", "KZ-RU"]
    assert [statement["speaker"]["id"] for statement in answer["statements"]] == ["kassym-jomart-tokayev"]


def follow_the_readme(url: str) -> None:
    """Beside the demonstration, as a reader of the README has it. What the README leaves out is not compared."""
    readme = (ROOT / "README.md").read_text("utf-8")
    steps = re.findall(r"```sh\n(curl.*?)```.*?```json\n(.*?)```", readme, flags=re.DOTALL)
    assert len(steps) == 4
    for command, shown in steps:
        assert_shows(json.loads(shown), curl(command.replace("http://127.0.0.1:8000", url)))


def follow_its_other_lines(url: str) -> None:
    """Each works as it stands, from the project's folder; the names in capitals are filled in from the answers before."""
    readme = (ROOT / "README.md").read_text("utf-8")
    (block,) = re.findall(r"```sh\n(#.*?)```", readme, flags=re.DOTALL)
    lines = re.findall(r"^curl .*$", block, flags=re.MULTILINE)
    ingest, extract, mentions, speakers, countries, *over_time, once, group, convert = lines[:11]
    first, following, search, export, history, repeated, correct, done, undo, again, delete = lines[11:]

    def ask(line: str) -> Any:
        return curl(line.replace("http://127.0.0.1:8000", url))

    article = ask(ingest)
    assert article["statements"]
    assert article["given"] == ["published_at", "publisher_country"]
    assert ask(extract)["indicators"]
    assert ask(mentions)["mentions"]["countries"]
    assert ask(speakers)["items"][0]["id"] == "nurlan-aytbekov-kz", "the likeliest first"
    assert len(ask(countries)["items"]) > 2
    series, compared, timeline = map(ask, over_time)
    assert (series["complete"], len(compared["items"]), bool(timeline["items"])) == (True, 2, True)
    assert ask(once)["items"]
    assert ask(group) == {"items": [], "next_cursor": None}, "the demonstration tells nothing twice"
    assert {figure["not_converted"] for figure in ask(convert)["items"]} == {"no_rate", "not_money"}, "nobody imported rates"
    page = ask(first)
    assert ask(following.replace("NEXT_CURSOR", page["next_cursor"]))["items"][0]["id"] != page["items"][0]["id"]
    assert all(item["highlights"] for item in ask(search)["items"])
    table = text_of(export.replace("http://127.0.0.1:8000", url)).splitlines()
    assert table[0].startswith("\ufeffid,stated_on,metric")
    assert len(table) > 3
    assert ask(history.replace("ARTICLE_ID", article["id"])) == {"items": [], "next_cursor": None}
    assert ask(repeated)["id"] == ask(repeated)["id"]
    figure = article["indicators"][0]["id"]
    tag = httpx.get(f"{url}/v1/indicators/{figure}").headers["ETag"]
    assert ask(correct.replace("INDICATOR_ID", figure).replace("ETAG", tag))["status"] == "planned"
    assert len(ask(done.replace("INDICATOR_ID", figure))["items"]) == 1
    assert ask(undo.replace("INDICATOR_ID", figure))["review"] == "unreviewed"
    assert ask(again.replace("ARTICLE_ID", article["id"]))["changed"] == []
    assert ask(delete.replace("ARTICLE_ID", article["id"])) is None
    assert article["id"] not in [item["id"] for item in articles(url)]


def curl(line: str) -> Any:
    answer = text_of(line)
    return json.loads(answer) if answer else None


def text_of(line: str) -> str:
    return subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def assert_shows(shown: Any, real: Any, at: str = "") -> None:
    if isinstance(shown, dict):
        for key, value in shown.items():
            assert_shows(value, real[key], f"{at}/{key}")
    elif isinstance(shown, list):
        for place, value in enumerate(shown):
            assert_shows(value, real[place], f"{at}/{place}")
    else:
        assert shown == real, at


@pytest.mark.long
def test_invented_articles_never_join_real_ones(tmp_path: Path) -> None:
    with serving(tmp_path, "--no-demo") as (url, _):
        assert articles(url) == []
        own = {"text": "Своя статья редакции, и больше ничего."}
        assert httpx.post(f"{url}/v1/articles", json=own, timeout=60).status_code == 201
    with serving(tmp_path) as (url, _):
        assert len(articles(url)) == 1
