"""Where the widget is loaded from, and how a site takes it in, on the wire."""

from typing import Annotated

import msgspec
from msgspec import Meta

from lacewing.http.snippets import Snippet, WidgetFiles


class WidgetItem(msgspec.Struct, rename="camel"):
    """`script_url` is the newest, `version_url` goes on understanding what version 1 does.

    Their bytes change with an upgrade. Those of `pinned_url` never do: `integrity` may stand beside it, and
    both are new after an upgrade. They are null where the front end was not built.
    """

    script_url: str
    version_url: str
    pinned_url: str | None
    integrity: str | None
    package_url: Annotated[str | None, Meta(description="What npm installs it from.")]


class SnippetItem(msgspec.Struct, rename="camel"):
    """`code` goes into `file` at the place that `where` names; `install` are shell lines to run before."""

    framework: str
    title: str
    file: str
    where: str
    code: str
    install: str | None


class SnippetList(msgspec.Struct, rename="camel"):
    """`publishable_key` is the one in the snippets; null where the project has none in use."""

    publishable_key: str | None
    widget: WidgetItem
    snippets: list[SnippetItem]


def widget_item(files: WidgetFiles) -> WidgetItem:
    return WidgetItem(
        script_url=files.script_url,
        version_url=files.version_url,
        pinned_url=files.pinned_url,
        integrity=files.integrity,
        package_url=files.package_url,
    )


def snippet_item(snippet: Snippet) -> SnippetItem:
    return SnippetItem(
        framework=snippet.framework,
        title=snippet.title,
        file=snippet.file,
        where=snippet.where,
        code=snippet.code,
        install=snippet.install,
    )
