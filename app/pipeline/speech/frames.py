"""Attributions that are not a verb with its subject: documents, agencies that quote, bodies in which it was said."""

from __future__ import annotations

from app.domain.record import record
from app.domain.text import Span
from app.languages.pack import Pack, Reading
from app.pipeline.people.actor import Actor, Actors
from app.pipeline.people.phrases import Form, forms_of, quoted_name
from app.pipeline.speech.cue_tables import (
    and_words,
    credit_words,
    document_prepositions,
    document_verbs,
    impersonal_verbs,
    is_content_first,
    media_words,
    possessives,
    quoted_words,
    quoting_verbs,
    text_words,
    that_words,
    there_words,
)
from app.pipeline.words.lexicon import lemmas
from app.pipeline.words.segment import Layout

REACH = 14  # tokens between a verb of speech and a subject behind it
_NAME = 5  # tokens of a listener's name in quotation marks
_TEXT = 7  # tokens between "в" and the author of a text
_JOINT = 6  # tokens between a verb and two subjects joined by "и"


@record(frozen=True, slots=True)
class Source:
    """A verb or phrase of speech in tokens `first`..`last`, with its subject and all that belongs to both.

    `kind` is verb, conv (a gerund), phrase, document ("говорится в сообщении") or quoting ("цитирует … X").
    `low`..`high` are the tokens of the whole attribution; `media` says that an outlet merely passes words on,
    `plural` that the verb is one.
    """

    first: int
    last: int
    kind: str
    lemma: str
    subjects: tuple[Actor, ...]
    low: int
    high: int
    that_only: bool = False
    quote_only: bool = False
    side: str = "none"  # where the subject stands: left, right, none
    media: bool = False
    plural: bool = False

    @property
    def subject(self) -> Actor | None:
        return self.subjects[0] if self.subjects else None


