"""Record what small functions of oss2 2.19.1 make of their arguments.

With an interpreter that has it, in another folder than this tree: ``python record_values.py > values.json``.
An error is recorded as None.
"""

import json

import oss2
from oss2 import api, utils

ENDPOINTS = [
    'oss-cn-hangzhou.aliyuncs.com',
    'https://oss-cn-hangzhou.aliyuncs.com/',
    'http://a.com/x/y?z',
    'http://1.2.3.4:80',
    'localhost:90',
    'http://localhost',
    'HTTP://A.com',
    'http://a.com',
    'https://img.a.com:8443',
    'ftp://a.com',
    'a b.com',
    'http://[::1]:80',
    '',
    'http://a_b.com',
    ' oss.com ',
    'http://中.com',
    'http://u:p@a.com',
    'http://a.com:99999',
    'http://1.2.3.4',
    'http://a.com:',
    'http://a',
    'https://a-b.c-d.com',
    'a.com#f',
    'a.com?q',
]
KEYS = [
    '',
    'key',
    'a/b 中',
    'a+b%~*',
    '/a',
    'a//b/',
    '?x=y&z#f',
    "!'()",
    '\x01\n',
    '\U0001f600',
    '"<>\\^`{|}',
    'a:b@c;d,e$',
]
NAMES = [
    'a',
    'ab',
    'abc',
    '-abc',
    'abc-',
    'ABC',
    'a.b',
    'a_b',
    'a' * 63,
    'a' * 64,
    ' abc',
    '',
    '1ab',
    '中文桶',
    'a--b',
    'abc\n',
]
HOSTS = ['1.2.3.4', '1.2.3.4:80', 'localhost', 'localhost:80', 'a.com', 'localhost.com', '255.255.255.255']
RANGES = [(0, 99), (None, 99), (100, None), (0, 0), None, (None, None), (5, 5)]
FILES = [
    'a.txt',
    'a/b.JPG',
    'a.html',
    'a.js',
    'a.docx',
    'a.xlsx',
    'a.apk',
    'none',
    'a.unheard-of',
    '',
    '.txt',
    'a.tar.gz',
    '中.png',
    'a.css',
    'a.json',
    'a.pptx',
    'a.xlsb',
    'dir.txt/none',
    'a.txt.',
    'a b.pdf',
]
TEXTS = ['', 'abc', '中文', 'a' * 100]


def result_of(function, *args):
    try:
        return function(*args)
    except Exception:
        return None


def urls():
    for endpoint in ENDPOINTS:
        for style in ({}, {'is_cname': True}, {'is_path_style': True}):
            case = {'endpoint': endpoint, 'style': style}
            try:
                bucket = oss2.Bucket(oss2.AnonymousAuth(), endpoint, 'bucket', **style)
            except Exception:
                yield dict(case, made=None)
                continue
            make = bucket._make_url
            yield dict(
                case,
                made={
                    'endpoint': bucket.endpoint,
                    'scheme': make.scheme,
                    'netloc': make.netloc,
                    'service': make('', ''),
                    'objects': [[make('bucket', key), make('bucket', key, True)] for key in KEYS],
                },
            )


def names():
    for name in NAMES:
        bucket = result_of(oss2.Bucket, oss2.AnonymousAuth(), 'http://a.com', name)
        yield [name, oss2.is_valid_bucket_name(name), bucket and bucket.bucket_name]


print(
    json.dumps(
        {
            'keys': KEYS,
            'urls': list(urls()),
            'bucket_names': list(names()),
            'hosts': [[host, result_of(utils.is_ip_or_localhost, host)] for host in HOSTS],
            'ranges': [
                [
                    pair,
                    api._make_range_string(pair),
                    utils._make_line_range_string(pair),
                    utils._make_split_range_string(pair),
                ]
                for pair in RANGES
            ],
            'content_types': [[name, utils.content_type_by_name(name)] for name in FILES],
            'digests': [
                [text, utils.md5_string(text), utils.content_md5(text), utils.b64encode_as_string(text)]
                for text in TEXTS
            ],
            'how_many': [[m, n, utils.how_many(m, n)] for m in (0, 1, 9, 10, 11) for n in (1, 5, 10)],
        },
        indent=1,
        ensure_ascii=False,
    )
)
