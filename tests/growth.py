"""How the cost of a function grows with its input: twice the text may take a little more than twice the time."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

# Twice the input of a linear function costs twice; a quadratic one costs four times. Between them is room for noise.
_MOST = 2.6
# Below this a clock tells nothing on a busy machine.
_LEAST_SECONDS = 0.01


def assert_linear(work: Callable[[str], object], make: Callable[[int], str], size: int, attempts: int = 5) -> None:
    """Runs `work` on `make(n)` and `make(2 * n)` and compares the process CPU they take.

    The size is raised until the clock can tell; the least of several runs counts, and one good attempt is enough,
    since a neighbour on the machine can only make a run slower.
    """
    while _cost(work, make(size)) < _LEAST_SECONDS and size < 40_000:
        size *= 3
    ratios = []
    for _ in range(attempts):
        once = max(min(_cost(work, make(size)) for _ in range(2)), _LEAST_SECONDS / 2)
        for _ in range(2):
            ratios.append(_cost(work, make(2 * size)) / once)
            if ratios[-1] <= _MOST:
                return
    raise AssertionError(f"twice the input took {min(ratios):.1f} times as long at the least (size {size})")


def _cost(work: Callable[[str], object], text: str) -> float:
    gc.disable()
    try:
        start = time.process_time()
        work(text)
        return time.process_time() - start
    finally:
        gc.enable()
