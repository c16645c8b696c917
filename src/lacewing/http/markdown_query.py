"""What is asked of a report as Markdown, alike in every dialect."""

from typing import Annotated

import msgspec

from lacewing.reports import LEAST_TOKENS, MOST_TOKENS, USUAL_TOKENS

MARKDOWN = "text/markdown; charset=utf-8"


class MarkdownQuery(msgspec.Struct):
    tokens: Annotated[
        int,
        msgspec.Meta(
            ge=LEAST_TOKENS, le=MOST_TOKENS, description="How long it may be, at four characters a token."
        ),
    ] = USUAL_TOKENS
