"""Archives on disk: files, folders and zipped archives of articles, each article with where it was found."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

_TEXT, _PAGE, _LINES = (".txt", ".text"), (".html", ".htm", ".xhtml"), (".ndjson", ".jsonl")
_LONGEST_FIELD = 10_000_000
_UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile)
_LOCKED = (RuntimeError, NotImplementedError)
"""What the standard library says where a member wants a password, or is packed in a way that it does not know."""
_OF_A_DESKTOP = "._"
"""What macOS puts into archives beside each file: no article, whatever its name ends with."""


class Found(NamedTuple):
    """An article as it stands in its file: the members of a submission, or None with what is wrong with the file."""

    place: str
    fields: Any
    wrong: str | None = None


def articles_in(paths: Iterable[Path]) -> Iterator[Found]:
    """In the order of names, alike each time; files of no kind that is read here are passed over in folders."""
    for path in paths:
        if path.is_dir():
            files = sorted(file for file in path.rglob("*") if file.is_file() and _is_read(file.name))
            yield from (found for file in files for found in _file(file))
        else:
            yield from _file(path)


def _is_read(name: str) -> bool:
    path = PurePosixPath(name.lower().removesuffix(".gz"))
    return not path.name.startswith(_OF_A_DESKTOP) and path.suffix in (*_TEXT, *_PAGE, *_LINES, ".json", ".csv", ".zip")


def _file(path: Path) -> Iterator[Found]:
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                for member in sorted(info.filename for info in archive.infolist() if not info.is_dir()):
                    if _is_read(member) and not member.lower().endswith(".zip"):
                        yield from _member(archive, member, f"{path}/{member}")
        else:
            yield from _content(str(path), path.read_bytes())
    except _UNREADABLE as error:
        yield _wrong(str(path), error)


def _member(archive: zipfile.ZipFile, member: str, place: str) -> Iterator[Found]:
    """One that is damaged or locked leaves the others."""
    try:
        body = archive.read(member)
    except (*_UNREADABLE, *_LOCKED) as error:
        yield _wrong(place, error)
    else:
        yield from _content(place, body)


def _wrong(place: str, error: Exception) -> Found:
    return Found(place, None, f"The file cannot be read: {error}.")


def _content(place: str, body: bytes) -> Iterator[Found]:
    name = place.lower()
    if name.endswith(".gz"):
        name = name.removesuffix(".gz")
        try:
            body = gzip.decompress(body)
        except _UNREADABLE as error:
            yield _wrong(place, error)
            return
    suffix = PurePosixPath(name).suffix
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        yield Found(place, None, f"This is not UTF-8: the byte at {error.start} cannot be decoded.")
        return
    if suffix in _LINES:
        yield from _lines(place, text)
    elif suffix == ".json":
        yield from _json(place, text)
    elif suffix == ".csv":
        yield from _rows(place, text)
    else:
        yield Found(place, {"text": text})


def _lines(place: str, text: str) -> Iterator[Found]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield from _json(f"{place}:{number}", line)


def _json(place: str, text: str) -> Iterator[Found]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        yield Found(place, None, f"This is not JSON: {error}.")
        return
    if isinstance(value, list):
        yield from (Found(f"{place}#{number}", fields) for number, fields in enumerate(value))
    else:
        yield Found(place, value)


def _rows(place: str, text: str) -> Iterator[Found]:
    """The first line names the members of a submission; an empty cell is none."""
    csv.field_size_limit(_LONGEST_FIELD)
    rows = csv.DictReader(io.StringIO(text, newline=""))
    try:
        for row in rows:
            fields = {str(name): value for name, value in row.items() if value not in (None, "")}
            yield Found(f"{place}:{rows.line_num}", fields)
    except csv.Error as error:
        yield Found(f"{place}:{rows.line_num}", None, f"The table cannot be read further: {error}.")
