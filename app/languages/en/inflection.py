"""How English spells its endings: -s, -ed and -ing put on and taken off."""

from __future__ import annotations

_VOWELS = "aeiou"
_SIBILANT = ("s", "x", "z", "ch", "sh")


def forms_in_s(word: str) -> list[str]:
    """The plural of a noun, or the third person of a verb."""
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return [word[:-1] + "ies"]
    if word.endswith(_SIBILANT) or (word.endswith("o") and word[-2:-1] not in _VOWELS):
        return [word + "es"]
    return [word + "s"]


def pasts(verb: str) -> list[str]:
    """The regular past, with the last consonant doubled or not where either may be right."""
    if verb.endswith("e"):
        return [verb + "d"]
    if verb.endswith("y") and verb[-2:-1] not in _VOWELS:
        return [verb[:-1] + "ied"]
    return [verb + "ed", *([verb + verb[-1] + "ed"] if _may_double(verb) else [])]


def present_participles(verb: str) -> list[str]:
    if verb.endswith("ie"):
        return [verb[:-2] + "ying"]
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return [verb[:-1] + "ing"]
    return [verb + "ing", *([verb + verb[-1] + "ing"] if _may_double(verb) else [])]


def singulars(word: str, ending: str = "s") -> list[str]:
    """What a word may be without its -s, -ed or -ing, the likeliest first."""
    if ending == "s":
        if word.endswith("ies") and len(word) > 4:
            return [word[:-3] + "y"]
        if word.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
            return [word[:-2], word[:-1]]
        return [word[:-1]]
    stem = word.removesuffix(ending)
    if ending == "ed" and stem.endswith("i"):
        return [stem[:-1] + "y"]
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "sl":
        return [stem[:-1]]
    return [stem, stem + "e"]


def _may_double(verb: str) -> bool:
    return len(verb) > 2 and verb[-1] not in "wxy" + _VOWELS and verb[-2] in _VOWELS and verb[-3] not in _VOWELS
