"""oss2 does what oss2 2.19.1 did with every call of the corpus, but for the differences that are listed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Dict, Iterator, List, Set

import pytest
from cases import Case
from compare import Departure, compare_records, forget_newer
from corpus import load
from differences import DIFFERENCES, DOCUMENT, document, explained_by
from play import Player
from record import OPERATIONS, read_recording

import oss2

AREAS = load()
CASES: Dict[str, Case] = {id: case for area in AREAS for id, case in area.cases.items()}
MISSING_FILE = Path(__file__).parent / 'missing.txt'
MISSING: Set[str] = set(MISSING_FILE.read_text().split())


def operation(case: Case) -> str:
    return '%s.%s' % ({'sweep': 'xml_utils', '': 'oss2'}.get(case.call.of, case.call.of), case.call.name)


PLAYABLE = [id for id, case in CASES.items() if operation(case) not in MISSING]


class Played:
    """Recordings and departures; each case is played once, when it is first asked for."""

    def __init__(self) -> None:
        self._player = Player(oss2)
        self._recordings = {id: record for area in AREAS for id, record in read_recording(area.name).items()}
        self._departures: Dict[str, List[Departure]] = {}

    def departures(self, id: str) -> List[Departure]:
        if id not in self._departures:
            recording = self._recordings.get(id)
            if recording is None:
                pytest.fail('%s is not recorded: run tests/compat/record.py' % id)
            ours = self._player.play(CASES[id])
            if CASES[id].call.of == 'sweep':
                forget_newer(recording, ours)
            self._departures[id] = list(compare_records(recording, ours))
        return self._departures[id]

    def recorded(self) -> Set[str]:
        return set(self._recordings)

    def close(self) -> None:
        self._player.close()


@pytest.fixture(scope='module')
def played() -> Iterator[Played]:
    played = Played()
    yield played
    played.close()


@pytest.mark.parametrize('group', sorted({'/'.join(id.split('/')[:2]) for id in PLAYABLE}))
def test_same_as_upstream(group: str, played: Played) -> None:
    """All cases of one operation in one area."""
    unexplained = [
        '%s\n    %s' % (id, departure)
        for id in PLAYABLE
        if id.startswith(group + '/')
        for departure in played.departures(id)
        if explained_by(id, departure) is None
    ]
    assert not unexplained, '\n'.join(['differs from oss2 2.19.1:', *unexplained])


def test_every_listed_difference_is_still_one(played: Played) -> None:
    found = {id: played.departures(id) for id in PLAYABLE}
    seen = {
        place
        for id, departures in found.items()
        for _, place in filter(None, (explained_by(id, d) for d in departures))
    }
    stale = [
        '%s: %s' % (difference.title, place)
        for difference in DIFFERENCES
        for place in difference.places
        if place not in seen
    ]
    assert not stale, '\n'.join(stale)


def test_differences_elsewhere_are_shown_by_tests() -> None:
    tests = Path(__file__).parent.parent
    for difference in DIFFERENCES:
        if difference.shown_by:
            path, _, name = difference.shown_by.partition('::')
            assert 'def %s(' % name in (tests / path).read_text(encoding='utf-8'), difference.title
        else:
            assert difference.places, difference.title


def test_differences_page_is_up_to_date() -> None:
    assert Path(DOCUMENT).read_text(encoding='utf-8') == document(), 'run tests/compat/differences.py'


def test_recordings_are_of_this_corpus(played: Played) -> None:
    assert played.recorded() == set(CASES), 'run tests/compat/record.py'


def test_every_operation_has_a_case() -> None:
    operations: Dict[str, List[str]] = json.loads(Path(OPERATIONS).read_text(encoding='utf-8'))
    covered = {operation(case) for case in CASES.values()}
    assert not {'%s.%s' % (of, name) for of, names in operations.items() for name in names} - covered


def test_missing_operations_are_missing() -> None:
    owners: Dict[str, Any] = {
        'Bucket': oss2.Bucket,
        'Service': oss2.Service,
        'Iterator': oss2,
        'xml_utils': oss2.xml_utils,
        'oss2': oss2,
    }
    there = [name for name in sorted(MISSING) if hasattr(owners[name.split('.')[0]], name.split('.')[1])]
    assert not there, 'take out of missing.txt: %s' % ' '.join(there)
