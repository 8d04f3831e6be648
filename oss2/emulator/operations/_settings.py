"""What the operations on a bucket's settings share: a document that is put, got and deleted as a whole."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Callable, Optional

from .. import xml
from ..errors import ApiError
from ..messages import Answer, Request
from ..routing import FULL, OWNER, STORED, operation
from ..schema import Shape, Tree
from ..store import Store

#: what follows from a document, or None when it is deleted; raises ApiError to refuse it
Effect = Callable[[Request, Optional[Tree]], None]
Check = Callable[[Request, Tree], None]


@dataclass(frozen=True)
class Setting:
    """A document of which a bucket has at most one.

    :param kind: the sub-resource, and the name it is stored under
    :param root: the document's root element
    :param missing: the code of the error for a bucket that has none
    :param default: what a bucket has until it is told otherwise; without it and ``missing``, nothing
    """

    kind: str
    root: str
    shape: Shape
    missing: str = ''
    default: Optional[Tree] = None

    def of(self, store: Store, bucket: str) -> Optional[Tree]:
        """The document of a bucket, or None."""
        found = store.setting(bucket, self.kind)
        return self.default if found is None else found

    def read(self, request: Request) -> Tree:
        """The document that a request carries.

        :raises ApiError: MalformedXML
        """
        return self.shape.read(xml.parse(request.document(), self.root))

    def answer(self, tree: Tree) -> Answer:
        return Answer.xml(xml.document(self.root, self.shape.nodes(tree)))

    def get(self, request: Request) -> Answer:
        found = self.of(request.state.store, request.bucket)
        if found is None:
            if self.missing:
                raise ApiError(self.missing, BucketName=request.bucket)
            found = {}
        return self.answer(found)


def serve(setting: Setting, name: str, what: str, follows: str = '', *, check: Optional[Check] = None,
          effect: Optional[Effect] = None, can_delete: bool = True) -> Setting:
    """Register Put, Get and, where OSS has it, Delete of a setting.

    :param name: the operations' name without the verb, such as ``BucketCors``
    :param what: the document in words, such as ``the rules of CORS``
    :param follows: what it brings about here; '' when it is only kept
    :param check: looks at a document before it is stored
    :param effect: acts on one that is being stored or deleted, in the same transaction
    """
    kind = FULL if follows else STORED

    @operation('Put' + name, 'bucket', 'PUT', setting.kind, access=OWNER, effect=kind)
    def put(request: Request) -> Answer:
        tree = setting.read(request)
        if check is not None:
            check(request, tree)
        with request.state.store.transaction():
            request.state.store.save_setting(request.bucket, setting.kind, tree)
            if effect is not None:
                effect(request, tree)
        return Answer(200)

    @operation('Get' + name, 'bucket', 'GET', setting.kind, access=OWNER, effect=kind)
    def get(request: Request) -> Answer:
        return setting.get(request)

    put.__doc__ = 'Stores %s%s.' % (what, ': ' + follows if follows else '')
    get.__doc__ = 'Returns %s.' % what
    if can_delete:
        @operation('Delete' + name, 'bucket', 'DELETE', setting.kind, access=OWNER, effect=kind)
        def delete(request: Request) -> Answer:
            with request.state.store.transaction():
                request.state.store.drop_setting(request.bucket, setting.kind)
                if effect is not None:
                    effect(request, None)
            return Answer(204)

        delete.__doc__ = 'Removes %s.' % what
    return setting


def set_attributes(request: Request, **values: Any) -> None:
    """Change attributes of the bucket; None removes one."""
    bucket = request.the_bucket()
    changed = {**bucket.attributes, **values}
    attributes = {name: value for name, value in changed.items() if value is not None}
    request.state.store.save_bucket(replace(bucket, attributes=attributes))
