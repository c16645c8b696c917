"""A report as Markdown: the most important first, within its budget, and nothing in it breaks out."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from lacewing.kit.ids import new_id
from lacewing.reports import LEAST_TOKENS, Evidence, FullReport, ReportDocument, markdown_of
from lacewing.reports.export_values import CommentLine
from tests.reports.payloads import ORIGINAL, as_submitted, evidence_of
from tests.world import START

HOSTILE = st.text(st.sampled_from("`~#<>[]()!*_ \n\r\tab\0\u2028"), max_size=80) | st.sampled_from(
    ["```\n# Injected\n```", "````text\n", "<script>alert(1)</script>", "](javascript:x)", "```" * 30]
)


def document(evidence: Evidence, *bodies: str, **told: Any) -> ReportDocument:
    report = as_submitted(evidence, **told)
    comments = tuple(CommentLine(new_id(), report.id, None, "Bob", body, START) for body in bodies)
    return ReportDocument(FullReport(report, evidence), comments)


def blocks(markdown: str) -> list[tuple[str, str]]:
    """Of a Markdown that allows HTML: a tag that were not escaped would show."""
    return [(token.type, token.content) for token in MarkdownIt("commonmark").parse(markdown)]


def headings(markdown: str) -> list[str]:
    found = blocks(markdown)
    return [found[at + 1][1] for at, (kind, _) in enumerate(found) if kind == "heading_open"]


def test_the_most_important_comes_first() -> None:
    markdown = markdown_of(document(evidence_of(ORIGINAL), "I see it too", description="The button"))

    facts = "new · high · bug · reported 2026-03-02 09:00 UTC"
    assert markdown.startswith(f"# ORC-7: It broke\n\n{facts}\n\n## Description\n\n```text\nThe button\n")
    assert headings(markdown)[1:] == [
        "Description",
        "Draft of given, when, then (derived from the evidence)",
        "First error",
        "Failed requests",
        "Last actions",
        "Environment",
        "Comment by Bob, 2026-03-02 09:00 UTC",
    ]
    assert "TypeError: x is undefined\nat pay.js:1\n" in markdown
    assert "POST https://api.example.com/pay?id=7 answered 502\n" in markdown


def test_a_ticket_tells_its_parts_once() -> None:
    markdown = markdown_of(
        document(Evidence(), given="a user", when="paying", then="a receipt", description="Given a user")
    )
    assert headings(markdown)[1:] == ["Given, when, then"]


def test_a_long_description_leaves_room_for_the_error() -> None:
    markdown = markdown_of(document(evidence_of(ORIGINAL), description="x" * 10_000), 1000)
    assert "TypeError: x is undefined" in markdown


@pytest.mark.parametrize("tokens", [LEAST_TOKENS, 300, 1000])
def test_what_does_not_fit_is_left_out_and_named(tokens: int) -> None:
    markdown = markdown_of(document(evidence_of(ORIGINAL), "y" * 9000, description="x" * 9000), tokens)

    assert len(markdown) <= tokens * 4
    assert f"Left out to fit {tokens} tokens: the end of the description, " in markdown
    assert "comments" in markdown.splitlines()[-1]


@given(HOSTILE, HOSTILE, HOSTILE, st.integers(LEAST_TOKENS, 2000))
def test_nothing_that_somebody_wrote_breaks_out(title: str, text: str, url: str, tokens: int) -> None:
    parts = {
        "console": [{"level": "error", "message": text, "stack": text}],
        "network": [{"status": 500, "url": url, "method": text}],
        "actions": [{"type": text, "target": url}],
        "metadata": {"url": url, "userAgent": text},
    }
    markdown = markdown_of(
        document(evidence_of(parts), text, url, title=f"x{title}", description=text), tokens
    )

    assert len(markdown) <= tokens * 4
    found = blocks(markdown)
    assert {kind for kind, _ in found} <= {
        "heading_open",
        "heading_close",
        "paragraph_open",
        "paragraph_close",
        "inline",
        "fence",
    }
    assert not any("Injected" in heading for heading in headings(markdown)[1:])
    inline = [
        child.type for token in MarkdownIt("commonmark").parse(markdown) for child in token.children or ()
    ]
    assert set(inline) <= {"text", "text_special", "softbreak"}
