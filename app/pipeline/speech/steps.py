"""How the evidence of a fact tells an editor the way from a word to a speaker."""

from __future__ import annotations

from app.pipeline.words.segment import Layout


def step(written: str, meant: str, why: str) -> str:
    """One step of a resolution: "он" → "Токаев", previous sentence."""
    return f'"{written}" → "{meant}", {why}'


def named_step(written: str, words: tuple[str, ...], where_named: str) -> tuple[str, ...]:
    """The step from an office to somebody whom the article names."""
    return (step(written, " ".join(words), f"named {where_named}"),)


def where(layout: Layout, here: int, there: int) -> str:
    """How far a token stands before another, in sentences."""
    back = layout.sentence_number(here) - layout.sentence_number(there)
    if back < 0:
        return "named later"
    return ("same sentence", "previous sentence")[back] if back < 2 else f"{back} sentences before"
