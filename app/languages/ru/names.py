"""The declension of personal names that no dictionary knows: by ending, for names of every origin.

Source: the rules for surnames and given names in "Русская грамматика" (1980) and the reference works on
the declension of foreign names: a masculine name in a consonant declines, one in -о, -е, -и, -у, -ю does not,
feminine names in a consonant do not.
"""

from __future__ import annotations

from app.languages.pack import Reading

# Endings of the oblique cases of masculine names whose nominative ends in a consonant.
_MASCULINE = {"gen": ("а", "я"), "acc": ("а", "я"), "dat": ("у", "ю"), "ins": ("ом", "ем", "ым", "им"), "loc": ("е",)}
# Surnames in -ов, -ев, -ин, -ын keep their suffix before the ending; so the nominative is what is left.
_FEMININE = {"gen": ("ой", "ы", "и"), "acc": ("у", "ю"), "dat": ("ой", "е", "и"), "ins": ("ой", "ей"), "loc": ("ой", "е", "и")}
# Surnames that decline like adjectives.
_ADJECTIVAL: tuple[tuple[dict[str, tuple[str, ...]], str], ...] = (
    ({"ский": ("nom",), "цкий": ("nom",), "ского": ("gen", "acc"), "цкого": ("gen", "acc"), "скому": ("dat",), "цкому": ("dat",),
      "ским": ("ins",), "цким": ("ins",), "ском": ("loc",), "цком": ("loc",)}, "masc"),
    ({"ская": ("nom",), "цкая": ("nom",), "скую": ("acc",), "цкую": ("acc",), "ской": ("gen", "dat", "ins", "loc"),
      "цкой": ("gen", "dat", "ins", "loc")}, "fem"),
)  # fmt: skip
_SUFFIXES = ("ов", "ев", "ин", "ын")
# Surnames in -ов, -ев, -ин, -ын: what each ending behind the suffix may be.
_SUFFIXED: dict[str, tuple[tuple[str, str], ...]] = {
    "а": (("nom", "fem"), ("gen", "masc"), ("acc", "masc")),
    "у": (("dat", "masc"), ("acc", "fem")),
    "ым": (("ins", "masc"),),
    "ой": (("gen", "fem"), ("dat", "fem"), ("ins", "fem"), ("loc", "fem")),
    "е": (("loc", "masc"),),
    "": (("nom", "masc"),),
}
_VOWELS = "аеиоуыэюя"
_INDECLINABLE = ("оглы", "оглу", "заде", "улы", "кызы", "ко", "дзе", "иа", "ых", "их", "швили", "лы", "ли")


def unknown_name(word: str) -> tuple[Reading, ...]:
    """The cases in which a name of this ending may stand; an indeclinable one may stand in any."""

    def reading(case: str | None, gender: str | None) -> Reading:
        return Reading(lemma=word, pos="propn", case=case, number="sing", gender=gender, name="surn", known=False)

    last = word[-1:]
    suffixed = [forms for ending, forms in _SUFFIXED.items() if word.endswith(tuple(suffix + ending for suffix in _SUFFIXES))]
    if suffixed and len(word) > 5:
        return tuple(reading(*form) for form in suffixed[0])
    for endings, gender in _ADJECTIVAL:
        cases = [case for ending, found in endings.items() if word.endswith(ending) for case in found]
        if cases:
            return tuple(reading(case, gender) for case in cases)
    if word.endswith(_INDECLINABLE) or last in "иоуэюы":
        readings = [reading(None, None)]
        if last in "ую":
            readings.append(reading("dat", "masc"))
        return tuple(readings)
    if last in "ая":
        return (reading("nom", "fem"), reading("gen", "masc"), reading("acc", "masc"), reading("nom", "masc"))
    if last == "е":
        return (reading(None, None), reading("loc", "masc"), reading("dat", "fem"))
    if word.endswith(("ом", "ем", "ым")) and len(word) > 4:
        return (reading("ins", "masc"), reading("nom", "masc"), reading(None, "fem"))
    if word.endswith(("ой", "ей")) and len(word) > 4:
        return (
            reading("nom", "masc"),
            reading("gen", "fem"),
            reading("dat", "fem"),
            reading("ins", "fem"),
            reading("loc", "fem"),
        )
    return (reading("nom", "masc"), reading(None, "fem"))


def nominative_name(word: str, case: str, feminine: bool | None) -> str:
    """The nominative of a name written in `case`; a name that does not decline comes back as it is."""
    low = word.lower()
    if low.endswith(_INDECLINABLE):
        return word
    for ending, nominative in (("ского", "ский"), ("цкого", "цкий"), ("скому", "ский"), ("ским", "ский"), ("ском", "ский"),
                               ("ской", "ская"), ("скую", "ская"), ("цкой", "цкая")):  # fmt: skip
        if low.endswith(ending):
            return word[: -len(ending)] + nominative
    if feminine:
        return _feminine(word, low, case)
    for ending in _MASCULINE.get(case, ()):
        stem = word.removesuffix(ending)
        if len(stem) < 3:
            continue
        if stem != word and stem and stem[-1].lower() not in _VOWELS:
            return stem + ("ь" if ending in ("я", "ю", "ем") and stem[-1].lower() in "лрнтдс" else "")
        if stem != word and ending in ("я", "ю", "ем") and stem and stem[-1].lower() in _VOWELS:
            return stem + "й"
    return word


def _feminine(word: str, low: str, case: str) -> str:
    for ending in _FEMININE.get(case, ()):
        if low.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            soft = ending in ("и", "ю", "ей") and stem[-1].lower() not in "гкхжшчщ"
            return stem + ("я" if soft else "а")
    return word
