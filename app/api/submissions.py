"""From a request's bytes to an Article: measured, decoded, parsed and validated, in this order."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, NoReturn, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request

from app.api.compressed import read_unfolded
from app.api.faults import faults_of, invalid, pointer_to
from app.api.negotiation import JSON, MediaType, decode, media_type
from app.api.schemas.submission import ArticleMetadata, ArticleSubmission
from app.domain.text import Article
from app.errors import BadRequest, Fault, InvalidParameter, TooLarge, UnsupportedMediaType

WHOLE = ""
"""The JSON pointer to a whole document."""
_TOO_DEEP = "The JSON is nested too deeply."
Model = TypeVar("Model", bound=BaseModel)


class Received(NamedTuple):
    """A body as it came, and the limit that its text has to keep."""

    kind: MediaType
    body: bytes
    max_text_chars: int

    def json(self) -> dict[str, Any]:
        """The object in the body; UnsupportedMediaType where it is something else than JSON."""
        if self.kind.name != JSON:
            raise UnsupportedMediaType(f"This is sent as {JSON}.", pointer="/header/content-type")
        return _parsed(decode(self.body, self.kind))

    def article(self, known: ArticleMetadata) -> Article:
        """The article submitted; `known` is the metadata of the query string, for what the body does not say."""
        text = decode(self.body, self.kind)
        fields = _parsed(text) if self.kind.name == JSON else {"text": text}
        refuse_long(fields.get("text"), self.max_text_chars)
        submission = validated(ArticleSubmission, fields)
        given = known.model_dump(include=set(ArticleMetadata.model_fields))
        return Article(**given | submission.model_dump(exclude_none=True))


async def receive(request: Request, max_body_bytes: int, max_text_chars: int) -> Received:
    """Reads the body, once its kind is known to be one of ours."""
    kind = media_type(request.headers)
    return Received(kind, await read_unfolded(request, max_body_bytes), max_text_chars)


def _parsed(text: str) -> dict[str, Any]:
    """A JSON object; BadRequest where it is malformed, nested past reason, or says a member twice."""
    if not text.strip():
        raise InvalidParameter("The body is empty.", pointer="/text")
    try:
        value = json.loads(text, object_pairs_hook=_members, parse_constant=_refuse_constant)
    except RecursionError:
        raise BadRequest(_TOO_DEEP, pointer=WHOLE) from None
    except json.JSONDecodeError as error:
        raise BadRequest(f"The body is not JSON: {error}.", pointer=WHOLE) from None
    except ValueError:
        # The interpreter's limit on the digits of an integer; its own words are for programmers.
        raise BadRequest("The body holds a number that is too long.", pointer=WHOLE) from None
    if not isinstance(value, dict):
        raise InvalidParameter("The body is not a JSON object.", pointer=WHOLE)
    return value


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) < len(pairs):
        raise BadRequest("An object in the body has the same member twice.", pointer=WHOLE)
    return members


def _refuse_constant(name: str) -> NoReturn:
    raise BadRequest(f"The body is not JSON: {name} is no number.", pointer=WHOLE)


def refuse_long(text: object, limit: int) -> None:
    if isinstance(text, str) and len(text) > limit:
        raise TooLarge(f"The text is longer than {limit:,} characters.", pointer="/text")


def validated(model: type[Model], fields: dict[str, Any]) -> Model:
    """InvalidParameter with a pointer to each field that is not valid."""
    try:
        broken = [_broken(name) for name, value in fields.items() if _has_surrogate(name) or _has_surrogate(value)]
    except RecursionError:
        raise BadRequest(_TOO_DEEP, pointer=WHOLE) from None
    if broken:
        raise invalid(broken)
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        known = dict.fromkeys(model.model_fields, False)
        raise invalid(faults_of(error.errors(include_url=False, include_input=False), known, "field")) from None


def _has_surrogate(value: object) -> bool:
    """JSON can escape half a character (`\\ud800`); no encoding can carry it."""
    if isinstance(value, dict):
        return any(_has_surrogate(name) or _has_surrogate(within) for name, within in value.items())
    if isinstance(value, list):
        return any(map(_has_surrogate, value))
    return isinstance(value, str) and not _has_bytes(value)


def _has_bytes(text: str) -> bool:
    """Whether UTF-8 can say it; looking at each character in turn took longer than all the rest of validation."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _broken(name: str) -> Fault:
    return {"pointer": pointer_to([name]), "detail": "A lone surrogate is not a character."}
