"""The control API: one table of routes, one function per route."""
from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional

from .. import lifecycle, routing
from ..log import Seen
from ..messages import Answer, integer
from . import faults, inside, signing
from .calls import Call, Refused, as_json

Function = Callable[[Call], Answer]

_LONGEST_SESSION = 7 * 24 * 3600


def answer(call: Call) -> Answer:
    """What a call asks for.

    :raises Refused: it cannot be answered
    :raises ApiError: OSS itself refuses it
    """
    path = call.path[len('api/'):]
    methods: Optional[Dict[str, Function]] = ROUTES.get(path)
    if methods is None:
        beginning = path.partition('/')[0] + '/'
        methods = ROUTES.get(beginning + '*') if path.startswith(beginning) else None
    if methods is None:
        raise Refused('there is no /-/api/%s; there are %s' % (path, ', '.join('/-/api/' + known for known in ROUTES)),
                      404)
    function = methods.get(call.method)
    if function is None:
        raise Refused('/-/api/%s takes %s, not %s' % (path, ' and '.join(methods), call.method), 405,
                      {'allow': ', '.join(methods)})
    return function(call)


def get_state(call: Call) -> Answer:
    state = call.app.state
    credentials = state.owner.credentials
    return as_json({
        'endpoint': '%s://%s' % (call.origin.partition('://')[0], state.host), 'region': state.region,
        'access_key_id': credentials.access_key_id, 'access_key_secret': credentials.access_key_secret,
        'buckets': sorted(state.store.names())})


def reset(call: Call) -> Answer:
    call.read()
    call.app.state.store.clear()
    call.app.faults.clear()
    call.app.log.clear()
    return Answer(204)


def create_bucket(call: Call) -> Answer:
    call.read('name', 'acl')
    headers = {'x-oss-acl': call.text('acl')} if call.fields.get('acl') is not None else {}
    inside.create_bucket(call, call.text('name'), headers)
    return Answer(204)


def list_requests(call: Call) -> Answer:
    """The log, oldest first; `next` is the `since` of a later call that continues."""
    unknown = sorted(call.params.keys() - {'operation', 'method', 'key', 'status', 'since'})
    if unknown:
        raise Refused('%r is no filter; there are operation, method, key, status and since' % unknown[0])
    for name in ('since', 'status'):
        if name in call.params and integer(call.params[name]) is None:
            raise Refused('%s must be a number, not %r' % (name, call.params[name]))
    cleared, first, seen = call.app.log.since(int(call.params.get('since', 0)))
    wanted = {name: call.params[name] for name in ('operation', 'method', 'key') if name in call.params}
    status = int(call.params['status']) if 'status' in call.params else None
    return as_json({
        'requests': [_seen(index, one) for index, one in enumerate(seen, first)
                     if all(getattr(one, name) == value for name, value in wanted.items())
                     and (status is None or one.status == status)],
        'next': first + len(seen), 'cleared': cleared})


def _seen(index: int, seen: Seen) -> Dict[str, Any]:
    return {
        'index': index, 'method': seen.method, 'bucket': seen.bucket, 'key': seen.key, 'request_id': seen.request_id,
        'client': list(seen.client), 'params': dict(seen.params), 'headers': dict(seen.headers),
        'operation': seen.operation, 'received': seen.received, 'status': seen.status, 'code': seen.code,
        'time': seen.time, 'seconds': seen.seconds}


def clear_requests(call: Call) -> Answer:
    call.app.log.clear()
    return Answer(204)


def list_faults(call: Call) -> Answer:
    return as_json({'faults': [faults.as_dict(fault) for fault in call.app.faults]})


def add_fault(call: Call) -> Answer:
    call.read('kind', 'values', 'times', 'method', 'key', 'operation')
    return as_json({'id': faults.add(call).id}, 201)


def clear_faults(call: Call) -> Answer:
    call.app.faults.clear()
    return Answer(204)


def remove_fault(call: Call) -> Answer:
    found = next((fault for fault in call.app.faults if str(fault.id) == call.last()), None)
    if found is None:
        raise Refused('there is no fault %r' % call.last(), 404)
    call.app.faults.remove(found)
    return Answer(204)


def list_fault_kinds(call: Call) -> Answer:
    """The kinds of faults with their values, and the operations they can be limited to."""
    operations = sorted({row.name for rows in routing.TABLE.values() for row in rows})
    return as_json({'kinds': faults.kinds(), 'operations': operations})


def run_lifecycle(call: Call) -> Answer:
    call.read('now')
    done: List[lifecycle.Done] = lifecycle.run(call.app.state, call.number('now', None))
    return as_json({'done': [one._asdict() for one in done]})


def issue_credentials(call: Call) -> Answer:
    call.read('duration')
    state = call.app.state
    duration = call.number('duration', 3600)
    assert duration is not None
    if abs(duration) > _LONGEST_SESSION:
        raise Refused("'duration' must be at most %d seconds" % _LONGEST_SESSION)
    issued = state.accounts.issue(state.owner.account, state.now() + duration)
    return as_json({'access_key_id': issued.access_key_id, 'access_key_secret': issued.access_key_secret,
                    'security_token': issued.security_token, 'expiration': issued.expiration})


def sign(call: Call) -> Answer:
    call.read('method', 'bucket', 'key', 'params', 'headers', 'expires', 'version')
    return as_json({'url': signing.sign_url(call)})


def make_form(call: Call) -> Answer:
    call.read('bucket', 'key', 'fields', 'conditions', 'expires', 'version')
    url, fields = signing.sign_form(call)
    return as_json({'url': url, 'fields': fields})


ROUTES: Dict[str, Dict[str, Function]] = {
    'state': {'GET': get_state},
    'reset': {'POST': reset},
    'buckets': {'POST': create_bucket},
    'requests': {'GET': list_requests, 'DELETE': clear_requests},
    'faults': {'GET': list_faults, 'POST': add_fault, 'DELETE': clear_faults},
    'faults/*': {'DELETE': remove_fault},
    'kinds': {'GET': list_fault_kinds},
    'lifecycle': {'POST': run_lifecycle},
    'sts': {'POST': issue_credentials},
    'sign': {'POST': sign},
    'form': {'POST': make_form},
    'settings/*': {'GET': inside.settings},
    'oss/*': {'GET': inside.look, 'HEAD': inside.look},
}