@record(frozen=True, slots=True)
class Frames:
    """Reads such attributions in one layout."""

    layout: Layout
    actors: Actors
    pack: Pack

    def document(self, at: int, last: int, reading: Reading, low: int, high: int) -> Source | None:
        """ "говорится в сообщении Минфина", "сообщили в пресс-службе": a body or a text that stands behind the words."""
        tokens = self.layout.tokens
        impersonal = reading.verb == "short" or reading.lemma in impersonal_verbs(self.pack)
        if reading.lemma not in document_verbs(self.pack) or not (impersonal or reading.number == "plur"):
            return None
        if is_content_first(self.pack):
            return self._published(at, last, reading, high)
        start = next((n for n in range(last, min(last + 3, high)) if tokens[n].key in document_prepositions(self.pack)), None)
        if start is None or any(t.kind != "word" for t in tokens[last:start]):
            text = self._text_before(at, low) if impersonal else None
            if text is None:
                return None
            return Source(at, last, "document", reading.lemma, (text,), text.first - 1, last, side="left")
        actor = self._behind_text(start, high)
        if actor is None:
            return None
        media = actor.kind == "outlet"
        return Source(at, last, "document", reading.lemma, (actor,), at, actor.last, side="right", media=media)

    def _behind_text(self, start: int, high: int) -> Actor | None:
        """Whose words they are: "в сообщении Минфина", "в указе президента"; "в сообщении" alone is the last body's."""
        tokens = self.layout.tokens
        text = self._names_text(start + 1, high)
        for n in range(start + 1, min(start + _TEXT, high)):
            actor = self.actors.by_first.get(n)
            if tokens[n].kind == "word" and not credit_words(self.pack).isdisjoint(lemmas(tokens[n].text, self.pack.morphology)):
                return text  # "на сайте …, со ссылкой на статистику России": whom it credits
            if actor is not None and actor.kind == "country" and text is None and not actor.may_be("loc"):
                return None  # "подтвердили поставку в Иран"
            if actor is not None and text is not None and actor.last <= text.first:
                continue  # "в Telegram-канале правительства"
            if actor is not None and actor.kind in ("organization", "outlet", "country"):
                return actor
            if text is not None and tokens[n].text == "," and n + 1 < high and self._participle(n + 1):
                continue  # "в заявлении, распространённом МИД"
            if actor is not None and text is not None and actor.kind in ("person", "office") and actor.may_be("gen"):
                return text if self._preposition(text.last, n) else actor
            if tokens[n].kind != "word" and (text is None or n > text.first):
                break
        return text

    def _preposition(self, first: int, last: int) -> bool:
        """ "в заявлении по итогам визита президента", "в письме на имя министра": somebody the text is about or goes to."""
        words = (token for token in self.layout.tokens[first:last] if token.kind == "word")
        return any(self.pack.morphology.readings(token.text)[0].pos == "adp" for token in words)

    def _participle(self, at: int) -> bool:
        token = self.layout.tokens[at]
        return token.kind == "word" and self.pack.morphology.readings(token.text)[0].verb == "part"

    def _text_before(self, at: int, low: int) -> Actor | None:
        """ "В сообщении Минфина говорится, что", "В документе отмечено, что"."""
        for n in range(at - 1, max(low, at - REACH) - 1, -1):
            if self.layout.tokens[n].kind != "word":
                return None
            if self.layout.tokens[n].key in document_prepositions(self.pack) and self._names_text(n + 1, at):
                return self._behind_text(n, at)
        return None

    def _names_text(self, first: int, high: int) -> Actor | None:
        """The word for a text at the token or behind its adjectives, as a mention of whoever wrote it."""
        for n in range(first, min(first + 3, high)):
            token = self.layout.tokens[n]
            if token.text == "-" and n > first and token.start == self.layout.tokens[n - 1].end:
                continue  # "Telegram-канал" is two words
            if token.kind != "word":
                return None
            if not text_words(self.pack).isdisjoint(lemmas(token.text, self.pack.morphology)):
                return self._unsaid(n)
        return None

    def pronoun(self, at: int) -> Actor:
        """A pronoun in the genitive, which is also the accusative: "его слова", "цитирует его"."""
        token = self.layout.tokens[at]
        which = possessives(self.pack)[token.key]
        form = Form("gen", "plur" if which == "they" else "sing", {"he": "masc", "she": "fem"}.get(which))
        return Actor(Span(token.start, token.end), at, at + 1, "pronoun", frozenset({form}), pronoun=which)

    def _unsaid(self, at: int) -> Actor:
        token = self.layout.tokens[at]
        return Actor(Span(token.start, token.end), at, at + 1, "organization", frozenset(), bare=True)

    def _published(self, at: int, last: int, reading: Reading, high: int) -> Source | None:
        """ "делінген министрліктің хабарламасында": the body in the genitive, right behind the verb."""
        actor = self.next(last, min(last + 2, high), "gen")
        if actor is None or actor.kind not in ("organization", "country") or actor.last >= high:
            return None
        return Source(at, last, "phrase", reading.lemma, (actor,), at, actor.last + 1, side="right")

    def quoting(self, at: int, last: int, reading: Reading, high: int) -> Source | None:
        """ "цитирует РИА президента", "передал слова президента": the one quoted is not the subject."""
        tokens = self.layout.tokens
        if reading.lemma in quoting_verbs(self.pack):
            if last < high and tokens[last].key in possessives(self.pack):
                return Source(at, last, "quoting", reading.lemma, (self.pronoun(last),), at, last + 1, side="right")
            for n in range(last, min(last + REACH, high)):
                actor = self.actors.by_first.get(n)
                able = actor is not None and actor.kind in ("person", "office")
                if able and actor is not None and any(f.case in ("acc", "gen") for f in actor.forms):
                    return Source(at, last, "quoting", reading.lemma, (actor,), at, actor.last, side="right")
            return None
        if last + 1 < high and tokens[last].key in possessives(self.pack) and self._are_words(last + 1):
            return Source(at, last + 2, "quoting", reading.lemma, (self.pronoun(last),), at, last + 2, side="right")
        if last < high and self._are_words(last):
            actor = self.next(last + 1, min(last + 3, high), "gen")
            if actor is not None:
                return Source(at, last, "quoting", reading.lemma, (actor,), at, actor.last, side="right")
        return None

    def _are_words(self, at: int) -> bool:
        token = self.layout.tokens[at]
        return token.kind == "word" and not lemmas(token.text, self.pack.morphology).isdisjoint(quoted_words(self.pack))

    def place(self, at: int, low: int, reading: Reading) -> Actor | None:
        """ "В министерстве пояснили, что": a plural without a subject, and the body in which it was said."""
        if reading.number != "plur":
            return None
        for n in range(at, max(low, at - REACH), -1):
            actor = self.actors.by_last.get(n)
            if actor is not None and actor.kind in ("organization", "country") and actor.first > low:
                before = self.layout.tokens[actor.first - 1]
                if before.key in document_prepositions(self.pack) and actor.may_be("loc"):
                    return actor
            if self.layout.tokens[n - 1].key in there_words(self.pack):
                return self._unsaid(n - 1)
            if self.layout.tokens[n - 1].kind != "word" and not self._in_listener(n - 1):
                return None
        return None

    def _in_listener(self, at: int) -> bool:
        """Whether a mark belongs to a name right before the verb: "В Минторге «Степной газете» подтвердили"."""
        near = range(at, max(0, at - _NAME), -1)
        opening = (
            at if self.layout.tokens[at].text in "«“„" else next((n for n in near if self.layout.tokens[n].text in "«“„"), at)
        )
        return quoted_name(self.layout.tokens, opening, opening + _NAME + 1) is not None

    def media(self, last: int, high: int) -> bool:
        """Whether the nearest words behind the verb are a reporter or an outlet: a sourcing formula."""
        for n in range(last, min(last + 3, high)):
            token = self.layout.tokens[n]
            if token.kind != "word":
                continue
            if token.key in that_words(self.pack):
                return False  # "екенін айтты деп хабарлайды портал": the outlet passes on the report as a whole
            # "передаёт корреспондент" passes words on; in "рассказал изданию" the outlet is the listener.
            if "." in token.text or (lemmas(token.text, self.pack.morphology) & media_words(self.pack) and self._nominative(n)):
                return True
        return False

    def passes_on(self, actor: Actor) -> bool:
        """An outlet, or one that only its noun and its name show: "агентство Kazinform", but not "агентство по статистике"."""
        if actor.kind not in ("organization", "country") or actor.first + 1 >= len(self.layout.tokens):
            return actor.kind == "outlet"
        noun, name = self.layout.tokens[actor.first], self.layout.tokens[actor.first + 1]
        quoted = actor.first > 1 and self.layout.tokens[actor.first - 1].text in '«"“„'
        if (quoted or noun.text.isascii()) and actor.first > quoted:  # "газета Sabah", "телеканал «Санкт-Петербург»"
            before = self.layout.tokens[actor.first - 1 - quoted]
            if before.kind == "word":
                return not lemmas(before.text, self.pack.morphology).isdisjoint(media_words(self.pack))
        named = name.text in '«“"' or (name.capital and (name.text.isascii() or (name.upper and not actor.countries)))
        return named and noun.kind == "word" and not lemmas(noun.text, self.pack.morphology).isdisjoint(media_words(self.pack))

    def _nominative(self, at: int) -> bool:
        return any(f.case == "nom" for f in forms_of(self.layout.tokens[at], self.pack, nouns=True))

    def next(self, at: int, stop: int, case: str) -> Actor | None:
        """The actor that begins within a few tokens and may stand in the case."""
        for n in range(at, stop):
            actor = self.actors.by_first.get(n)
            if actor is not None:
                return actor if actor.may_be(case) else None
            if self.layout.tokens[n].kind != "word":
                return None
        return None

    def joined(self, actor: Actor, high: int, case: str) -> tuple[tuple[Actor, ...], int]:
        """The subject and whoever is joined to it by "и"."""
        subjects, end = [actor], actor.last
        while end + 1 < high and self.layout.tokens[end].key in and_words(self.pack):
            more = self.actors.by_first.get(end + 1)
            if more is None or not more.may_be(case) or more.kind not in ("person", "office"):
                break
            subjects.append(more)
            end = more.last
        return tuple(subjects), end

    def several(self, at: int, last: int, low: int, high: int) -> tuple[Actor, ...]:
        """Two or more subjects of a verb in the plural: "Путин и Токаев заявили", "заявили Путин и Токаев"."""
        for n in range(last, min(high, last + _JOINT)):
            actor = self.actors.by_first.get(n)
            if actor is not None and actor.may_be("nom"):
                subjects, _ = self.joined(actor, high, "nom")
                if len(subjects) > 1:
                    return subjects
                break
        for n in range(at, max(low, at - _JOINT), -1):
            second = self.actors.by_last.get(n)
            if second is None or second.first - 1 <= low or self.layout.tokens[second.first - 1].key not in and_words(self.pack):
                continue
            first = self.actors.by_last.get(second.first - 1)
            if first is not None and first.may_be("nom") and second.may_be("nom"):
                return first, second
        return ()
