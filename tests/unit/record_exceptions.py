"""Record what oss2 2.19.1 makes of error answers and how its errors print, as golden data for test_exceptions.py.

Run it with an interpreter that has oss2 2.19.1 installed (and not this tree on its path)::

    cd tests/unit && python record_exceptions.py
"""
import base64
import json
import sys

import oss2
from oss2 import exceptions

FIELDS = ('status', 'request_id', 'body', 'details', 'code', 'message', 'ec', 'headers')

DOCUMENT = """<?xml version="1.0" encoding="UTF-8"?>
<Error>
  <Code>%s</Code>
  <Message>The message &amp; more.</Message>
  <RequestId>534B371674E88A4D8906008B</RequestId>
  <HostId>bucket.oss-cn-hangzhou.aliyuncs.com</HostId>
  <Key>中文/键</Key>
  <EC>0026-00000001</EC>
  <RecommendDoc>https://api.aliyun.com/troubleshoot?q=0026-00000001</RecommendDoc>
</Error>
"""

# The answers: status, headers, body.
ANSWERS = [
    (404, {}, ''), (409, {}, ''), (304, {}, ''), (412, {}, ''), (500, {}, 'oops'), (503, {}, '<html>no</html>'),
    (404, {}, '<Other><Code>NoSuchKey</Code></Other>'), (301, {'Location': 'http://elsewhere/'}, ''),
    (404, {}, DOCUMENT % 'UnheardOf'), (409, {}, DOCUMENT % 'UnheardOf'), (200, {}, DOCUMENT % 'NoSuchKey'),
    (404, {'x-oss-request-id': 'R'}, DOCUMENT % 'NoSuchKey'),
    (404, {'x-oss-err': base64.b64encode((DOCUMENT % 'NoSuchKey').encode()).decode()}, ''),
    (404, {'x-oss-err': base64.b64encode((DOCUMENT % 'NoSuchBucket').encode()).decode()}, DOCUMENT % 'NoSuchKey'),
    (404, {'x-oss-err': 'not base64!'}, ''), (404, {'x-oss-err': 'anVuaw=='}, ''),
    (409, {'x-oss-next-append-position': '7'}, DOCUMENT % 'PositionNotEqualToLength'),
    (400, {}, '<Error><Code>InvalidArgument</Code><ArgumentName>n</ArgumentName>'
              '<ArgumentValue>v</ArgumentValue></Error>'),
    (400, {}, DOCUMENT % 'InvalidArgument'),
    (404, {}, '<Error><Code>NoSuchKey</Code><Nested><Inner>x</Inner></Nested><Empty/></Error>'),
    (404, {}, 'junk<Error><Code>NoSuchKey</Code><Message>m</Message></Error>'),
]

# Errors as programs make them.
MADE = [
    ('ClientError', ('text 中',)), ('ClientError', ('',)), ('RequestError', ('text',)),
    ('InconsistentError', ('text',)), ('InconsistentError', ('text', 'request-id')), ('OpenApiFormatError', ('text',)),
    ('OpenApiServerError', (500, 'request-id', 'text', 'Code')), ('SelectOperationFailed', (400, 'Code', 'text')),
    ('OssError', (500, {}, 'body', {})), ('ServerError', (500, {'x-oss-request-id': 'R'}, 'body', {'Code': 'C'})),
    ('NoSuchKey', (404, {}, '', {})), ('NoSuchKey', (404, {}, '', {'Code': 'Other', 'Message': 'm', 'EC': 'e'})),
]


class Response:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.request_id = status, headers, headers.get('x-oss-request-id', '')
        self.body = body.encode()

    def read(self, amt=None):
        return self.body if amt is None else self.body[:amt]


def fields(error):
    found = {name: getattr(error, name) for name in (*FIELDS, 'name', 'value', 'next_position') if hasattr(error, name)}
    if isinstance(found.get('body'), bytes):
        found['body'] = found['body'].decode()
    return found


def answers():
    codes = [(status, {}, DOCUMENT % code if code else '') for status, code in exceptions._OSS_ERROR_TO_EXCEPTION
             if code != 'PositionNotEqualToLength']
    for status, headers, body in ANSWERS + codes:
        error = exceptions.make_exception(Response(status, headers, body))
        yield {'answer': [status, headers, body], 'class': type(error).__name__, 'fields': fields(error),
               'str': str(error)}


def made():
    for name, args in MADE:
        error = getattr(exceptions, name)(*args)
        yield {'class': name, 'args': args, 'fields': fields(error), 'str': str(error), 'repr': repr(error)}


def main():
    if oss2.__version__ != '2.19.1':
        sys.exit('this is oss2 %s, not 2.19.1' % oss2.__version__)
    tree = {name: [base.__name__ for base in kind.__mro__] for name, kind in vars(exceptions).items()
            if isinstance(kind, type) and issubclass(kind, exceptions.OssError) and name != 'klass'}
    table = [[status, code, kind.__name__] for (status, code), kind in exceptions._OSS_ERROR_TO_EXCEPTION.items()]
    golden = {'tree': tree, 'table': table, 'answers': list(answers()), 'made': list(made())}
    with open('exceptions.json', 'w', encoding='utf-8') as f:
        f.write(json.dumps(golden, ensure_ascii=False).replace(', {"answer":', ',\n{"answer":')
                .replace(', {"class":', ',\n{"class":') + '\n')


if __name__ == '__main__':
    main()
