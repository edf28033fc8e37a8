"""Whose article it is, and of which country: by a copyright line, by the address, by the catalogue."""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import urlsplit

from app.pipeline.page.header_credits import Outlets
from app.pipeline.page.lines import Line

_OWNER = re.compile(r"(?:©|\([cс]\)|copyright)[\s\d,–—-]*([^\n]{2,80})", re.IGNORECASE)
_YEARS = re.compile(r"[\s,]*(?:19|20)\d\d.*$")
_QUOTED = re.compile(r"[«“\"„]([^«»“”\"„\n]{2,60})[»”\"]")
# Domains that say nothing of a country although they have two letters, and those that say another one.
_WORLDWIDE = frozenset(("ai", "cc", "co", "eu", "fm", "io", "me", "tv", "ws"))
_DOMAIN_COUNTRIES = {"uk": "GB", "su": "RU", "рф": "RU", "xn--p1ai": "RU", "қаз": "KZ", "xn--80ao21a": "KZ"}


def find_owner(lines: tuple[Line, ...], outlets: Outlets) -> str | None:
    """The outlet of a copyright line at the foot: «© ТОО "Новости", 2020»."""
    for line in lines[-12:]:
        owner = _OWNER.match(line.shown[:160])
        if owner:
            name = _YEARS.sub("", owner[1]).strip(" .,|")
            quoted = _QUOTED.search(name)
            known = outlets.find(name) or (outlets.find(quoted[1]) if quoted else None)
            return known.name if known else (quoted[1] if quoted else name) or None
    return None


def site_at(url: str | None, outlets: Outlets) -> str | None:
    """The outlet at whose address the article stands."""
    host = _host(url)
    known = outlets.find(host) if host else None
    return known.name if known else None


def country_of(publisher: str | None, url: str | None, outlets: Outlets, countries: Container[str]) -> str | None:
    """The outlet's country by the catalogue, else by the ending of its address where that is a country."""
    for name in (publisher, _host(url)):
        known = outlets.find(name) if name else None
        if known and known.country:
            return known.country
    return next((code for name in (_host(url), publisher) if name and (code := _domain_country(name)) in countries), None)


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        return urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None


def _domain_country(name: str) -> str | None:
    domain = name.casefold().rpartition(".")
    if not domain[0] or " " in name or domain[2] in _WORLDWIDE:
        return None
    if domain[2] in _DOMAIN_COUNTRIES:
        return _DOMAIN_COUNTRIES[domain[2]]
    return domain[2].upper() if len(domain[2]) == 2 and domain[2].isascii() and domain[2].isalpha() else None
