"""The composition root: the only module that sees everything."""

import asyncio
import ctypes
import os
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from types import FrameType
from typing import Any

import structlog

from lacewing.accounts import is_unfounded
from lacewing.budgets import (
    Redis,
    RedisBudgets,
    RedisUses,
    RequestBudgets,
    StoredBudgets,
    StoredUses,
    budgets_from,
)
from lacewing.credentials import (
    Breaches,
    Hasher,
    OidcClient,
    Vault,
    read_providers,
    register_keys,
)
from lacewing.events import keep_in_order
from lacewing.http.bugspark import BUGSPARK
from lacewing.http.bugspark.webhook_bodies import event_body as report_body
from lacewing.http.bugtome import BUGTOME
from lacewing.http.bugtome.webhook_bodies import event_body as ticket_body
from lacewing.http.core import Core
from lacewing.http.dashboard import DASHBOARD
from lacewing.http.dashboard.reference import Reference, with_endpoints
from lacewing.http.edge import Edge
from lacewing.http.oauth import OAUTH
from lacewing.http.router import Router
from lacewing.http.static import built_files
from lacewing.kit.clock import utc_now
from lacewing.kit.errors import LacewingError
from lacewing.kit.keyring import parse
from lacewing.live import Hub
from lacewing.settings import Settings
from lacewing.storage import connect, look, migrate, open_backend, open_blobs
from lacewing.webhooks import Format, Happening, RenderAs, chat_body, is_of_tickets, is_sealed_under
from lacewing.worker import Worker, every

Asgi = Callable[..., Awaitable[None]]

SHARE_SECONDS = 1
STORE_USES_SECONDS = 5
SWITCH_SECONDS = 0.0005  # the writer thread waits this long for a busy event loop, instead of 5 ms
SERVING_SECONDS = 0.05
_STOPPING = (signal.SIGTERM, signal.SIGINT)
_PR_SET_PDEATHSIG = 1
_log = structlog.get_logger(__name__)


def ready_database(settings: Settings) -> bool:
    """Brings the schema up to date. True if there is no account yet. Raises SchemaError."""
    backend = open_backend(settings.database)
    try:
        migrate(backend, settings.data / "backups")
        return look(backend, is_unfounded)
    finally:
        backend.close()


def compose(settings: Settings, secret_keys: str, setup_code: str | None) -> Core:
    """Everything that a process needs to answer; opens the database."""
    budgets = budgets_from(settings.limits)
    redis = Redis(settings.redis_url) if settings.redis_url else None
    vault = Vault(
        ring=parse(secret_keys),
        hasher=Hasher(
            memory_kib=settings.argon2_memory_kib,
            passes=settings.argon2_passes,
            lanes=settings.argon2_lanes,
            processes=settings.workers,
        ),
        budgets=StoredBudgets(budgets) if redis is None else RedisBudgets(budgets, redis),
        registration=settings.registration,
        setup_code=setup_code,
        access_lifetime=settings.access_lifetime,
        session_idle=settings.session_idle,
        session_lifetime=settings.session_lifetime,
        max_token_days=settings.max_token_days,
        token_unused=settings.token_unused_days,
        base_url=settings.base_url,
        confirms_registration=settings.registration_confirm,
        breaches=Breaches(settings.breach_url),
    )
    shared = StoredUses() if redis is None else RedisUses(redis)
    request_budgets = RequestBudgets(budgets, utc_now, shared)
    oidc = OidcClient(read_providers(settings.oidc_file))
    db = connect(settings.database)
    live = Hub(db, vault, settings.live_streams)
    return Core(
        settings, db, vault, request_budgets, open_blobs(settings), live, redis, oidc, bodies(settings)
    )


def bodies(settings: Settings) -> RenderAs:
    """The dialect of an event's name is that of its body; what is nothing there is nothing in a chat."""

    def render(chosen: Format, name: str, happening: Happening) -> bytes | None:
        body_of = ticket_body if is_of_tickets(name) else report_body
        body = body_of(name, happening, settings.base_url)
        if body is None or chosen is Format.PLAIN:
            return body
        return chat_body(chosen, name, happening, settings.base_url)

    return render


def application(settings: Settings, secret_keys: str, setup_code: str | None) -> Asgi:
    """The ASGI application of one worker; the core is composed when its event loop runs."""
    return _Process(settings, secret_keys, setup_code)


