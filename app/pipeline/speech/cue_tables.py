"""The words of speech in a pack, compiled for look-up."""

from __future__ import annotations

from functools import cache

from app.languages.pack import Pack, Reading
from app.pipeline.words.beginnings import Beginnings
from app.pipeline.words.lexicon import Lexicon
from app.pipeline.words.segment import Token


def speaking_reading(token: Token, pack: Pack, compound: bool) -> Reading | None:
    """The reading of a word as a finite verb of speech in the third person, or as a gerund."""
    table = verb_classes(pack)
    for reading in pack.morphology.readings(token.text):
        final = reading.verb in ("fin", "conv") or (compound and token.key in frame_words(pack, "auxiliaries"))
        telling = reading.pos == "verb" and final and reading.person in (None, "3")
        if telling and (compound or reading.lemma in table):
            return reading
        if reading.verb == "short" and (reading.lemma in predicates(pack) or _is_stated(reading, pack)):
            return reading
    return None


def _is_stated(reading: Reading, pack: Pack) -> bool:
    """ "Сказано", "отмечено": of a text, without a subject."""
    return reading.gender == "neut" and reading.lemma in word_table(pack, "documents", "stated")


@cache
def verb_classes(pack: Pack) -> dict[str, frozenset[str]]:
    table = pack["speech"].get("verbs", {})
    words: dict[str, set[str]] = {}
    for name in ("say", "quote_only", "no_parenthesis", "predicates", "passing_bodies"):
        for word in table.get(name, ()):
            words.setdefault(word, set()).add(name)
    for word in pack["speech"].get("quoting", {}).get("verbs", ()):
        words.setdefault(word, set()).add("quote_only")
    for word in pack["speech"].get("documents", {}).get("verbs", ()):
        words.setdefault(word, set()).add("documents")
    return {word: frozenset(names) for word, names in words.items()}


@cache
def speech_verbs(pack: Pack) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    table = pack["speech"].get("verbs", {})
    speech = pack["speech"]
    for phrase in (
        *table.get("say", ()),
        *speech.get("quoting", {}).get("verbs", ()),
        *speech.get("documents", {}).get("verbs", ()),
    ):
        lexicon.add(phrase, phrase)
    return lexicon.extend(table.get("predicates", ()), "predicate")


@cache
def source_phrases(pack: Pack) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    return lexicon.extend(pack["speech"].get("sources", {}).get("phrases", ()), "phrase")


@cache
def source_beginnings(pack: Pack) -> Beginnings:
    """Which words, as written, a source may begin with."""
    phrases, verbs = source_phrases(pack), speech_verbs(pack)
    return Beginnings(lambda word: phrases.begins(word) or verbs.begins(word))


@cache
def adverbs(pack: Pack) -> Lexicon[str]:
    lexicon: Lexicon[str] = Lexicon(pack.morphology)
    return lexicon.extend(pack["speech"].get("frames", {}).get("adverbs", ()), "adverb")


@cache
def word_table(pack: Pack, section: str, name: str) -> frozenset[str]:
    return frozenset(pack["speech"].get(section, {}).get(name, ()))


@cache
def is_content_first(pack: Pack) -> bool:
    """Whether the content of a report stands before its verb."""
    return bool(pack["speech"].get("frames", {}).get("order") == "content_first")


def source_words(pack: Pack) -> frozenset[str]:
    return word_table(pack, "sources", "words")


@cache
def likened_verbs(pack: Pack) -> frozenset[str]:
    """The last words of the verbs that attribute a clause: "атап өту" is "өту" in "атап өткендей"."""
    table = pack["speech"].get("verbs", {})
    words = {phrase.split()[-1] for phrase in table.get("say", ())}
    return frozenset(words.difference(table.get("light", ())))


def passing_verbs(pack: Pack) -> frozenset[str]:
    return word_table(pack, "verbs", "passing")


def that_words(pack: Pack) -> frozenset[str]:
    return word_table(pack, "frames", "that")


def predicates(pack: Pack) -> frozenset[str]:
    return predicate_lemmas(pack)


@cache
def predicate_lemmas(pack: Pack) -> frozenset[str]:
    words = pack["speech"].get("verbs", {}).get("predicates", ())
    return frozenset(r.lemma for word in words for r in pack.morphology.readings(word) if r.verb == "short")


def document_verbs(pack: Pack) -> frozenset[str]:
    return word_table(pack, "documents", "verbs")


def document_prepositions(pack: Pack) -> frozenset[str]:
    return word_table(pack, "documents", "prepositions")


def quoting_verbs(pack: Pack) -> frozenset[str]:
    return word_table(pack, "quoting", "verbs")


def quoted_words(pack: Pack) -> frozenset[str]:
    return word_table(pack, "quoting", "words")


def media_words(pack: Pack) -> frozenset[str]:
    return word_table(pack, "media", "words")


def negations(pack: Pack) -> frozenset[str]:
    return word_table(pack, "frames", "negation")


@cache
def possessives(pack: Pack) -> dict[str, str]:
    table = pack["pronouns"].get("genitive", {})
    return {word: which for which, words in table.items() for word in words}


@cache
def frame_words(pack: Pack, name: str) -> frozenset[str]:
    """The words of one line of the frames table."""
    return frozenset(pack["speech"].get("frames", {}).get(name, ()))


def and_words(pack: Pack) -> frozenset[str]:
    return word_table(pack, "frames", "and")


def impersonal_verbs(pack: Pack) -> frozenset[str]:
    return word_table(pack, "documents", "impersonal")


def text_words(pack: Pack) -> frozenset[str]:
    return word_table(pack, "documents", "texts")


def credit_words(pack: Pack) -> frozenset[str]:
    return word_table(pack, "documents", "credit")


def there_words(pack: Pack) -> frozenset[str]:
    return word_table(pack, "documents", "there")
