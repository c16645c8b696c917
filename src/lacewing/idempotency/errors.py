from lacewing.kit.errors import ErrorKind, FieldError, LacewingError, conflict

RETRY_AFTER_SECONDS = 1


def in_progress() -> LacewingError:
    return LacewingError(
        ErrorKind.CONFLICT,
        "idempotency_in_progress",
        "The first request with this Idempotency-Key is not answered yet.",
        retry_after_seconds=RETRY_AFTER_SECONDS,
    )


def answer_lost() -> LacewingError:
    message = (
        "The first request with this Idempotency-Key was begun, and its answer lost. Look for what it made."
    )
    return conflict("idempotency_answer_lost", message)


def key_reused() -> LacewingError:
    mistake = FieldError("idempotency_key", "was used for another request", "idempotency_key_reused")
    message = "This Idempotency-Key was used for another request."
    return LacewingError(ErrorKind.INVALID, "idempotency_key_reused", message, fields=(mistake,))
