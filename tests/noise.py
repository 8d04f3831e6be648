"""Contents for tests to send."""
from __future__ import annotations

import random


def noise(size: int, source: random.Random) -> bytes:
    """Bytes in which a piece that is lost, doubled or misplaced shows."""
    return source.getrandbits(8 * size).to_bytes(size, 'big') if size else b''
