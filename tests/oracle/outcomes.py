"""outcomes.json: what became of each test where ``oss2`` was oss2 2.19.1."""
from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Dict, Iterator, List, Tuple, Union

from marks import TESTS, all_marks

FILE = Path(__file__).resolve().with_name('outcomes.json')
# Tools over this library's own code, what is drawn by chance, what hangs with 2.19.1
# and is shown by other tests as well, and what is about the emulator alone.
NOT_RUN = ('typing/', 'fuzz/', 'peers/', 'browser/', 'unit/test_examples.py', 'unit/test_resumable.py',
           'unit/test_task_queue.py', 'functional/test_emulator_')
HUNG = 'failed: Timeout'
NOT_COLLECTED = 'failed: not collected'
BY_CHANCE = 'failed: by chance'
# With 2.19.1 threads and processes get into each other's way here, or this time they do not.
UNSTEADY = ('functional/test_fork.py::test_children_read_their_own_objects',
            'functional/test_metadata.py::test_there_and_back',
            'functional/test_objects.py::test_one_bucket_from_many_threads',
            'functional/test_resumable.py::test_an_object_that_changed_starts_over',
            'functional/test_resumable.py::test_connections_are_as_many_as_threads_and_used_again',
            'functional/test_resumable.py::test_ctrl_c_waits_for_the_threads',
            'functional/test_resumable.py::test_two_transfers_of_the_same_at_once')

# By file and function; where the cases of a function differ, by case.
Grouped = Dict[str, Dict[str, Union[str, Dict[str, str]]]]


def suite() -> Tuple[List[str], List[str]]:
    """Files that are run whole with 2.19.1, as they are about what users see, and those of which some tests are."""
    files = [path.relative_to(TESTS).as_posix() for pattern in ('functional/test_*.py', 'compat/test_promised_*.py')
             for path in sorted(TESTS.glob(pattern))]
    whole = [file for file in files if not file.startswith(NOT_RUN)]
    others = {mark.path for mark in all_marks('behaviour')
              if mark.path not in whole and not mark.path.startswith(NOT_RUN)}
    return whole, sorted(others)


def read() -> Dict[str, str]:
    """By test, with its case."""
    if not FILE.exists():
        return {}
    grouped: Grouped = json.loads(FILE.read_text(encoding='utf-8'))
    return {node + case: outcome for file, tests in grouped.items() for test, found in tests.items()
            for node in ['%s::%s' % (file, test)]
            for case, outcome in (found.items() if isinstance(found, dict) else [('', found)])}


def function(node: str) -> str:
    """The test without its case."""
    return node.partition('[')[0]


def settled(outcomes: Dict[str, str]) -> Dict[str, str]:
    """The same however chance had it."""
    return {node: BY_CHANCE if function(node) in UNSTEADY else outcome
            for node, outcome in outcomes.items()}


def grouped(outcomes: Dict[str, str]) -> Grouped:
    cases: Dict[str, Dict[str, str]] = {}
    for node, outcome in sorted(outcomes.items()):
        cases.setdefault(function(node), {})[node[len(function(node)):]] = outcome
    found: Grouped = {}
    for node, by_case in cases.items():
        file, _, test = node.partition('::')
        found.setdefault(file, {})[test] = by_case[''] if list(by_case) == [''] else by_case
    return found


def text(outcomes: Dict[str, str]) -> str:
    return json.dumps(grouped(outcomes), ensure_ascii=False, indent=1) + '\n'


def compare(recorded: Dict[str, str], found: Dict[str, str]) -> Iterator[str]:
    for node in sorted({*recorded, *found}):
        before, now = recorded.get(node, 'not there'), found.get(node, 'not there')
        if before != now:
            yield '%s\n    recorded: %s\n    found:    %s' % (node, before, now)


def summary(outcomes: Dict[str, str]) -> str:
    counted = Counter(outcome.partition(':')[0] for outcome in outcomes.values())
    return ', '.join('%d %s' % (number, kind) for kind, number in sorted(counted.items()))
