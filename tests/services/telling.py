"""One saying as invented outlets tell it: the same words, cut, in other words; and what only resembles it."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from app.domain.measure import Measure
from app.domain.query import PageRequest, StatementQuery
from app.services import reading
from tests.services.making import SERIKOV, Draft

LONG = (
    "Мы договорились расширить приграничную торговлю, открыть новые логистические центры вдоль магистрали "
    "и упростить оформление грузов для перевозчиков обеих стран"
)
CUT = "Договорились открыть новые логистические центры вдоль магистрали и упростить оформление грузов"
REWORDED = "будет расширена приграничная торговля, вдоль магистрали откроют логистические центры, а оформление грузов упростят"
ANOTHER = (
    "Мы договорились расширить торговлю зерном и открыть представительства продовольственных компаний в столицах обеих стран"
)
STOCK = "Мы заинтересованы в развитии взаимовыгодного сотрудничества"


def told(*words: str, number: int, language: str = "ru", figures: Any = (), **fields: Any) -> Draft:
    """One of several invented outlets tells each of these."""
    draft = Draft(f"Вестник {number}.", language=language, url=f"https://example.org/{number}")
    for place, said in enumerate(words):
        draft.says(said, **fields)
        for written, value, more in figures:
            draft.tells(written, value, within=place, speaker=fields.get("speaker", SERIKOV), **more)
    return draft


def groups(session: Session) -> list[list[str]]:
    """The texts of each group, the longest first; as the statements of all groups tell it themselves."""
    found: dict[str, list[dict[str, Any]]] = {}
    for statement in reading.list_statements(session, StatementQuery(), PageRequest(200)).items:
        if statement["group"] is not None:
            found.setdefault(statement["group"]["id"], []).append(statement)
    for id_, members in found.items():
        members.sort(key=lambda s: (-len(s["text"]), s["id"]))
        articles = len({s["article"]["id"] for s in members})
        longest = [s["id"] for s in members if len(s["text"]) == len(members[0]["text"])]
        assert members[0]["group"]["longest"] in longest
        assert all(s["group"] == members[0]["group"] | {"id": id_, "sources": articles} for s in members)
        listed = reading.list_statements(session, StatementQuery(group=id_), PageRequest(200)).items
        assert {s["id"] for s in listed} == {s["id"] for s in members}
    return sorted([s["text"] for s in members] for members in found.values())


def once(session: Session, **query: Any) -> list[str]:
    found = reading.list_statements(session, StatementQuery(once=True, **query), PageRequest(200)).items
    return sorted(s["text"] for s in found)


TRADE = ("18,3 млрд долларов", "18300000000", {})
ROUND = ("30 млрд долларов", "30000000000", {})
GROWTH = ("10%", "10", {"measure": Measure.CHANGE_PCT, "unit": "percent"})
