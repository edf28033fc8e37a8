"""The page behind the `type` of every problem, and all of them as one document: written from one table."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from html import escape
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.errors import FAMILY, NotFound, Problem

_TABLE = Path(__file__).with_name("problems.toml")
_CODE = re.compile(r"`([^`]+)`")
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title>
<style>body{{font:1rem/1.5 sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem}}</style>
<h1>{title}</h1>
{body}
</html>
"""


def install(app: FastAPI) -> None:
    """`/problems` lists them, `/problems/invalid` is one."""

    def page(request: Request) -> HTMLResponse:
        kind = _kinds().get(request.path_params["name"])
        if kind is None:
            raise NotFound("There is no problem of this name; /problems lists them.")
        told = _table()[_name(kind)]
        body = (f"<p>{kind.status} · <code>{kind.type}</code></p><p>{_html(told['means'])}</p><h2>What to do</h2>"
                f"<p>{_html(told['do'])}</p>")  # fmt: skip
        return HTMLResponse(_PAGE.format(title=escape(kind.title), body=body))

    def index(request: Request) -> HTMLResponse:
        root = request.scope.get("root_path", "")
        lines = [f'<li>{kind.status} <a href="{root}{kind.type}">{escape(kind.title)}</a>' for kind in FAMILY]
        return HTMLResponse(_PAGE.format(title="Problems", body=f"<ul>{''.join(lines)}</ul>"))

    app.add_route("/problems", index, include_in_schema=False)
    app.add_route("/problems/{name}", page, include_in_schema=False)


def as_markdown() -> str:
    """`docs/problems.md`; the tests hold the two together."""
    told_first = "What `type` names in an `application/problem+json`. Made from `app/api/problems.toml`; each has a page."
    parts = [f"# Problems\n\n{told_first}\n"]
    for kind in FAMILY:
        told = _table()[_name(kind)]
        parts.append(f"## {kind.title}\n\n{kind.status} · `{kind.type}`\n\n{told['means']}\n\n*What to do:* {told['do']}\n")
    return "\n".join(parts)


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(_TABLE.read_text(encoding="utf-8"))


def _kinds() -> dict[str, type[Problem]]:
    return {_name(kind): kind for kind in FAMILY}


def _name(kind: type[Problem]) -> str:
    return kind.type.removeprefix("/problems/")


def _html(text: str) -> str:
    return _CODE.sub(r"<code>\1</code>", escape(text))
