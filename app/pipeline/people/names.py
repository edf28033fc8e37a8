"""Names of people: which capitalised words are one, in which case, and who in the article they repeat."""

from __future__ import annotations

from collections.abc import Iterable

from app.catalog import Catalog
from app.domain.record import record
from app.domain.text import Span
from app.languages.pack import Pack
from app.pipeline.people.name_words import SHOUTED, in_catalog, meet, prefixed, stem, written
from app.pipeline.people.phrases import Form
from app.pipeline.places.countries import Places
from app.pipeline.words.segment import Layout, Token

_LONGEST = 4


@record(frozen=True, slots=True)
class Name:
    """A name as written, in tokens `first`..`last`; `words` without initials' points."""

    span: Span
    first: int
    last: int
    words: tuple[str, ...]
    forms: frozenset[Form]
    known: bool
    cases: frozenset[str | None]  # those that any one of its words can stand in


class NameFinder:
    """Reads names in one layout; what the catalogue and the dictionary know makes a word surely a name."""

    def __init__(self, layout: Layout, places: Places, pack: Pack, catalog: Catalog) -> None:
        self._tokens, self._pack, self.catalog, self._catalog = layout.tokens, pack, catalog, catalog
        self._placed = {n for m in places.countries if m.form in ("name", "place", "route") for n in range(m.first, m.last)}
        self._placed |= {n for m in places.blocs for n in range(m.first, m.last)}
        self._opens = {s.first for s in layout.sentences}
        self._cache: dict[int, str | None] = {}
        self._surnames: set[str] | None = None
        self._honorifics = frozenset(pack["names"].get("honorifics", ()))
        self._particles = frozenset(pack["names"].get("particles", ()))
        self._given, self._counters = (frozenset(pack["names"].get(table, ())) for table in ("given", "counters"))
        self._last_only = pack["names"].get("declined") == "last"
        self._one_letter = frozenset(pack["names"].get("one_letter", ()))
        self._endings = tuple(pack["names"].get("surname_endings", ()))
        self._patronymics = tuple(pack["names"].get("patronymic_endings", ("\0",)))
        self._opening = tuple(pack["names"].get("opening_endings", ("\0",)))

    def ahead(self, at: int) -> bool:
        """Whether a name of a person begins here (so that an office's complement is over)."""
        strengths = [self._strength(n) for n in range(at, self._run(at, min(at + _LONGEST, len(self._tokens))) or at)]
        if not strengths:
            return False
        if len(strengths) == 1 and strengths[0] == "surname":
            return not self._pack.morphology.readings(self._tokens[at].text)[0].known  # "министр торговли Айтбеков"
        return strengths[0] in ("given", "known", "initial") or len(strengths) > 1

    def at(self, at: int, end: int, *, behind_office: bool = False) -> Name | None:
        """The name that begins at a token. Behind an office any capitalised words that look like one will do."""
        last = self._run(at, end) if self._tokens[at].capital else None
        if last is None:
            return None
        strengths = [self._strength(n) for n in range(at, last)]
        sure = any(s in ("known", "given") for s in strengths) or (len(strengths) > 1 and "surname" in strengths)
        sure = sure or ("initial" in strengths and len(strengths) > 1)
        sure = sure or (strengths == ["surname"] and (at not in self._opens or self._honoured(last) or self._owns(at)))
        if not (sure or behind_office):
            full = " ".join(t.text for t in self._tokens[at:last])
            plausible = len(strengths) in (2, 3) and (at not in self._opens or strengths[0] == "unknown")
            if not plausible and (len(strengths) == 1 or not self._catalog.people.named(full)):
                return None
        if len(strengths) == 1 and strengths[0] == "given" and not behind_office:
            return None
        return self._name(at, last)

    def recurring(self, names: Iterable[Name], taken: set[int]) -> Iterable[Name]:
        """Single capitalised words that repeat the surname of somebody named in full elsewhere."""
        stems = {stem(name.words[-1], self._pack) for name in names if len(name.words) > 1}
        for at in [n for n, token in enumerate(self._tokens) if token.capital] if stems else ():
            text = self._tokens[at].text
            if at not in taken and len(text) > 2 and stem(text, self._pack) in stems:
                yield self._name(at, at + 1)

    def _honoured(self, at: int) -> bool:
        """Whether a word of respect stands behind a name: "Азизи мырза"."""
        if not self._honorifics or at >= len(self._tokens) or self._tokens[at].kind != "word":
            return False
        return not self._honorifics.isdisjoint(r.lemma for r in self._pack.morphology.readings(self._tokens[at].text))

    def _owns(self, at: int) -> bool:
        """Whether a surname that opens its sentence can be nothing but a genitive: "Сағатовтың айтуынша"."""
        text = self._tokens[at].text
        readings = self._pack.morphology.name_readings(text) if self._last_only else ()
        surname = bool(readings) and all(r.case == "gen" and r.lemma.endswith(self._opening) for r in readings)
        return surname and not self._pack.morphology.readings(text)[0].known

    def strength(self, at: int) -> str | None:
        """How surely a token is part of a name, None if it is none."""
        return self._strength(at)

    def recurs(self, at: int) -> bool:
        """Whether the word stands, in whatever case, behind a given name elsewhere in the text."""
        if self._surnames is None:
            self._surnames = {
                stem(token.text, self._pack)
                for n, token in enumerate(self._tokens)
                if n and token.capital and self._tokens[n - 1].capital and self._strength(n - 1) in ("given", "known", "unknown")
            }
        return stem(self._tokens[at].text, self._pack) in self._surnames

    def _name(self, first: int, last: int) -> Name:
        words = tuple(written(t) for t in self._tokens[first:last] if t.kind == "word")
        forms: frozenset[Form] = frozenset()
        cases: set[str | None] = set()
        for word in words:
            if len(word) == 1:
                continue
            own = frozenset(Form(r.case, "sing", r.gender) for r in self._pack.morphology.name_readings(word))
            forms = meet(forms, own) if forms and not self._last_only else own
            cases = cases | {f.case for f in own} if not self._last_only else {f.case for f in own}
        span = Span(self._tokens[first].start, self._tokens[last - 1].end)
        known = any(self._strength(n) == "known" for n in range(first, last))
        return Name(span, first, last, words, forms, known, frozenset(cases))

    def _run(self, at: int, end: int) -> int | None:
        """The end of the run of words that could be one name."""
        last = at
        while last < end and last - at < 2 * _LONGEST:
            if self._tokens[last].text == "." and last > at and self._strength(last - 1) == "initial":
                last += 1
                continue
            strength = self._strength(last) or self._follows_given(at, last)
            if strength is not None and last > at and (self._another(last) or (last == at + 1 and self._of_body(at))):
                break
            if strength is None or (last > at and not self._joined(last)):
                break
            if strength == "particle" and last == at:
                break
            last += 1
            if last - at >= 2 and strength == "patronymic" and last - at >= 3:
                break
        return last if last > at else None

    def _follows_given(self, first: int, at: int) -> str | None:
        """Behind a given name any capitalised word is a surname, whatever else it may mean ("Александр Озерец")."""
        token = self._tokens[at]
        able = at > first and token.capital and not token.upper and at not in self._placed and len(token.text) > 1
        return "surname" if able and self._may_be_given(at - 1) else None

    def _may_be_given(self, at: int) -> bool:
        """A given name, be it a surname of somebody known as well ("Павел")."""
        strength, readings = self._strength(at), self._pack.morphology.readings(self._tokens[at].text)
        return strength == "given" or (strength == "known" and any(r.name == "given" and r.known for r in readings))

    def _another(self, at: int) -> bool:
        """Whether a name in the nominative begins behind one in an oblique case: "рассказал Токаеву Бектенов"."""
        before, here = self._cases_of(at - 1), self._cases_of(at)
        oblique = bool(before) and not before & {"nom", None}
        if self._known_declined(at - 1) and "nom" in here and "gen" not in here and not self._patronymic(at + 1):
            return True  # "пресс-секретарь Токаева Берик Уали"
        if self._of_other_sex(at) or (self._last_only and self._second_surname(at, here)):
            return True
        whole = at > 1 and self._tokens[at - 2].capital and at - 2 not in self._placed and not self._patronymic(at - 1)
        if oblique and whole and self._catalog.people.named(self._tokens[at].text):
            return True  # "с послом Ерланом Байжановым Лукашенко отметил": a surname without cases, behind a whole name
        return oblique and bool(here) and not here & before and None not in here

    def _second_surname(self, at: int, here: frozenset[str | None]) -> bool:
        """Whether somebody's name is over, and one in an oblique case follows: "Тоқаев | Путинге", "Захарова | Көшербаевтың"."""
        before, token = self._tokens[at - 1], self._tokens[at]
        if self._whole_name(at) and self._may_be_given(at) and not self._patronymic(at):
            return True
        if "nom" in here or not here or self._strength(at) not in ("surname", "known") or self._patronymic(at):
            return False
        surname = self._surname_at(at - 1)
        if not (surname and (self._whole_name(at) or self._catalog.people.named(before.text) or self.recurs(at - 1))):
            return False
        readings = self._pack.morphology.name_readings(token.text)
        return not any(self._catalog.people.named(f"{before.text} {r.lemma}") for r in readings)

    def _of_body(self, at: int) -> bool:
        """ "глава Росавиации Дмитрий Ядров": a word that no dictionary knows, in the genitive, before a whole name, is a body."""
        tokens, readings = self._tokens, self._pack.morphology.readings
        if self._last_only or at + 2 >= len(tokens) or not tokens[at + 2].capital or self._patronymic(at + 2):
            return False
        body, given = readings(tokens[at].text)[0], readings(tokens[at + 1].text)
        own = any(r.name == "given" and r.known and r.case == "nom" for r in given)
        own = own or (given[0].case == "nom" and "nom" in (cases := self._cases_of(at + 2)) and "gen" not in cases)
        return own and body.case == "gen" and not body.known and self._strength(at) != "known"

    def _whole_name(self, at: int) -> bool:
        """Whether a given name and a surname stand before: "Ерлан Сағатов | Владимир …"."""
        return at > 1 and self._surname_at(at - 1) and self._tokens[at - 2].capital and self._may_be_given(at - 2)

    def _surname_at(self, at: int) -> bool:
        """Whether a word ends as surnames do, and is neither a given name nor a patronymic."""
        word = self._tokens[at].key
        return word.endswith(self._endings) and not word.endswith(self._patronymics) and not self._may_be_given(at)

    def _of_other_sex(self, at: int) -> bool:
        """Whether the word before can be hers or his in a case, and a man's whole name follows: "Мирзиёева Шерзод Асадов"."""
        if at + 1 >= len(self._tokens) or not self._tokens[at + 1].capital or "gen" not in self._cases_of(at - 1):
            return False
        before, here, behind = (self._bearers(n) for n in (at - 1, at, at + 1))
        return bool(before) and bool(behind) and not before & behind and behind <= here

    def _patronymic(self, at: int) -> bool:
        """Whether a word is a patronymic: the surname stood first ("Иванова Мария Петровна")."""
        able = at < len(self._tokens) and self._tokens[at].kind == "word" and self._tokens[at].capital
        return able and any(r.name == "patr" for r in self._pack.morphology.name_readings(self._tokens[at].text))

    def _bearers(self, at: int) -> frozenset[str | None]:
        """The sexes whose name a word is in the nominative."""
        token = self._tokens[at]
        if token.kind != "word" or len(token.text) == 1:
            return frozenset()
        return frozenset(r.gender for r in self._pack.morphology.name_readings(token.text) if r.case == "nom")

    def _known_declined(self, at: int) -> bool:
        """Whether the catalogue knows a word as somebody's name in an oblique case only."""
        return self._strength(at) == "known" and not self._catalog.people.named(self._tokens[at].text)

    def _cases_of(self, at: int) -> frozenset[str | None]:
        token = self._tokens[at]
        if token.kind != "word" or len(token.text) == 1:
            return frozenset()
        return frozenset(r.case for r in self._pack.morphology.name_readings(token.text))

    def _joined(self, at: int) -> bool:
        return self._tokens[at].start - self._tokens[at - 1].end <= 1

    def _strength(self, at: int) -> str | None:
        if at not in self._cache:
            self._cache[at] = self._judge(at)
        return self._cache[at]

    def _judge(self, at: int) -> str | None:
        """How surely a token is part of a name: known, given, surname, initial, unknown (to the
        dictionary), plausible, particle; None if not."""
        token = self._tokens[at]
        if token.kind != "word" or at in self._placed:
            return None
        if not token.capital:
            if at and self._last_only and prefixed(token, self._particles):
                return "surname"
            inside = at and at + 1 < len(self._tokens) and token.key in self._particles
            return "particle" if inside else None
        if len(token.text) == 1:
            pointed = at + 1 < len(self._tokens) and self._tokens[at + 1].text == "." and self._tokens[at + 1].start == token.end
            given = at and token.text in self._one_letter and self._tokens[at - 1].capital
            return "initial" if pointed else "plausible" if given else None
        if token.upper:
            return "surname" if self._shouted(at) else None
        judged = self._judge_word(token, at in self._opens and not self._before_surname(at))
        return "given" if judged is None and self._listed(at) else judged

    def _shouted(self, at: int) -> bool:
        """ "Ерлан СМАЙЛОВ": a surname in capitals behind a given name that has but one."""
        token, before = self._tokens[at], self._tokens[at - 1]
        ends = bool(at and self._endings) and token.key.endswith(self._endings) and len(token.text) >= SHOUTED
        return ends and before.kind == "word" and before.capital and not before.upper and self._may_be_given(at - 1)

    def _listed(self, at: int) -> bool:
        """A given name that a dictionary takes for a common noun, where a surname follows: "Канат Шарлапаев"."""
        if at + 1 >= len(self._tokens) or not self._tokens[at + 1].capital or self._tokens[at + 1].upper:
            return False
        if not any(r.lemma in self._given for r in self._pack.morphology.readings(self._tokens[at].text)):
            return False
        return self._judge_word(self._tokens[at + 1], False) in ("surname", "known")

    def _before_surname(self, at: int) -> bool:
        """Whether a surname follows, in a language whose names keep their order: what opens the sentence is a given name then."""
        following = self._tokens[at + 1] if self._last_only and at + 1 < len(self._tokens) else None
        able = following is not None and following.capital and not following.upper and at + 1 not in self._placed
        return able and following is not None and self._judge_word(following, False) in ("surname", "known")

    def _judge_word(self, token: Token, opens: bool) -> str | None:
        readings = self._pack.morphology.readings(token.text)
        first = readings[0]
        kinds = {r.name for r in readings if r.name and r.known}
        # A word that opens its sentence is capitalised anyway: it must not be an ordinary word that could stand there.
        ordinary = opens and first.known and not first.name and first.case in (None, "nom")
        if in_catalog(token.text, self._pack, self._catalog):
            return "plausible" if ordinary else "known"
        if "given" in kinds and not ordinary:
            return "given"
        if kinds & {"surn", "patr"} and not ordinary:
            return "surname"
        if not first.known and not token.text.isascii():
            surname = token.key.endswith(self._endings) or any(r.name == "surn" for r in readings)
            return "surname" if surname else "unknown"
        if not opens and first.pos == "noun" and first.lemma not in self._counters and token.key.endswith(self._endings):
            return "surname"
        short = len(token.text) <= 4 and (first.pos in ("noun", "adj") or (first.pos in ("part", "intj") and not opens))
        return "plausible" if short else None
