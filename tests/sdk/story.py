"""The whole story with the Python client: python story.py ADDRESS KEY HURRIED_KEY ARTICLE.json…

It says nothing unless something is wrong.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable
from pathlib import Path

from bilateral_client import ApiError, Bilateral, every
from bilateral_client.models import ArticleSubmission


def main(address: str, key: str, hurried: str, *files: str) -> None:
    with Bilateral(address) as stranger:
        assert refusal(stranger.list_topics).status == 401
    with Bilateral(address, key) as api:
        submitted = [ArticleSubmission.from_dict(json.loads(Path(file).read_text("utf-8"))) for file in files]
        articles = [api.create_article(body=body) for body in submitted]
        again = api.create_article(body=submitted[0])
        assert again.id == articles[0].id

        pair = articles[0].pairs[0]
        by_pair = api.list_statements(pair=pair)
        assert by_pair.items
        assert all(pair in statement.pairs for statement in by_pair.items)

        speaker = next(s.speaker for s in by_pair.items if s.speaker and s.speaker.id)
        by_speaker = api.list_statements(speaker=speaker.id)
        assert {s.speaker.id for s in by_speaker.items if s.speaker} >= {speaker.id}
        assert api.get_speaker(speaker.id).name == speaker.name

        day = by_pair.items[0].stated_on
        assert isinstance(day, datetime.date)
        by_date = api.list_statements(pair="-".join(reversed(pair.split("-"))), from_=day, to=day, sort="-stated_on", limit=200)
        assert {s.stated_on for s in by_date.items} == {day}

        whole = api.list_statements(limit=200)
        assert whole.next_cursor is None
        pages = list(every(api.list_statements, limit=2))
        assert len(pages) > 4
        assert [s.id for s in pages] == [s.id for s in whole.items]
        assert list(every(api.list_speaker_statements, speaker.id, limit=1))

        figures = api.list_indicators(pair=pair, metric="trade_turnover", value_from="1")
        assert all(figure.metric == "trade_turnover" for figure in figures.items)
        text = articles[0].text
        assert isinstance(text, str)
        for figure in api.get_article(articles[0].id).indicators:
            assert text[figure.span.start : figure.span.end] == figure.as_written

        problem = refusal(api.list_statements, pair="KZ-KZ")
        assert problem.status == 422
        assert problem.errors[0]["pointer"] == "/query/pair"
        assert "KZ-RU" in problem.detail
        api.delete_article(articles[0].id)
        assert articles[0].id not in {article.id for article in every(api.list_articles)}

    with Bilateral(address, hurried) as often:
        problem = refusal(lambda: [often.list_topics() for _ in range(1_000)])
        assert (problem.status, problem.retry_after) == (429, 1)
    with Bilateral(address, hurried, retries=5) as patient:
        assert len([patient.list_topics() for _ in range(2)]) == 2
        assert refusal(lambda: patient.create_article(body=submitted[0])).status == 403


def refusal(ask: Callable[..., object], **filters: str) -> ApiError:
    try:
        ask(**filters)
    except ApiError as problem:
        return problem
    raise AssertionError("this was answered")


if __name__ == "__main__":
    main(*sys.argv[1:])
