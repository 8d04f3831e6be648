"""oss2 2.19.1 passes this library's tests wherever it is not known to be defective, as outcomes.json has it."""
from __future__ import annotations

import json
from fnmatch import fnmatchcase
from pathlib import Path

from behaviours import behaviours, outcomes_of_functions
from differences import DIFFERENCES
from marks import TESTS, all_marks
from outcomes import HUNG, function, grouped

EXPLANATIONS = [line.split('\t') for line in
                Path(__file__).with_name('explanations.tsv').read_text(encoding='utf-8').splitlines()]

NOT_A_DEFECT = {'sets what only this library has', 'asks for keys in an encoding, as only this library does'}


def failed():
    return [node for node, outcomes in outcomes_of_functions().items()
            if any(outcome.startswith('failed') for outcome in outcomes)]


def test_every_failure_is_of_a_known_defect():
    """A behaviour that the test is marked with, or what explanations.tsv names."""
    marked = {node for mark in all_marks('behaviour') for node in mark.nodes}
    unexplained = [node for node in failed()
                   if node not in marked and not any(fnmatchcase(node, pattern) for pattern, _ in EXPLANATIONS)]
    assert not unexplained, '\n'.join(['fail with 2.19.1 for no known reason:', *unexplained])


def test_explanations_are_rows_or_differences_and_explain_something():
    known = {row.id for row in behaviours()} | {difference.title for difference in DIFFERENCES} | NOT_A_DEFECT
    wrong = ['%s: %s' % (pattern, reason) for pattern, reasons in EXPLANATIONS for reason in reasons.split(' | ')
             if reason not in known]
    wrong += ['%s explains nothing' % pattern for pattern, _ in EXPLANATIONS
              if not any(fnmatchcase(node, pattern) for node in failed())]
    assert not wrong, '\n'.join(wrong)


def test_what_is_beyond_is_not_in_the_interface():
    interface = json.loads((TESTS / 'compat' / 'interface.json').read_text(encoding='utf-8'))
    members = {(name, member) for module in interface.values() for name, parts in module.get('classes', {}).items()
               for part in parts.values() for member in part}
    lacking = {outcome.partition(': ')[2] for outcomes in outcomes_of_functions().values() for outcome in outcomes
               if outcome.startswith('beyond')}
    assert [name for name in lacking if tuple(name.split('.')[-2:]) in members] == []


def test_the_outcomes_are_of_tests_that_are_there():
    """New tests are found by `tox -e oracle`, which runs them."""
    found = [(node, node.partition('::')[0], node.rpartition('::')[2]) for node in outcomes_of_functions()]
    gone = [node for node, file, name in found
            if 'def %s(' % name not in (TESTS / file).read_text(encoding='utf-8')]
    assert not gone, '\n'.join(['run tests/oracle/record.py, these are gone:', *gone])


def test_how_outcomes_are_kept():
    outcomes = {'a.py::one': 'passed', 'a.py::two[x]': HUNG, 'a.py::two[y::z]': 'passed'}
    assert grouped(outcomes) == {'a.py': {'one': 'passed', 'two': {'[x]': HUNG, '[y::z]': 'passed'}}}
    assert function('a.py::two[y::z]') == 'a.py::two'
