"""Start the server: settings, data folder, schema, then Granian over the workers."""

import errno
import multiprocessing
import resource
import socket
from collections.abc import Mapping
from contextlib import suppress

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from lacewing.app import application
from lacewing.cli.box.prepare import Prepared, complain, prepare
from lacewing.settings import Settings, SettingsError
from lacewing.storage import SchemaError

KILL_SECONDS = 30
REQUESTS_AT_ONCE = 1024
HEADER_MILLISECONDS = 10_000


def serve(given: Mapping[str, str]) -> int:
    """`given` overrides the environment. Returns the exit code: 2 for what the operator has to mend."""
    try:
        prepared = prepare(given)
    except (SettingsError, SchemaError) as error:
        return complain(str(error))
    settings = prepared.settings
    hindrance = _hindrance(settings)
    if hindrance:
        return complain(hindrance)
    _greet(prepared)
    _run(prepared)
    return 0


def migrate_only(given: Mapping[str, str]) -> int:
    try:
        prepare(given)
    except (SettingsError, SchemaError) as error:
        return complain(str(error))
    print("The database's schema is this program's.")
    return 0


def _run(prepared: Prepared) -> None:
    """Forks, so that the workers share what the supervisor has loaded (ADR 2)."""
    settings = prepared.settings
    _allow_open_files()
    multiprocessing.set_start_method("fork", force=True)
    server = Granian(
        "lacewing",
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        workers=settings.workers,
        http=HTTPModes.http1,
        loop=Loops.uvloop,
        websockets=False,
        backlog=2048,
        backpressure=REQUESTS_AT_ONCE + settings.live_streams,
        http1_settings=HTTP1Settings(header_read_timeout=HEADER_MILLISECONDS),
        workers_kill_timeout=KILL_SECONDS,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
    )
    app = application(settings, prepared.secret_keys, prepared.setup_code)
    server.serve(target_loader=lambda: app, wrap_loader=False)


def _allow_open_files() -> None:
    """Each connection is one: the usual 1,024 are fewer than those that may be open."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _hindrance(settings: Settings) -> str:
    """What keeps it from listening there; nothing, if nothing does."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except PermissionError:
            return f"Port {settings.port} is for root only. Choose one from 1024 on with --port."
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"Port {settings.port} on {settings.host} is in use. Choose another with --port."
            return f"{settings.host} is no address of this machine ({error.strerror}). Tell one with --host."
    return ""


def _greet(prepared: Prepared) -> None:
    settings = prepared.settings
    lines = [f"Lacewing is at {settings.base_url} (data in {settings.data.absolute()}). Ctrl-C stops it."]
    if prepared.is_new:
        lines += [
            f"Open {settings.base_url}/register to make the first account: it administers this instance.",
            f"From another machine than this one it asks for the set-up code {prepared.setup_code}.",
        ]
    if settings.smtp_url is None:
        lines.append(
            f"Mail is not sent but written to {settings.mail_folder.absolute()}: see LACEWING_SMTP_URL."
        )
    if not settings.limits.enforced:
        lines.append("WARNING: LACEWING_LIMITS=off, nothing is rate limited. For development only.")
    print("\n".join(lines), flush=True)
