"""A listening socket and the threads that serve it: what the servers of the tests have in common."""
from __future__ import annotations

import socket
import threading
from typing import Any, Callable, Iterator, List, TypeVar

T = TypeVar('T', bound='Listener')


class Listener:
    """Serves until closed."""

    def __init__(self, listening: socket.socket) -> None:
        self._listener = listening
        self._sockets: List[socket.socket] = []
        self._threads: List[threading.Thread] = []

    def __enter__(self: T) -> T:
        return self

    def __exit__(self, *exc: Any) -> None:
        self.close()

    def close(self) -> None:
        self.hang_up(self._listener, *self._sockets)
        self._listener.close()
        for thread in self._threads:
            thread.join()
        for sock in self._sockets:
            sock.close()

    def hang_up(self, *sockets: socket.socket) -> None:
        """End these connections, all that are open if none is given; new ones are taken."""
        for sock in sockets or self._sockets:
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def _connections(self) -> Iterator[socket.socket]:
        """Each connection that a client opens, until this is closed."""
        while True:
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._sockets.append(sock)
            yield sock

    def _start(self, target: Callable[..., None], *args: Any) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()
