"""Where the public key of callbacks is fetched from: here, or under the name it has in the cloud."""
from __future__ import annotations

from ..errors import ApiError
from ..messages import Answer, Request

HOST = 'gosspublic.alicdn.com'


def answer(request: Request) -> Answer:
    """
    :raises ApiError: MethodNotAllowed, NoSuchKey
    """
    if request.method not in ('GET', 'HEAD'):
        raise ApiError('MethodNotAllowed', Method=request.method, ResourceType='Object')
    if request.path != '/callback_pub_key_v1.pem':
        raise ApiError('NoSuchKey', Key=request.path[1:])
    return Answer(200, {'content-type': 'application/x-x509-ca-cert'}, request.state.callback_key.public())
