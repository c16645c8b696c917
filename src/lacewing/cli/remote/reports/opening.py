"""`lacewing reports open`."""

import webbrowser
from typing import Annotated
from urllib.parse import quote

from lacewing.cli.grammar import Arg
from lacewing.cli.remote.remote import Remote
from lacewing.cli.remote.reports.references import Which, reference
from lacewing.cli.remote.table import is_terminal
from lacewing.client import projects, reports
from lacewing.client.reports import ReportDetail


def open_report(
    at: Remote,
    report: Which,
    *,
    show_url: Annotated[bool, Arg("Print its address, open nothing.", name="--print")] = False,
) -> None:
    """Open a report's page in the browser. Its address is printed; in a pipe nothing else happens.

    Examples:
      lacewing reports open WEB-42
      lacewing reports open WEB-42 --print
    """
    found = at.client.send(reports.get_report(reference(at, report)))
    url = page_url(at, found)
    if at.output.is_json:
        at.output.record({"url": url}, ())
        return
    at.output.text(url)
    if is_terminal() and not show_url:
        webbrowser.open(url)


def page_url(at: Remote, report: ReportDetail) -> str:
    """With the organization in it: there it is the only one of its code."""
    slug = at.client.send(projects.get_project(report["projectId"])).get("organizationSlug")
    parts = [part for part in (slug, report["trackingId"]) if part]
    return "/".join([at.client.url, "b", *(quote(part, safe="") for part in parts)])
