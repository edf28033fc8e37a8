"""Where a sentence begins behind the dateline of an agency: "BEIJING, Nov. 27 (Xinhua) --" and "MOSCOW (AP) —"."""

from __future__ import annotations

from app.pipeline.words.segment import Layout, Sentence


def behind_dateline(layout: Layout, sentence: Sentence) -> int:
    """The token behind a dateline, else the first of the sentence."""
    tokens = layout.tokens
    upper = tokens[sentence.first].upper
    for n in range(sentence.first + 1, min(sentence.first + 14, sentence.last - 1)):
        if not upper and tokens[n - 1].text != ")":
            continue
        if tokens[n].text in "–—" or (tokens[n].text == "-" and tokens[n].start > tokens[n - 1].end):
            return n + (2 if tokens[n + 1].text == "-" else 1)
        if tokens[n].kind == "word" and not tokens[n].capital:
            break
    return sentence.first
