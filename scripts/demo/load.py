"""Reads the demonstration articles of this folder into a database, through the same door as every other article."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
