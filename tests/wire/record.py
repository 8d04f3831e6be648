"""Record what oss2 2.19.1 makes of the documents in `wire_documents.py`, what it sends for
the inputs in `wire_inputs.py`, and which attributes its models get.

Run with an interpreter that has oss2 2.19.1 installed, and not this package::

    python tests/wire/record.py

It writes `answers.json`, `requests.json` and `models.json` beside itself.
"""
from __future__ import annotations

import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import wire_dumps as dumps  # noqa: E402


def main() -> None:
    import oss2
    if oss2.__version__ != '2.19.1':
        sys.exit('needs oss2 2.19.1, this is %s' % oss2.__version__)
    for name, recorded in (('answers', dumps.answers()), ('requests', dumps.requests()), ('models', dumps.models())):
        with open(os.path.join(HERE, name + '.json'), 'w', encoding='utf-8') as file:
            lines = ('%s:%s' % (json.dumps(key), json.dumps(value, separators=(',', ':'), ensure_ascii=False))
                     for key, value in recorded.items())
            file.write('{\n%s\n}\n' % ',\n'.join(lines))


if __name__ == '__main__':
    main()
