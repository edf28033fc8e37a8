"""Between which countries a figure holds, and which of them reports it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from app.domain.country import Pair, pairs_among
from app.domain.facts import Statement, StatementKind
from app.domain.record import replace
from app.languages.pack import Pack
from app.pipeline.figures.cue_words import Ground, Reading, Vocabulary
from app.pipeline.figures.partners import Partners
from app.pipeline.figures.quantity import Lead, Quantity
from app.pipeline.figures.relation import TOTAL, Relation, both
from app.pipeline.figures.relation_words import (
    all_about,
    beside,
    codes_of,
    coordinated,
    headed,
    of_two,
    on_way,
    one_of,
    owes,
    owner_of,
    same_stretch,
    sides_within,
    sold_by,
    told_near,
)
from app.pipeline.figures.totals import is_of_the_world, is_the_nations, is_total_of_goods, over_list, told_of
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.segment import Layout, Sentence

_HEADING = 5  # words in a heading at most
_SUPPLY = frozenset(("energy_supply", "commodity_supply", "cargo"))
_DIRECTED = frozenset(("exports", "imports", "energy_supply", "commodity_supply"))
_REPORTED = frozenset(
    (
        "trade_turnover",
        "exports",
        "imports",
        "trade_balance",
        "energy_supply",
        "commodity_supply",
        "students",
        "tourists",
        "migrants",
    )
)
_WORLD = frozenset(("trade_turnover", "exports", "imports", "trade_balance"))


@dataclass(slots=True)
class Relations:
    """Resolves figures in the order of the text; remembers what the text was last about."""

    layout: Layout
    ground: Ground
    mentions: tuple[CountryMention, ...]
    article: tuple[Pair, ...]
    known: Vocabulary
    pack: Pack
    partners: Partners
    home: str | None = None
    total: str | None = None
    looked: tuple[Sentence, tuple[CountryMention, ...]] | None = None
    current: tuple[Pair, ...] = ()
    paragraph: int = -1
    world: bool = False
    seen: int = -1
    told: int = -1
    alone: str | None = None
    lead: str | None = None
    first: str | None = None
    begun: dict[str, int] = field(default_factory=dict)
    given: dict[int, Relation] = field(default_factory=dict)

    def __post_init__(self) -> None:
        counts = Counter(code for pair in self.article for code in (pair.first, pair.second))
        common = counts.most_common(2)
        self.home = common[0][0] if len(self.article) > 1 and len(common) > 1 and common[0][1] > common[1][1] else None
        self.current = self.article[:1]
        self.first = told_of(self.layout, self.mentions)
        self.alone = self.lead = None if self.article else self.first
        for mention in reversed(self.mentions):
            self.begun[mention.code] = mention.first

    def of(self, index: int, window: Sentence, quantity: Quantity, reading: Reading, statement: Statement | None) -> Relation:
        """The relation of a figure that stands in the sentence `index`, of which `window` is what speaks of it."""
        self.given[quantity.first] = self._found(index, window, quantity, reading, statement)
        return self.given[quantity.first]

    def _found(self, index: int, window: Sentence, quantity: Quantity, reading: Reading, statement: Statement | None) -> Relation:
        self._reach(index)
        near = self._nearby(window, quantity, reading)
        if reading.metric == "gdp":
            return Relation((), near, "one country's economy")
        whole = codes_of(self.within(window))
        told = self.given.get(reading.at) if reading.rule == "previous figure" else None
        if told is not None and told.step == TOTAL and set(near) <= set(told.countries) and reading.at >= window.first:
            return told
        if told is not None and not whole and len(told.pairs) == 1 and told.pairs[0] not in self.article:
            return replace(told, step="of the figure that it continues")
        if (listed := self._listed(window, quantity, reading, whole, statement)) is not None:
            return listed
        if (over := over_list(self.partners, self.within(window), quantity, self.article)) is not None:
            return Relation((), over or one_of(self.home), TOTAL)
        if (total := self._total(index, window, quantity, reading, near, whole)) is not None:
            return total
        self.world = False
        relation = self._shared(window, reading, near, statement) or self._related(near, whole, window, statement)
        if not self.article and len(relation.countries) == 1 and not relation.pairs and reading.metric in _WORLD:
            self.alone = relation.countries[0]
        elif not self.article and not whole and self.alone and not relation.countries and reading.metric in _REPORTED:
            relation = Relation((), (self.alone,), "the country that the text reports on")
        one = len(relation.pairs) == 1 and ((not statement and relation.pairs[0] in self.article) or not self.article)
        if one or (len(relation.countries) == 3 and all_about(relation.pairs, self.article)):
            self._turn(relation.pairs, window.paragraph)
        return relation

    def _total(
        self, index: int, window: Sentence, quantity: Quantity, reading: Reading, near: tuple[str, ...], whole: tuple[str, ...]
    ) -> Relation | None:
        """One country's total, with whatever partner: of its trade, its debt, or of what it sells."""
        if quantity.kind == "percent" and quantity.lead is not Lead.BY and not quantity.sign and whole:
            return None  # a part
        metric, home = reading.metric, self.home if whole in ((), (self.home,)) else None
        if metric in _SUPPLY:
            found = is_total_of_goods(self.ground, self.known, window, quantity, reading, near, home)
            found = found or is_the_nations(self.ground, self.known, window, near, whole)
            return Relation((), near or one_of(self.home or self.alone), TOTAL) if found else None
        if metric != "financing" and metric not in _WORLD:
            every = quantity.kind == "count" and self.known.world.at(self.ground.words, quantity.last, window.last) is not None
            return Relation((), near or whole, TOTAL) if every else None
        owed = metric == "financing" and owes(self.within(window), self.ground.words, self.pack)
        stated = not owed and is_of_the_world(self.ground, self.known, window, quantity, reading.at, whole)
        goes_on = self.world and (not whole or (self.told == index and whole == one_of(self.total)))
        follows = self.world and reading.rule == "previous figure" and self.told == index
        self.told = index
        if metric == "financing":
            self.alone = next(iter(near or whole), self.alone) if stated else self.alone
            return Relation((), near or whole or one_of(self.alone), TOTAL) if stated else None
        if not (stated or follows or goes_on):
            return None
        self.world, codes = True, near or whole or one_of(self.total or self.alone)
        self.total = codes[0] if len(codes) == 1 else None
        self.alone = self.total or self.alone
        return Relation((), codes, TOTAL)

    def within(self, window: Sentence) -> tuple[CountryMention, ...]:
        """The countries named that are sides of a relation, not passed through."""
        if self.looked is not None and (window is self.looked[0] or same_stretch(window, self.looked[0])):
            return self.looked[1]
        self.looked = (window, sides_within(self.mentions, window, self.ground.words))
        return self.looked[1]

    def _related(self, near: tuple[str, ...], whole: tuple[str, ...], window: Sentence, statement: Statement | None) -> Relation:
        for codes, step in ((near, "countries of the clause"), (whole, "countries of the sentence")):
            about = (statement.pairs if statement else ()) or self.article
            if len(codes) == 2 and not on_way(codes, self.within(window), about):
                return of_two(codes, step)
            if len(codes) > 2:
                return self._among(codes, whole, window, statement, step)
            if len(codes) == 1:
                return self._partner(codes[0], whole, window, statement, step)
        said = statement.pairs if statement else ()
        if len(said) == 1:
            return Relation(said, both(said), "pair of the statement")
        here = not (self.home and statement and not said) or self.paragraph == window.paragraph
        if self.current and here:
            return Relation(self.current, both(self.current), "pair of the text so far")
        return Relation((), (), "no relation")

    def _listed(
        self, window: Sentence, quantity: Quantity, reading: Reading, whole: tuple[str, ...], statement: Statement | None
    ) -> Relation | None:
        """ "экспорт в Россию – 5 млрд, в Китай – 4 млрд": the country beside the figure is the partner of the list's owner."""
        partner = self.partners.beside.get(quantity.first)
        if partner is None:
            return None
        if len(self.article) == 1 and all(code in self.article[0] for code in (*whole, partner.code)):
            return None
        others = [m.code for m in self.within(window) if m.code != partner.code and not self.partners.listed(m)]
        if (own := self._joined_by(partner.code, whole, statement)) is not None:
            return own
        owner = next((code for code in (self.home, self.partners.topic) if code in others), others[0] if others else None)
        teller = statement.speaker.country if statement and statement.kind is StatementKind.DIRECT else None
        head = owner or self.home or (teller if teller != partner.code else None)
        head = head or headed(self.given.get(reading.at), self.partners.beside.get(reading.at)) or self.partners.topic
        head = head or self.first
        if head is None and len(whole) > 1 and not others and not self.article:
            return Relation((), (partner.code,), "of a list whose owner is not named")
        if head is None or head == partner.code:
            return None
        relation = of_two((head, partner.code), f"{partner.code} beside the figure, partner of {head}")
        return replace(relation, head=head)

    def _shared(self, window: Sentence, reading: Reading, near: tuple[str, ...], statement: Statement | None) -> Relation | None:
        """ "Экспорт зерна в Узбекистан и Россию": two partners of whoever sells, who is named, speaks or is at home here."""
        if len(near) < 2 or reading.metric not in _DIRECTED:
            return None
        if len(near) > 2 and (sides := sold_by(self.within(window), reading.at)):
            return of_two(sides, "seller and buyer beside the word of trade")
        partners = coordinated(self.within(window), self.ground.words, self.pack)
        owner = owner_of(partners, near, (statement.speaker.country if statement else None, self.home))
        if owner is None or Pair.of(*partners) in self.article[:1]:
            return None
        pairs = tuple(Pair.of(owner, partner) for partner in partners)
        return Relation(pairs, both(pairs), f"{owner} with each of {', '.join(partners)}")

    def _partner(self, code: str, whole: tuple[str, ...], window: Sentence, statement: Statement | None, step: str) -> Relation:
        """One country named: the other side is in the sentence, the statement, the text so far, or the article's home."""
        if len(whole) == 2 and (own := self._joined_by(code, whole, statement)) is not None:
            return own
        if len(whole) == 2:
            return of_two(whole, step)
        for pairs, source in (
            (statement.pairs if statement else (), "the statement"),
            (self.current, "the text so far"),
            (self.article, "the article"),
        ):
            matching = [pair for pair in pairs if code in pair]
            if source == "the text so far" and len(matching) > 1:
                return Relation(self.current, both(self.current), "all whom the text is about so far")
            if code == self.home and source == "the article":
                break
            if matching and self._met(matching[0], window):
                return Relation((matching[0],), both(matching[:1]), f"{code}, partner from {source}")
        if (head := self.home or self.lead) is not None and head != code:
            return of_two((head, code), f"{code}, partner is the article's country")
        if (not self.article or self.partners.topic in self.article[0]) and self.partners.topic not in (None, code):
            return of_two((self.partners.topic or "", code), f"{code}, partner is whom the text is about")
        return Relation((), (code,), f"{code} alone")

    def _met(self, pair: Pair, window: Sentence) -> bool:
        """Whether both have been named by then: a country told of before its partner is mentioned is told of alone."""
        return all(self.begun.get(code, 0) < window.last for code in (pair.first, pair.second))

    def _joined_by(self, code: str, whole: tuple[str, ...], statement: Statement | None) -> Relation | None:
        """ "Фонд с Узбекистаном – 500 млн, а с Кыргызстаном – 25 млн": each with whoever speaks, or is at home here."""
        owner = (statement.speaker.country if statement else None) or self.home or self.alone or self.lead
        if owner is None or owner in whole or not self.looked:
            return None
        leads, words = beside(self.pack), self.ground.words
        if not all(m.first and words.tokens[m.first - 1].key in leads for m in self.looked[1]):
            return None
        return of_two((owner, code), f"{code}, beside {owner}")

    def _among(
        self, codes: tuple[str, ...], whole: tuple[str, ...], window: Sentence, statement: Statement | None, step: str
    ) -> Relation:
        """Three and more: the pairs the article is about, else that of the first named, else every pair of them."""
        pairs = tuple(pair for pair in self.article if pair.first in codes and pair.second in codes)
        if not pairs and any(codes[0] in pair for pair in self.article):
            return self._partner(codes[0], whole, window, statement, step)
        return Relation(pairs or pairs_among(codes[:4]), tuple(sorted(codes)), step)

    def _nearby(self, window: Sentence, quantity: Quantity, reading: Reading) -> tuple[str, ...]:
        """The countries of the figure's clause; of one that goes on from another figure, a country named between the two."""
        if reading.rule == "previous figure" and reading.at < quantity.first:
            between = codes_of(tuple(m for m in self.within(window) if reading.at <= m.first < quantity.first))
            if len(between) == 1:
                return between
        return codes_of(told_near(self.within(window), quantity, reading.at, self.ground))

    def _reach(self, index: int) -> None:
        """Follows the text up to the sentence: headings and sentences that name a pair change what it is about."""
        for n in range(self.seen + 1, index):
            self._follow(n)
        self.seen = max(self.seen, index)

    def _turn(self, pairs: tuple[Pair, ...], paragraph: int) -> None:
        """What the text is about from here on."""
        self.current, self.paragraph = pairs, paragraph

    def _follow(self, index: int) -> None:
        sentence = self.layout.sentences[index]
        codes = codes_of(self.within(sentence))
        if len(codes) == 3 and all_about(every := pairs_among(codes), self.article):
            self._turn(every, sentence.paragraph)
        elif len(codes) == 2:
            pair = Pair.of(*codes)
            if pair in self.article or not self.article:
                self._turn((pair,), sentence.paragraph)
        elif len(codes) == 1 and codes[0] != self.home:
            matching = [pair for pair in self.article if codes[0] in pair]
            heading = sentence.last - sentence.first <= _HEADING
            if matching and (len(self.article) > 1 and (heading or self.home in matching[0] or len(matching) == 1)):
                self._turn((matching[0],), sentence.paragraph)
        if sentence.last - sentence.first <= _HEADING:
            self.world = False
