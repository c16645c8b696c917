"""How a site of each kind takes in the widget: the texts of the project's page and of the API."""

from dataclasses import dataclass
from string import Template
from typing import Final

from lacewing.http.static import WIDGET, WIDGET_PACKAGE, WIDGET_V1, StaticFiles

NO_KEY: Final = "YOUR_PROJECT_KEY"


@dataclass(frozen=True, slots=True)
class Snippet:
    """`code` goes into `file`, `where` says at which place of it; `install` are shell lines to run before."""

    framework: str
    title: str
    file: str
    where: str
    code: str
    install: str | None = None


@dataclass(frozen=True, slots=True)
class WidgetFiles:
    """`pinned_url` is the loader named by its content, and `integrity` its hash; None where not built."""

    script_url: str
    version_url: str
    pinned_url: str | None
    integrity: str | None
    package_url: str | None


def widget_files(files: StaticFiles, address: str) -> WidgetFiles:
    is_built = files.has_widget
    return WidgetFiles(
        address + WIDGET,
        address + WIDGET_V1,
        address + files.pinned_widget if is_built else None,
        files.integrity(files.pinned_widget) if is_built else None,
        address + WIDGET_PACKAGE if files.owns(WIDGET_PACKAGE) else None,
    )


def snippets(address: str, publishable_key: str | None) -> tuple[Snippet, ...]:
    values = {
        "src": address + WIDGET,
        "package": address + WIDGET_PACKAGE,
        "archive": WIDGET_PACKAGE.rpartition("/")[2],
        "address": address,
        "key": publishable_key or NO_KEY,
    }
    return tuple(_filled_in(snippet, values) for snippet in _SNIPPETS)


def _filled_in(snippet: Snippet, values: dict[str, str]) -> Snippet:
    install = Template(snippet.install).substitute(values) if snippet.install else None
    code = Template(snippet.code).substitute(values)
    return Snippet(snippet.framework, snippet.title, snippet.file, snippet.where, code, install)


_TAG = '<script src="${src}" data-project-key="${key}" async></script>'
# A copy in the repository: what `npm ci` checks then does not change when the server is upgraded.
_INSTALL = "curl -O ${package}\nnpm install ./${archive}"
_INIT = """\
import { init } from "@lacewing/widget";

init({
  projectKey: "${key}",
  endpoint: "${address}",
});"""
_NEXT = """\
import Script from "next/script";

export default function RootLayout({ children }: { children: React.ReactNode }) {
  return (
    <html lang="en">
      <body>
        {children}
        <Script src="${src}" data-project-key="${key}" />
      </body>
    </html>
  );
}"""
_RAILS = '<%= javascript_include_tag "${src}", async: true, data: { project_key: "${key}" } %>'

_SNIPPETS: Final = (
    Snippet("plain", "HTML", "Each page", "in <head>, or before </body>", _TAG),
    Snippet("react", "React", "src/main.tsx", "before createRoot", _INIT, _INSTALL),
    Snippet("vue", "Vue", "src/main.ts", "before createApp", _INIT, _INSTALL),
    Snippet("angular", "Angular", "src/main.ts", "before bootstrapApplication", _INIT, _INSTALL),
    Snippet("svelte", "Svelte", "src/main.ts", "before mount", _INIT, _INSTALL),
    Snippet("nextjs", "Next.js", "app/layout.tsx", "after the children", _NEXT),
    Snippet("django", "Django", "templates/base.html", "before </body>", _TAG),
    Snippet("rails", "Rails", "app/views/layouts/application.html.erb", "in <head>", _RAILS),
)
