"""How much these tests try, and what they make of a good document."""
from __future__ import annotations

import os
from typing import Any, Callable, Sequence

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

#: Examples a test; with a number in the environment, that many new ones at each run.
EXAMPLES = int(os.environ.get('OSS2_FUZZ_EXAMPLES', 0))


def bounded(examples: int = 50) -> Callable[[Any], Any]:
    return settings(max_examples=EXAMPLES or examples, deadline=None, derandomize=not EXAMPLES, database=None,
                    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


#: What stands where a number, a date or a name should.
ODD_TEXTS = ['', ' ', '-', '-1', '+1', '1e5', '0x10', '1_000', 'NaN', 'inf', '٣', '９', '9' * 5000, 'true', 'TRUE', 'é',
             '中文', '%', '%zz', '%FF', '%E4%B8', '\x7f', '2015-12-05T00:00:00.000Z', '9999-99-99T99:99:99.000Z',
             '0001-01-01T00:00:00.000Z', 'Sat, 05 Dec 2015 11:10:29 GMT', 'Sat, 99 Dec 2015 11:10:29 GMT',
             '=?utf-8?q?x?=']

odd_text = st.one_of(st.sampled_from(ODD_TEXTS), st.text(max_size=20))


@st.composite
def damaged(draw: Any, document: bytes) -> bytes:
    """*document* with some bytes cut out, doubled, put in, exchanged, or its end cut off."""
    for _ in range(draw(st.integers(1, 4))):
        begin = draw(st.integers(0, len(document)))
        end = min(len(document), begin + draw(st.integers(0, 40)))
        kind = draw(st.sampled_from(['cut', 'double', 'put', 'change', 'end']))
        piece = document[begin:end]
        if kind == 'cut':
            document = document[:begin] + document[end:]
        elif kind == 'double':
            document = document[:end] + piece + document[end:]
        elif kind == 'put':
            document = document[:begin] + draw(st.binary(max_size=8)) + document[begin:]
        elif kind == 'change':
            document = document[:begin] + draw(st.binary(min_size=len(piece), max_size=len(piece))) + document[end:]
        else:
            document = document[:begin]
    return document


def nested_json(leaves: Sequence[Any] = ()) -> Any:
    """Any JSON, with *leaves* among its values."""
    plain = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=10), odd_text,
                      *([st.sampled_from(list(leaves))] if leaves else []))
    return st.recursive(plain, lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)), max_leaves=8)
