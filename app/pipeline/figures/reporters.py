"""Who reports a figure of trade, and with whom: seller and buyer, giver and receiver."""

from __future__ import annotations

from functools import cache

from app.domain.record import record
from app.languages.pack import Pack
from app.pipeline.figures.cue_words import Ground
from app.pipeline.figures.endings import cases
from app.pipeline.figures.relation import Relation
from app.pipeline.places.countries import CountryMention
from app.pipeline.words.phrasebook import Words

_TRADED = frozenset(("exports", "imports", "trade_balance"))
_OWNED = 4  # words from a country to what it has or does
_DIRECTED = frozenset(("exports", "imports", "trade_balance", "energy_supply", "commodity_supply", "financing", "investment"))


@record(frozen=True, slots=True)
class Reporting:
    """The side whose figure it is, and the other; None where the text does not say."""

    reporter: str | None = None
    partner: str | None = None


def read_reporter(
    metric: str, at: int, relation: Relation, mentions: tuple[CountryMention, ...], ground: Ground, pack: Pack
) -> Reporting:
    """Sides by preposition ("экспорт в Турцию", "импорт из России"), by adjective or genitive ("казахстанский экспорт").

    `at` is the word of measure.
    """
    if metric not in _DIRECTED or len(relation.pairs) > 1:
        return Reporting()
    sides, words = _sides(pack), ground.words
    if relation.head is not None:
        return _of_list(metric, relation, mentions, words, sides)
    reporter = partner = None
    for mention in mentions:
        if not ground.joined(min(at, mention.first), max(at, mention.first)):
            continue
        lead = _lead(mention, words, sides["through"])
        qualifies = mention.form == "adjective" and mention.last <= at <= mention.last + 2
        completes = at < mention.first <= at + 2
        role = "owner" if _possesses(mention, at, words, pack) else _declined(mention, at, words, pack)
        if qualifies or role == "owner":
            reporter = reporter or mention.code
        elif role is not None:
            partner, reporter = _directed(metric, role == "from", mention.code, partner, reporter)
        elif lead in sides["to"] or lead in sides["from"]:
            partner, reporter = _directed(metric, lead in sides["from"], mention.code, partner, reporter)
        elif lead in sides["with"]:
            partner = partner or (mention.code if metric in _TRADED else None)
        elif _receives(mention, words, pack) or (metric == "imports" and completes and mention.form == "adjective"):
            partner = partner or mention.code
        elif completes and sides["possessive"] and words.verb(at):
            partner = partner or mention.code  # "has lent Tajikistan $350 million"
        elif completes:
            reporter = reporter or mention.code
    return _completed(reporter, partner, relation)


def _of_list(
    metric: str, relation: Relation, mentions: tuple[CountryMention, ...], words: Words, sides: dict[str, frozenset[str]]
) -> Reporting:
    """In a list of partners its owner reports trade; of goods and money the seller or giver, told by the preposition."""
    head = str(relation.head)
    partner = relation.pairs[0].other(head)
    sells = any(m.code == partner and _lead(m, words, sides["through"]) in sides["from"] for m in mentions)
    turned = sells and metric not in ("exports", "imports", "trade_balance")
    return Reporting(partner, head) if turned else Reporting(head, partner)


def _lead(mention: CountryMention, words: Words, through: frozenset[str]) -> str:
    """The word before a country, past "экономику" and the like ("в экономику Узбекистана")."""
    at = mention.first - 1
    if at > 0 and words.forms[at] & through:
        at -= 1
    return words.tokens[at].key if at >= 0 else ""


def _receives(mention: CountryMention, words: Words, pack: Pack) -> bool:
    """ "предоставит Узбекистану": a country in the case of the receiver, without a preposition."""
    receiving = pack["relations"].get("reporter", {}).get("receiving_case")
    cases = {r.case for r in words.readings(mention.last - 1) if r.pos in ("noun", "propn")}
    return receiving is not None and mention.form == "name" and cases == {receiving}


def _declined(mention: CountryMention, at: int, words: Words, pack: Pack) -> str | None:
    """What the case of a country says: "Қазақстаннан" from, "Ресейге", "Ресей нарығына" to; in "Өзбекстан экспорты" it owns."""
    table = pack["relations"].get("reporter", {})
    if "from_case" not in table or mention.form == "adjective":
        return None
    through, last = frozenset(table.get("through", ())), mention.last
    while last < len(words.tokens) and words.tokens[last].kind == "word" and words.forms[last] & through:
        last += 1
    stands = cases(words, last)
    if table.get("from_case") in stands or table.get("to_case") in stands:
        return "from" if table.get("from_case") in stands else "to"
    # Right before the word of measure it owns it; before a verb of trade it is who trades.
    owns = table.get("owner") == "before" and (
        last <= at <= last + 2 or (last <= at and _trades(at, words) and stands == {"nom"})
    )
    return "owner" if owns and stands <= {"nom", "gen"} else None


def _trades(at: int, words: Words) -> bool:
    """Whether the word of measure, or the one behind a good, is a verb: "астық экспорттайды"."""
    return any(n < len(words.tokens) and words.verb(n) for n in (at, at + 1))


def _possesses(mention: CountryMention, at: int, words: Words, pack: Pack) -> bool:
    """ "Kazakhstan's exports", "Kazakhstan exported": told by an ending that is a word, and by the place before the verb."""
    endings = frozenset(pack["relations"].get("reporter", {}).get("possessive", ()))
    if not endings or mention.form == "adjective" or not mention.last <= at <= mention.last + _OWNED:
        return False
    if words.tokens[mention.last].key in endings:
        return True
    free = mention.first == 0 or not any(r.pos == "adp" for r in words.readings(mention.first - 1))
    return free and mention.form == "name" and words.verb(at)


def _directed(metric: str, seller: bool, code: str, partner: str | None, reporter: str | None) -> tuple[str | None, str | None]:
    """ "из A" names the seller, "в B" the buyer: of imports the buyer reports, of all else the seller or giver."""
    reports = seller != (metric == "imports")
    return (partner, reporter or code) if reports else (partner or code, reporter)


def _completed(reporter: str | None, partner: str | None, relation: Relation) -> Reporting:
    """In a known pair, one side tells the other; a figure of one country is its own."""
    if reporter == partner:
        partner = None
    if len(relation.pairs) == 1:
        pair = relation.pairs[0]
        reporter = reporter if reporter is not None and reporter in pair else None
        partner = partner if partner is not None and partner in pair else None
        if reporter and not partner:
            partner = pair.other(reporter)
        elif partner and not reporter:
            reporter = pair.other(partner)
    elif not relation.pairs:
        reporter = reporter or (relation.countries[0] if len(relation.countries) == 1 else None)
        partner = None
    return Reporting(reporter, partner)


@cache
def _sides(pack: Pack) -> dict[str, frozenset[str]]:
    table = pack["relations"].get("reporter", {})
    names = ("from", "to", "with", "through", "possessive")
    return {name: frozenset(word.removeprefix("=") for word in table.get(name, ())) for name in names}
