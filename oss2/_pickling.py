"""Errors that go to another process, and what goes with them."""
from __future__ import annotations

from typing import Any, Dict, Tuple, Type, TypeVar

from ._secrets import mask_secrets

Error = TypeVar('Error', bound=Exception)


def restored(klass: Type[Error], args: Tuple[Any, ...], state: Dict[str, Any]) -> Error:
    """Rebuild a pickled error without its constructor, whose arguments may have been keywords."""
    error = klass.__new__(klass, *args)
    error.args = args
    error.__dict__.update(state)
    return error


def picklable(cause: Any) -> Any:
    """*cause*, or what stands for it in another process: an error of its class if possible, with its text."""
    if _survives(cause):
        return cause
    text = mask_secrets(str(cause))
    try:
        alike = type(cause)(text)
    except Exception:  # the class may ask for any arguments
        return Exception(text)
    return alike if _survives(alike) else Exception(text)


def _survives(cause: Any) -> bool:
    import pickle  # whoever pickles an error has it

    try:
        pickle.loads(pickle.dumps(cause))
    except Exception:  # pickling runs the code of whatever the cause refers to
        return False
    return True