class _Process:
    """Begins and ends with the ASGI lifespan."""

    def __init__(self, settings: Settings, secret_keys: str, setup_code: str | None) -> None:
        self._settings = settings
        self._secret_keys = secret_keys
        self._setup_code = setup_code
        self._supervisor = os.getpid()
        self._app: Asgi | None = None

    async def __call__(self, scope: dict[str, Any], receive: Asgi, send: Asgi) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._app is not None:
            await self._app(scope, receive, send)

    async def _live(self, receive: Asgi, send: Asgi) -> None:
        _hold_signals()
        await receive()
        _die_with(self._supervisor)
        sys.setswitchinterval(SWITCH_SECONDS)
        try:
            core = await self._compose()
        except Exception as error:  # noqa: BLE001 - told to the supervisor, which ends
            _log.exception("the worker could not start")
            await send({"type": "lifespan.startup.failed", "message": str(error)})
            return
        tasks = [asyncio.create_task(task) for task in (*_always(core), *_background(core))]
        _before_stopping(core.live.stop)
        worker = Worker(core) if core.settings.worker else None
        if worker is not None:
            worker.start()
        _let_signals_in()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        if worker is not None:
            await worker.stop()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(LacewingError):
            await core.vault.last_uses.store(core.db)
        await _close(core)
        await send({"type": "lifespan.shutdown.complete"})

    async def _compose(self) -> Core:
        core = compose(self._settings, self._secret_keys, self._setup_code)
        try:
            await register_keys(core.db, core.vault.ring, is_sealed_under)
            self._app = _faces(core)
        except BaseException:
            await _close(core)
            raise
        return core


async def work(settings: Settings, secret_keys: str) -> None:
    """A process that answers nobody and does what is to be done, until SIGTERM or SIGINT.

    Raises MissingKeysError.
    """
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    core = compose(settings, secret_keys, None)
    try:
        await register_keys(core.db, core.vault.ring, is_sealed_under)
        order = asyncio.create_task(keep_in_order(core.db))
        worker = Worker(core)
        worker.start()
        await stopped.wait()
        await worker.stop()
        order.cancel()
        await asyncio.gather(order, return_exceptions=True)
    finally:
        await _close(core)


def _faces(core: Core) -> Asgi:
    main = Reference(BUGSPARK, "/api/v1/openapi.json", "/api/reference")
    tickets = Reference(BUGTOME, "/api/v1/openapi-tickets.json", "/api/reference/tickets")
    pages = (main.page_endpoint(tickets), tickets.page_endpoint(main))
    dialects = (
        (with_endpoints(BUGTOME, tickets.document_endpoint()), ("/api/v1/tickets", "/api/v1/mcp")),
        (with_endpoints(BUGSPARK, main.document_endpoint()), ("/api", "/health", "/ready")),
        (OAUTH, ("/oauth", "/.well-known/oauth-authorization-server")),
        (with_endpoints(DASHBOARD, *pages), ("/",)),
    )
    return Edge(Router(core, dialects).app, built_files(), core.settings)


def _always(core: Core) -> list[Coroutine[Any, Any, None]]:
    """What each process that answers needs for itself."""
    return [keep_in_order(core.db), core.live.run()]


def _background(core: Core) -> list[Coroutine[Any, Any, None]]:
    """What a process that answers has to store. Several count together, to within a second (M-1)."""
    tasks = [
        every(STORE_USES_SECONDS, "store last uses", lambda: core.vault.last_uses.store(core.db)),
    ]
    is_one_of_many = core.settings.workers > 1 or core.db.backend.name == "postgresql"
    if is_one_of_many or core.redis is not None:
        tasks.append(every(SHARE_SECONDS, "share request budgets", lambda: core.budgets.share(core.db)))
    return tasks


async def _close(core: Core) -> None:
    if core.redis is not None:
        await core.redis.close()
    core.close()


def _before_stopping(stop: Callable[[], None]) -> None:
    """Granian waits for open streams before the lifespan ends: they have to hear of the signal itself."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _first(lambda: loop.call_soon_threadsafe(stop), signal.getsignal(number)))


def _first(call: Callable[[], object], handler: Any) -> Callable[[int, FrameType | None], None]:  # noqa: ANN401
    def handle(number: int, frame: FrameType | None) -> None:
        call()
        if callable(handler):
            handler(number, frame)

    return handle


def _hold_signals() -> None:
    """In a signal that comes before it serves Granian stands still for good, and holds Python's lock."""
    signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)


def _let_signals_in() -> None:
    """Those too that came meanwhile. The loop does not turn between the end of the start and the serving."""
    loop = asyncio.get_running_loop()
    loop.call_later(SERVING_SECONDS, signal.pthread_sigmask, signal.SIG_UNBLOCK, _STOPPING)


def _die_with(supervisor: int) -> None:
    """A worker whose supervisor was killed must not keep the port."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != supervisor:
        os.kill(os.getpid(), signal.SIGTERM)
