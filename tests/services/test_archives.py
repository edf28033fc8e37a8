"""What stands in files, folders and zipped archives, each article with its place."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from app.services.archives import articles_in

ONE = '{"text": "Выдуманная новость."}'
FILES = {
    "a.txt": ("Новость.".encode(), [("", {"text": "Новость."})]),
    "b.html": (b"<p>x</p>", [("", {"text": "<p>x</p>"})]),
    "c.json": (ONE.encode(), [("", {"text": "Выдуманная новость."})]),
    "d.json": (f"[{ONE}, 5]".encode(), [("#0", {"text": "Выдуманная новость."}), ("#1", 5)]),
    "e.ndjson": (f"\ufeff{ONE}\n\n{{\n5".encode(), [(":1", {"text": "Выдуманная новость."}), (":3", None), (":4", 5)]),
    "f.jsonl.gz": (gzip.compress(ONE.encode()), [(":1", {"text": "Выдуманная новость."})]),
    "g.csv": ('text,url\n"два\nряда",\n'.encode(), [(":3", {"text": "два\nряда"})]),
    "h.txt": (b"\xff", [("", None)]),
    "i.zip": (b"no archive", [("", None)]),
    "j.json.gz": (b"no gzip", [("", None)]),
    "k.json.gz": (gzip.compress(ONE.encode())[:10] + b"\xff" * 30, [("", None)]),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_its_articles(tmp_path: Path, name: str) -> None:
    body, expected = FILES[name]
    (tmp_path / name).write_bytes(body)
    found = list(articles_in([tmp_path / name]))
    assert [(one.place, one.fields) for one in found] == [(f"{tmp_path / name}{place}", fields) for place, fields in expected]
    assert all((one.fields is None) == (one.wrong is not None) for one in found)


def test_folders_and_archives_are_gone_through_in_the_order_of_names(tmp_path: Path) -> None:
    (tmp_path / "z").mkdir()
    (tmp_path / "z" / "a.txt").write_text("3")
    (tmp_path / "picture.png").write_bytes(b"")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as archive:
        for name in ("2.txt", "folder/1.txt", "picture.png"):
            archive.writestr(name, name)
    assert [one.place.removeprefix(f"{tmp_path}/") for one in articles_in([tmp_path])] == [
        "b.zip/2.txt", "b.zip/folder/1.txt", "z/a.txt",
    ]  # fmt: skip


def test_a_damaged_or_locked_member_leaves_the_others(tmp_path: Path) -> None:
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("1.txt", "2.txt", "3.txt", "__MACOSX/._1.txt"):
            archive.writestr(name, f"news {name}")
    body = bytearray(file.read_bytes())
    body[body.index(b"news 1.txt")] ^= 1
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        second = body.index(header, body.index(header) + 1)
        body[second + flags] |= 1  # wants a password
    file.write_bytes(body)
    found = list(articles_in([file]))
    assert [(one.place, one.fields) for one in found] == [
        (f"{file}/1.txt", None), (f"{file}/2.txt", None), (f"{file}/3.txt", {"text": "news 3.txt"}),
    ]  # fmt: skip
    assert "password" in str(found[1].wrong)
