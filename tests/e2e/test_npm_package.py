"""The archive that `npm install` takes, in a project that knows nothing of this repository."""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

from lacewing.http.static import STATIC
from tests.browser import ROOT

ARCHIVE: Final = STATIC / "lacewing-widget.tgz"
TSC: Final = ROOT / "frontend/node_modules/.bin/tsc"
# As strict as a site may be, and the declarations are checked too.
STRICT: Final = {
    "module": "nodenext",
    "target": "es2022",
    "lib": ["es2022", "dom"],
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "skipLibCheck": False,
    "noEmit": True,
    "types": [],
}
RIGHT: Final = """
import lacewing, { destroy, init, open, setReporter, type Options, type Report } from "@lacewing/widget";

const options: Options = {
  projectKey: "bsk_pub_x",
  endpoint: "https://bugs.example.com",
  position: "top-left",
  beforeSend: async (report: Report) => (report.title === "" ? null : report),
};
init(options);
setReporter("ada@example.com");
lacewing.identify({ email: "ada@example.com" });
const opened: Promise<void> = open();
void opened.then(destroy);
"""
WRONG: Final = 'import { init } from "@lacewing/widget";\ninit({ position: "middle" });\n'


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not ARCHIVE.exists() and os.environ.get("CI") != "true":
        pytest.skip("the front end was not built: run make install")
    folder = tmp_path_factory.mktemp("npm")
    (folder / "package.json").write_text(json.dumps({"name": "site", "private": True, "type": "module"}))
    (folder / "tsconfig.json").write_text(json.dumps({"compilerOptions": STRICT}))
    npm = shutil.which("npm") or "npm"
    command = [npm, "install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", str(ARCHIVE)]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60)
    return folder


def told(command: list[str], folder: Path) -> tuple[int, str]:
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60, check=False)
    return ended.returncode, ended.stdout + ended.stderr


def test_its_types_are_checked(project: Path) -> None:
    (project / "site.ts").write_text(RIGHT)
    assert told([str(TSC), "--pretty", "false"], project) == (0, "")

    (project / "site.ts").write_text(WRONG)
    status, words = told([str(TSC), "--pretty", "false"], project)
    assert status != 0
    assert "site.ts(2,8)" in words


def test_importing_it_where_there_is_no_window_does_nothing(project: Path) -> None:
    """As a page that is rendered on a server does."""
    script = 'import("@lacewing/widget").then((all) => console.log(Object.keys(all).sort().join()))'
    names = "close,default,destroy,identify,init,open,setReporter"
    assert told(["node", "--input-type=module", "--eval", script], project) == (0, f"{names}\n")


def test_it_brings_the_licenses_of_what_it_contains(project: Path) -> None:
    package = project / "node_modules/@lacewing/widget"
    assert "Apache License" in (package / "LICENSE").read_text()
    assert json.loads((package / "package.json").read_text())["license"] == "Apache-2.0"
