"""What the ablation puts in the place of a stage stands where that stage is called from."""

from __future__ import annotations

import sys
from pathlib import Path
from unittest.mock import patch

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts" / "benchmarks"))
from ablation import Patches, stages

STAGES = stages()


@pytest.mark.parametrize("patches", STAGES.values(), ids=STAGES.keys())
def test_a_stage_that_is_switched_off_is_there(patches: Patches) -> None:
    for name, instead in patches:
        with patch(name, instead):
            pass
