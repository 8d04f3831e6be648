"""What the library makes of OSS's documents, against what oss2 2.19.1 makes of them."""
from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from oss2 import models, xml_utils
from oss2._xml import reading, to_document

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))

from wire_documents import ANSWERS, variants  # noqa: E402
from wire_dumps import RAISES, Response, answer, dump, flat  # noqa: E402

RECORDED = json.loads((HERE / 'answers.json').read_text('utf-8'))

#: document -> the attribute that deliberately differs, the tag it is read from, and why
DIFFERENCES = {
    'get_bucket_worm': ('.worm_state', '.state', '2.19.1 sets only `state`, which its own class does not have'),
    'get_async_fetch_task': (
        '.task_config.callback_when_failed', None, '2.19.1 sends this element but does not read it'),
    'list_parts': ('.parts[0].part_crc', None, '2.19.1 has no CRC of parts that are listed'),
}


def expected(name, label):
    """The recorded dump, None if 2.19.1 raises."""
    change = RECORDED[name]['changes'].get(label)
    if change == RAISES:
        return None
    dump = dict(RECORDED[name]['whole'])
    if change:
        for path in change[0]:
            del dump[path]
        dump.update(change[1])
    return dump


@pytest.mark.parametrize('long', [reading._LONG, 0], ids=['tree', 'rows'])
@pytest.mark.parametrize('name', sorted(ANSWERS))
def test_answer(name, long, monkeypatch):
    monkeypatch.setattr(reading, '_LONG', long)
    path, same_as, _ = DIFFERENCES.get(name, (None, None, None))
    for label, body in variants(ANSWERS[name][2]):
        wanted = expected(name, label)
        if wanted is None:
            continue  # here a missing or empty element may be tolerated, or reported
        found = json.loads(json.dumps(answer(name, body)))
        assert found != RAISES, label
        if path is not None:
            assert wanted.pop(path, None) is None
            own = found.pop(path, None)
            assert own == (found[same_as] if same_as else own), label
        assert found == wanted, label


def test_each_recorded_variant_is_still_made():
    for name, (_, _, document) in ANSWERS.items():
        assert set(RECORDED[name]['changes']) <= {label for label, _ in variants(document)}


def test_elements_that_2_19_1_does_not_read():
    whole = answer('get_async_fetch_task', ANSWERS['get_async_fetch_task'][2].encode())
    assert whole['.task_config.callback_when_failed'] is True
    assert answer('get_bucket_worm', ANSWERS['get_bucket_worm'][2].encode())['.worm_state'] == 'Locked'


#: what the documents of these answers say in more than one way
_WRITTEN_OTHERWISE = {
    'get_bucket_info_unencrypted': {'.bucket_encryption_rule.sse_algorithm'},
    'get_callback_policy': {'.callback_policies[1].callback_var'},
    'create_live_channel': {'.target.frag_duration', '.target.frag_count'},
    'list_live_channel': {'.channels[0].target.frag_duration', '.channels[0].target.frag_count'},
}


@pytest.mark.parametrize('name', sorted(ANSWERS))
def test_results_are_written_as_documents_that_read_the_same(name):
    parse_name, class_name, document = ANSWERS[name]
    cls, parse = getattr(models, class_name), getattr(xml_utils, parse_name)
    first = parse(cls(Response()), document)
    second = parse(cls(Response()), to_document(first))
    before, after = flat(dump(first)), flat(dump(second))
    assert {path for path in before if before[path] != after[path]} == _WRITTEN_OTHERWISE.get(name, set())
    assert set(before) == set(after)
