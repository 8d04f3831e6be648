"""Makes the modules of this folder and of compat/ importable by their names, as record.py does."""
from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
# The record.py of compat/ comes first.
sys.path += [path for path in (str(HERE.parent / 'compat'), str(HERE)) if path not in sys.path]
