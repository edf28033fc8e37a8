"""The two that are compared, each as a function from an article to nothing, with its models loaded.

Run as a process of its own, `contenders.py NAME PASSES`, it takes a JSON list of articles on standard input and prints one JSON
line for each article read, then one with the measurements.
"""

from __future__ import annotations

import importlib.util
import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Reader = Callable[[dict[str, Any]], object]


def bilateral() -> Reader:
    """Everything that POST /v1/extract does below HTTP and JSON, unless it is asked for mentions too."""
    from app.catalog import load_catalog
    from app.domain.text import Article
    from app.pipeline import extract

    catalog = load_catalog()
    return lambda body: extract(Article(**body), catalog, mentions=False)


def natasha() -> Reader:
    """Segmentation, morphology, syntax and names, by natasha's models through slovnet, without natasha's normalisation."""
    from navec import Navec
    from razdel import sentenize, tokenize
    from slovnet import NER, Morph, Syntax

    data = models()
    vectors = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
    morph = Morph.load(data / "model" / "slovnet_morph_news_v1.tar")
    syntax = Syntax.load(data / "model" / "slovnet_syntax_news_v1.tar")
    names = NER.load(data / "model" / "slovnet_ner_news_v1.tar")
    for model in (morph, syntax, names):
        model.navec(vectors)

    def read(body: dict[str, Any]) -> object:
        sentences = [[token.text for token in tokenize(sentence.text)] for sentence in sentenize(body["text"])]
        return list(morph.map(sentences)), list(syntax.map(sentences)), names(body["text"])

    return read


def models() -> Path:
    """Inside natasha's wheel, found without importing it: its import wants pkg_resources, which is gone."""
    found = importlib.util.find_spec("natasha")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "data"


def measure(reader: Reader, bodies: list[dict[str, Any]], passes: int) -> list[list[float]]:
    """CPU seconds of each article, pass by pass. The first article is read once before, for what loads itself when first used."""
    reader(bodies[0])
    return [[timed(reader, body) for body in bodies] for _ in range(passes)]


def timed(reader: Reader, body: dict[str, Any]) -> float:
    started = time.process_time()
    reader(body)
    spent = time.process_time() - started
    print(json.dumps({"spent": spent}), flush=True)
    return spent


def peak_megabytes() -> float:
    """Linux counts kilobytes, macOS bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


if __name__ == "__main__":
    name, passes = sys.argv[1], int(sys.argv[2])
    bodies = json.load(sys.stdin)
    started = time.process_time()
    reader = {"bilateral": bilateral, "natasha": natasha}[name]()
    loading = time.process_time() - started
    spent = measure(reader, bodies, passes)
    print(json.dumps({"loading": loading, "passes": spent, "peak_mb": peak_megabytes()}), flush=True)
