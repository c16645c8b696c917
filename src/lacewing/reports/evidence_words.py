"""What counts as an error in what a page logged: one rule for filters, drafts and exports."""

_ERROR_LEVELS = frozenset({"error", "fatal", "critical", "assert", "exception", "uncaught", "rejection"})
_UNCAUGHT = ("[Uncaught]", "[UnhandledRejection]", "Uncaught ")
FAILED_FROM = 400


def is_error_level(level: object) -> bool:
    return isinstance(level, str) and level.lower() in _ERROR_LEVELS


def is_uncaught(message: object) -> bool:
    """As the original widget marks what nobody caught, and as browsers word it."""
    return isinstance(message, str) and message.startswith(_UNCAUGHT)


def is_failure(status: object) -> bool:
    """No answer (0), or one that says no: 400 and above."""
    if isinstance(status, bool) or not isinstance(status, int | float):
        return False
    return status == 0 or status >= FAILED_FROM
