"""Makes the modules of this folder importable by their names, as record.py does."""

from __future__ import annotations

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
