"""The bucket's cross-origin rules, and the preflight requests of browsers."""
from __future__ import annotations

from .. import cors
from ..errors import ApiError, invalid_argument
from ..messages import Answer, Request
from ..routing import ANYONE, operation
from ..schema import Shape, Tree, boolean, choice, listed, many, maybe, number, some
from ._settings import Setting, serve

_MOST_RULES = 20

_RULE = Shape(
    many('AllowedOrigin', some, least=1),
    many('AllowedMethod', choice('GET', 'PUT', 'DELETE', 'POST', 'HEAD'), least=1),
    many('AllowedHeader', some), many('ExposeHeader', some), maybe('MaxAgeSeconds', number(0, 999999999)))


def _check(request: Request, tree: Tree) -> None:
    if len(tree['CORSRule']) > _MOST_RULES:
        raise ApiError('InvalidArgument', 'The number of CORS rules exceeds %d.' % _MOST_RULES)
    for rule in tree['CORSRule']:
        for name in ('AllowedOrigin', 'AllowedHeader'):
            for value in listed(rule.get(name)):
                if value.count('*') > 1:
                    raise invalid_argument(name, value, '%s can have at most one wildcard.' % name)
        for value in listed(rule.get('ExposeHeader')):
            if '*' in value:
                raise invalid_argument('ExposeHeader', value, 'ExposeHeader cannot have a wildcard.')


serve(Setting('cors', 'CORSConfiguration', Shape(many('CORSRule', _RULE, least=1), maybe('ResponseVary', boolean)),
              missing='NoSuchCORSConfiguration'),
      'BucketCors', 'the rules of CORS', 'preflights and other requests are answered by them',
      check=_check)


@operation('OptionObject', 'object', 'OPTIONS', access=ANYONE, is_signed=False)
def option_object(request: Request) -> Answer:
    """Answers a preflight for an object by the rules of its bucket."""
    return Answer(200, cors.preflight(request))


@operation('OptionObject', 'bucket', 'OPTIONS', access=ANYONE, is_signed=False)
def option_bucket(request: Request) -> Answer:
    """Answers a preflight for a bucket by its rules."""
    return Answer(200, cors.preflight(request))
