"""What was answered under an Idempotency-Key: the same request under the same key makes nothing again.

The claim on a key is written in the unit that makes the thing, so there is no moment at which a crash leaves
one without the other, and nothing to wait for when the maker died before it.
"""

from lacewing.idempotency.errors import key_reused
from lacewing.idempotency.keep import claim, keep_answer, let_go
from lacewing.idempotency.recall import recall_answer
from lacewing.idempotency.values import LONGEST_KEY, Attempt, attempt, checked_key

__all__ = [
    "LONGEST_KEY",
    "Attempt",
    "attempt",
    "checked_key",
    "claim",
    "keep_answer",
    "key_reused",
    "let_go",
    "recall_answer",
]
