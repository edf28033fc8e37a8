"""Which kinds of body are read, and how their bytes become text."""

from __future__ import annotations

import codecs
from email.message import Message
from typing import NamedTuple

from starlette.datastructures import Headers

from app.api.compressed import is_gzip
from app.errors import BadRequest, UnsupportedMediaType

JSON, PLAIN, HTML = "application/json", "text/plain", "text/html"
ACCEPTED = (JSON, PLAIN, HTML)

_POINTER = "/header/content-type"
# Encodings of text that the web uses (and kz1048, the Kazakh one); Python knows others that are no such thing.
_CHARSETS = frozenset(
    codecs.lookup(name).name
    for name in (
        "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "ascii", "koi8-r", "koi8-u", "cp866", "mac-cyrillic", "kz1048",
        "ptcp154", "gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr",
        *(f"cp{number}" for number in range(1250, 1259)), *(f"iso8859-{part}" for part in range(1, 17) if part != 12),
    )
)  # fmt: skip
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# A page declares its charset within its first 1,024 bytes (HTML standard, 4.2.5.4).
_PROLOGUE = 1_024


class MediaType(NamedTuple):
    name: str
    charset: str | None


def media_type(headers: Headers) -> MediaType:
    """The kind of body that is announced; UnsupportedMediaType where it is missing or not read here."""
    is_gzip(headers)
    name = named(headers, ACCEPTED)
    message = Message()
    message["content-type"] = headers["content-type"]
    charset = message.get_param("charset")
    return MediaType(name, _known(charset) if isinstance(charset, str) else None)


def named(headers: Headers, accepted: tuple[str, ...]) -> str:
    """The media type that is announced, if it is one of the accepted."""
    announced = headers.get("content-type")
    if announced is None:
        raise UnsupportedMediaType(f"There is no Content-Type; these are read: {', '.join(accepted)}.", pointer=_POINTER)
    message = Message()
    message["content-type"] = announced
    name = message.get_content_type()
    if name not in accepted or announced.partition(";")[0].strip().lower() != name:
        raise UnsupportedMediaType(f"This Content-Type is not read; these are: {', '.join(accepted)}.", pointer=_POINTER)
    return name


def decode(body: bytes, kind: MediaType) -> str:
    """The body as text: a byte order mark says its charset first, then the header, then an HTML page itself."""
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return _decoded(body[len(mark) :], charset)
    declared = _declared_in(body) if kind.name == HTML and kind.charset is None else None
    charset = kind.charset or declared or "utf-8"
    if kind.name == JSON and charset not in ("utf-8", "ascii"):
        raise UnsupportedMediaType("JSON is read as UTF-8 only.", pointer=_POINTER)
    return _decoded(body, charset)


def _decoded(body: bytes, charset: str) -> str:
    try:
        return body.decode(charset)
    except UnicodeDecodeError as error:
        raise BadRequest(f"The body is not {charset}: the byte at {error.start} cannot be decoded.", pointer="") from None


def _known(label: str) -> str:
    try:
        name = codecs.lookup(label.strip().lower().removeprefix("x-")).name
    except (LookupError, ValueError):
        name = ""
    if name not in _CHARSETS:
        raise UnsupportedMediaType("This charset is not read.", pointer=_POINTER)
    return name


def _declared_in(page: bytes) -> str | None:
    """The charset that a `<meta>` names; a page that was read this far is not UTF-16, whatever it says."""
    for piece in page[:_PROLOGUE].lower().split(b"<meta")[1:]:
        _, found, rest = piece.partition(b">")[0].partition(b"charset")
        name = rest.lstrip().removeprefix(b"=").lstrip(b" \t\n\"'")
        label = name.partition(b";")[0].split(b'"')[0].split(b"'")[0].split()
        if found and label:
            charset = _known_or_none(label[0].rstrip(b"/").decode("ascii", "replace"))
            return "utf-8" if charset and charset.startswith("utf-16") else charset
    return None


def _known_or_none(label: str) -> str | None:
    try:
        return _known(label)
    except UnsupportedMediaType:
        return None
