"""The emulator as a server in a thread of this process."""
from __future__ import annotations

import ipaddress
import logging
import os
import socket
import tempfile
import threading
import weakref
from types import TracebackType
from typing import TYPE_CHECKING, Any, List, Optional, Type

from .accounts import Accounts, Credentials, Identity
from .faults import Faults
from .log import RequestLog
from .state import State
from .store import Store

if TYPE_CHECKING:
    import ssl

    import oss2

    from .access_log import Delivered
    from .inventory_report import Report
    from .lifecycle import Done
    from .operations.processing import Task

ACCESS_KEY_ID = 'emulator-access-key-id'
ACCESS_KEY_SECRET = 'emulator-access-key-secret'
REGION = 'cn-hangzhou'
MISSING = 'the emulator needs some packages more: run  pip install uvicorn httptools defusedxml sqlglot'

logger = logging.getLogger(__name__)


class Emulator:
    """OSS on this machine, as a context manager or between :meth:`start` and :meth:`stop`.

    :param port: 0 takes a free one
    :param data: folder that keeps the data over restarts; None keeps them in memory
    :param tls: serve HTTPS with a certificate made for this run; :attr:`certificate` is its file
    :param region: the region that version 4 signatures name
    :raises ImportError: the packages of the extra ``emulator`` are not installed
    :raises DataInUse: another emulator has the data folder open
    """

    def __init__(self, port: int = 0, host: str = '127.0.0.1', data: Optional[str] = None,
                 access_key_id: str = ACCESS_KEY_ID, access_key_secret: str = ACCESS_KEY_SECRET,
                 tls: bool = False, region: str = REGION) -> None:
        self._port = port
        self._host = host
        self._data = data
        self._tls = tls
        self._folder: Optional[tempfile.TemporaryDirectory[str]] = None
        self._server: Optional[Any] = None
        self._thread: Optional[threading.Thread] = None
        self._failure: Optional[BaseException] = None
        self._application: Optional[Any] = None
        self._sessions: Any = weakref.WeakSet()
        accounts = Accounts()
        self._owner = accounts.add('emulator', access_key_id, access_key_secret)
        self._accounts = accounts
        self._region = region
        self._state: Optional[State] = None
        #: what goes wrong with the next requests
        self.faults = Faults()
        #: the requests seen so far
        self.requests = RequestLog()
        #: file with the certificate to trust, None without TLS
        self.certificate: Optional[str] = None

    # life

    def start(self) -> Emulator:
        """Begin to serve; returns when requests are answered."""
        if self._thread is not None:
            raise RuntimeError('the emulator has been started already')
        try:
            from .app import Application
            from .protocol import make_server
        except ImportError as exc:
            raise ImportError(MISSING) from exc
        listener = _listen(self._host, self._port)
        try:
            context = self._make_context() if self._tls else None
            state = self._state = State(Store(self._data), self._accounts, self._owner, self._region)
        except BaseException:
            listener.close()
            self.stop()
            raise
        self._port = listener.getsockname()[1]
        state.host = self.netloc
        state.names = (*state.names, *_names(self._host))
        self._application = Application(state, self.faults, self.requests)
        started = threading.Event()
        self._server = make_server(self._application, context, started.set)
        self._thread = threading.Thread(target=self._run, args=(listener, started), name='oss2-emulator', daemon=True)
        self._thread.start()
        started.wait()
        if self._failure is not None:
            failure, self._failure = self._failure, None
            self.stop()
            raise RuntimeError('the emulator could not start') from failure
        return self

    def _run(self, listener: socket.socket, started: threading.Event) -> None:
        import asyncio
        server = self._server
        try:
            assert server is not None
            asyncio.run(server.serve(sockets=[listener]))
        except BaseException as exc:
            self._failure = exc
            logger.debug('the emulator stopped', exc_info=True)
        finally:
            listener.close()
            started.set()

    def stop(self) -> None:
        """Close all connections, also those of :meth:`bucket`, and end the thread; harmless when done twice."""
        for session in list(self._sessions):
            session.close()
        if self._thread is not None:
            if self._server is not None:
                self._server.stop()
            self._thread.join()
            self._thread = None
        if self._application is not None:
            self._application.close()
            self._application = None
        if self._state is not None:
            self._state.store.close()
            self._state = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def __enter__(self) -> Emulator:
        return self.start()

    def __exit__(self, kind: Optional[Type[BaseException]], exc: Optional[BaseException],
                 traceback: Optional[TracebackType]) -> None:
        self.stop()

    def _make_context(self) -> ssl.SSLContext:
        from . import certificate
        self._folder = tempfile.TemporaryDirectory(prefix='oss2-emulator-tls-')
        self.certificate = os.path.join(self._folder.name, 'certificate.pem')
        return certificate.make_context(self.certificate, ['localhost', '*.localhost', *_names(self._host)],
                                        ['127.0.0.1', '::1'] + ([self._host] if _is_ip(self._host) else []))

    # use

    @property
    def state(self) -> State:
        """The data and settings of the running emulator.

        :raises RuntimeError: it is not running
        """
        if self._state is None:
            raise RuntimeError('the emulator is not running')
        return self._state

    @property
    def port(self) -> int:
        return self._port

    @property
    def netloc(self) -> str:
        host = '127.0.0.1' if self._host in ('', '0.0.0.0') else '::1' if self._host == '::' else self._host
        return '%s:%d' % ('[%s]' % host if ':' in host else host, self._port)

    @property
    def endpoint(self) -> str:
        """The URL to give to ``oss2.Bucket`` and ``oss2.Service``."""
        return '%s://%s' % ('https' if self._tls else 'http', self.netloc)

    @property
    def metadata_url(self) -> str:
        """Where the RAM role of an ECS instance and its credentials are asked for, as a URL that ends with ``/``."""
        return self.endpoint + '/_ecs/latest/meta-data/ram/security-credentials/'

    @property
    def sts_endpoint(self) -> str:
        """The endpoint of STS."""
        return self.endpoint + '/_sts'

    @property
    def kms_endpoint(self) -> str:
        """The endpoint of KMS, whose master keys exist as soon as they are named."""
        return self.endpoint + '/_kms'

    @property
    def region(self) -> str:
        return self._region

    @property
    def credentials(self) -> Credentials:
        """The access key of the emulator's own account."""
        return self._owner.credentials

    def add_account(self, name: str, access_key_id: Optional[str] = None,
                    access_key_secret: Optional[str] = None) -> Credentials:
        """An access key of another account, which is made if it is new."""
        return self._accounts.add(name, access_key_id or name + '-access-key-id',
                                  access_key_secret or name + '-access-key-secret').credentials

    def temporary_credentials(self, seconds: float = 3600, account: Optional[str] = None) -> Credentials:
        """Temporary credentials with a security token.

        :param seconds: for how long they are good, negative for already expired ones
        :param account: name of the account they act for; None means the emulator's own
        """
        identity = self._owner
        if account is not None:
            found: Optional[Identity] = self._accounts.find(self.add_account(account).access_key_id)
            identity = found or identity
        return self._accounts.issue(identity.account, self.state.now() + seconds)

    def expire_credentials(self) -> None:
        """Let all temporary credentials given out so far end now; requests get SecurityTokenExpired."""
        self._accounts.expire_issued(self.state.now())

    def bucket(self, name: str, auth: Optional[Any] = None, **options: Any) -> oss2.Bucket:
        """An ``oss2.Bucket`` that exists, made if need be.

        :param auth: an auth of ``oss2``; None signs with version 4 for the emulator's own account
        :param options: further arguments of ``oss2.Bucket``
        """
        import oss2
        if auth is None:
            auth = oss2.AuthV4(self.credentials.access_key_id, self.credentials.access_key_secret)
        options.setdefault('region', self._region)
        bucket = oss2.Bucket(auth, self.endpoint, name, **options)
        # Proxies and certificates that the environment asks for are not meant for this machine.
        bucket.session.session.trust_env = False
        if self.certificate is not None:
            bucket.session.session.verify = self.certificate
        self._sessions.add(bucket.session.session)
        bucket.create_bucket()
        return bucket

    def run_lifecycle(self, now: Optional[float] = None) -> List[Done]:
        """Do what the lifecycle rules of all buckets ask for: expire and move objects, give up uploads.

        :param now: Unix seconds, as if it were that time; None means now
        :return: what was done
        """
        from . import lifecycle
        return lifecycle.run(self.state, now)

    def run_logging(self, now: Optional[float] = None) -> List[Delivered]:
        """Write the access logs of all buckets that keep one into the buckets they have named for that.

        :param now: Unix seconds, as if it were that time; None means now
        :return: the objects written
        """
        return self.state.access_log.deliver(self.state, now)

    def run_inventory(self, now: Optional[float] = None) -> List[Report]:
        """Make the reports of all inventories that are enabled, whatever their schedule.

        :param now: Unix seconds, as if it were that time; None means now
        :return: one for each inventory
        """
        from . import inventory_report
        return inventory_report.run(self.state, now)

    def process_tasks(self) -> List[Task]:
        """The tasks of AsyncProcessObject and how they went, which OSS tells by messages only."""
        from .operations import processing
        return processing.tasks(self.state.store)

    def account_id(self, name: Optional[str] = None) -> str:
        """The id of an account, as in policies; None means the emulator's own."""
        if name is None:
            return self._owner.account.id
        identity = self._accounts.find(self.add_account(name).access_key_id)
        return '' if identity is None else identity.account.id

    def reset(self) -> None:
        """Forget all data, faults and requests seen; accounts stay."""
        self.state.store.clear()
        self.state.access_log.clear()
        self.faults.clear()
        self.requests.clear()

    def __repr__(self) -> str:
        return '<Emulator %s>' % (self.endpoint if self._state is not None else 'not running')


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ':' in host else socket.AF_INET
    # asyncio sets TCP_NODELAY only where the protocol number says TCP; without it every answer waits for an ACK.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == 'posix':
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        listener.bind((host, port))
        listener.listen(256)
        listener.setblocking(False)
    except BaseException:
        listener.close()
        raise
    return listener


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _names(host: str) -> List[str]:
    return [host.lower()] if host and not _is_ip(host) and host != 'localhost' else []
