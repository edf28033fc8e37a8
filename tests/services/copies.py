"""A piece of news and its copies in other outlets, all invented, and what a store shows of them."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from app.catalog import load_catalog
from app.domain.query import (
    BY_NAME,
    BY_PAIR,
    IndicatorQuery,
    PageRequest,
    SpeakerQuery,
    StatementQuery,
)
from app.services import reading
from app.storage.database import Database
from tests.services.making import KZ_RU, PETROVA, SERIKOV, Draft

CATALOG = load_catalog()
BODY = (
    "В столице 12 мая прошло 36-е заседание совместной комиссии двух стран по торговле, промышленности и транспорту. В нём "
    "приняли участие руководители ведомств, послы и представители деловых кругов. Стороны рассмотрели ход выполнения решений "
    "2019 года, обсудили новые маршруты для грузов, условия для работы предприятий и порядок расчётов. По итогам встречи "
    "подписан протокол из 14 статей, следующее заседание намечено провести в приграничном городе осенью будущего года."
)
MORE = "Отдельно участники встречи остановились на подготовке молодых специалистов для железных дорог и портов обеих сторон."


def original(**metadata: Any) -> Draft:
    draft = Draft(f"Комиссия провела заседание.\n{BODY}", publisher="Первое агентство", url="https://example.org/1", **metadata)
    return draft.says("Мы довольны итогами", SERIKOV).tells("5 млрд долларов", "5000000000")


def copy(name: str = "Второе", **metadata: Any) -> Draft:
    """With a headline of its own, a sentence more, and a fact more."""
    given = {"publisher": f"{name} издание", "url": f"https://example.org/{name}"} | metadata
    draft = Draft(f"{name} издание сообщает о встрече.\n{BODY}", **given)
    draft = draft.says("Мы довольны  итогами!", SERIKOV).tells("5 млрд долларов", "5000000000")
    return draft.says("Этого у первых не было", PETROVA)


def stored(database: Database, draft: Draft) -> dict[str, Any]:
    with database.session() as session:
        return draft.stored(session).article


def article(database: Database, id_: str) -> dict[str, Any]:
    with database.session() as session:
        return reading.get_article(session, id_)


def counts(session: Session) -> dict[str, dict[str, int]]:
    found = reading.list_pairs(session, PageRequest(sort=BY_PAIR)).items
    known = reading.list_speakers(session, SpeakerQuery(), PageRequest(sort=BY_NAME)).items
    return {item.get("pair") or item["id"]: item["counts"] for item in [*found, *known]}


def state(database: Database) -> dict[str, Any]:
    """What lists show and what is counted, which have to agree."""
    with database.session() as session:
        said = reading.list_statements(session, StatementQuery(), PageRequest()).items
        told = reading.list_indicators(session, IndicatorQuery(), PageRequest()).items
        counted = counts(session)
        for noun, facts in (("statements", said), ("indicators", told)):
            assert sum(str(KZ_RU) in fact["pairs"] for fact in facts) == counted.get("KZ-RU", {}).get(noun, 0), noun
            for speaker in (SERIKOV, PETROVA):
                heard = sum(fact["speaker"] is not None and fact["speaker"]["id"] == speaker.id for fact in facts)
                assert heard == counted.get(speaker.id, {}).get(noun, 0), (noun, speaker.id)
        sources = {fact["id"]: [source["article"]["id"] for source in fact["further_sources"]] for fact in said + told}
        assert all(fact["repeats"] is None for fact in said + told)
    return {"said": sorted(" ".join(fact["text"].split()) for fact in said), "told": len(told), "sources": sources}
