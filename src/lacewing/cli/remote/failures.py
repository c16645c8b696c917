"""What the client raises, as a sentence, what to do, and an exit code."""

import re
from collections.abc import Mapping

from lacewing.cli.grammar import CommandError, Exit
from lacewing.cli.remote.profiles import LOG_IN
from lacewing.client import (
    ClientError,
    ConflictError,
    ForbiddenError,
    InvalidError,
    NotFoundError,
    NotLoggedInError,
    RefusalError,
    TooManyRequestsError,
    UnreachableError,
)

_CODES: tuple[tuple[type[ClientError], Exit], ...] = (
    (UnreachableError, Exit.NETWORK),
    (NotLoggedInError, Exit.NOT_LOGGED_IN),
    (NotFoundError, Exit.NOT_FOUND),
    (ForbiddenError, Exit.REFUSED),
    (ConflictError, Exit.REFUSED),
    (InvalidError, Exit.REFUSED),
    (TooManyRequestsError, Exit.REFUSED),
)

_FIELD = re.compile(r"^[a-z_]+(?=: )", re.M)
_OPTIONS: Mapping[str, str] = {
    "add_labels": "--add-label",
    "allowed_origins": "--origins",
    "q": "--query",
    "remove_labels": "--remove-label",
}

_OURS = "The server answers otherwise than expected, or lacewing has a bug: --verbose shows where."


def explained(error: BaseException | None) -> CommandError | None:
    """None for what is no failure of a command's, or told already."""
    match error:
        case ClientError():
            return command_error(error)
        case BrokenPipeError() | CommandError():
            return None
        case UnicodeEncodeError(encoding="utf-8"):
            return CommandError("What was given is not all UTF-8, and can not be sent.", Exit.USAGE)
        case OSError():
            return CommandError(f"{error.filename or 'Standard output'}: {error.strerror or error}.")
        case Exception():
            return CommandError(f"{type(error).__name__}: {error}.", hint=_OURS)
        case _:
            return None


def command_error(error: ClientError) -> CommandError:
    code = next((code for kind, code in _CODES if isinstance(error, kind)), Exit.FAILED)
    return CommandError(_sentence(error), code, _hint(error))


def _sentence(error: ClientError) -> str:
    """With what is wrong with each field, where the sentence does not say so."""
    fields = error.fields if isinstance(error, RefusalError) else ()
    more = (field for field in fields if field.message not in str(error))
    return in_options("\n".join([str(error), *(f"{field.field}: {field.message}." for field in more)]))


def in_options(sentence: str) -> str:
    """What the server says of a field, said of the option that was typed."""
    return _FIELD.sub(lambda found: _OPTIONS.get(found[0], found[0]), sentence)


def _hint(error: ClientError) -> str:
    match error:
        case UnreachableError():
            return "Is the server running, and the URL right? --verbose shows what was asked."
        case NotLoggedInError():
            return LOG_IN
        case ForbiddenError():
            return "Ask somebody who runs the project, or log in with a token that may do this."
        case RefusalError(status=status, request_id=request_id) if status >= 500 and request_id:
            return f"The server's log says more under {request_id}."
        case _:
            return ""
