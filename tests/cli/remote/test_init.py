"""`lacewing init`: a project, the framework of the folder, the snippet in its place, the first report."""

from pathlib import Path

import httpx
import pytest

from lacewing.cli.remote.init.frameworks import detect, is_python_program
from lacewing.cli.remote.init.insertion import insert
from lacewing.client.projects import Snippet
from lacewing.http.snippets import snippets
from tests.cli.shell import NOWHERE, Shell
from tests.cli.terminal import Terminal
from tests.server import Person, Server

HTML = "<html>\n\t<head>\n\t\t<title>Shop</title>\n\t</head>\n\t<body></body>\n</html>\n"
TAG = '<script src="https://bugs.example.com/widget.js" data-project-key="bsk_pub_x" async></script>'
MODULE = """\
import { createApp } from 'vue'
import {
  Shop,
} from "./shop";

createApp(Shop).mount("#app");
"""
LAYOUT = """\
"use client";
import "./globals.css";

export default function Layout({ children }) {
  return (
    <body>
      {children}
    </body>
  );
}
"""


def folder_with(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def snippet_of(framework: str) -> Snippet:
    offered = snippets("https://bugs.example.com", "bsk_pub_x")
    found = next(each for each in offered if each.framework == framework)
    return Snippet(
        framework=framework,
        title=found.title,
        file=found.file,
        where=found.where,
        code=found.code,
        install=None,
    )


@pytest.mark.parametrize(
    ("files", "framework"),
    [
        ({"package.json": '{"dependencies": {"react": "19", "next": "16"}}'}, "nextjs"),
        ({"package.json": '{"dependencies": {"react": "19"}}'}, "react"),
        ({"package.json": '{"devDependencies": {"svelte": "5"}}'}, "svelte"),
        ({"package.json": '{"dependencies": {"vue": "3"}}'}, "vue"),
        ({"package.json": '{"dependencies": {"@angular/core": "21"}}'}, "angular"),
        ({"package.json": "{not json", "manage.py": ""}, "django"),
        ({"package.json": "[1]", "Gemfile": 'gem "rails", "~> 8"'}, "rails"),
        ({"Gemfile": 'gem "sinatra"'}, "plain"),
        ({}, "plain"),
    ],
)
def test_a_framework_is_seen_from_its_files(files: dict[str, str], framework: str, tmp_path: Path) -> None:
    assert detect(folder_with(tmp_path, files)) == framework


def test_a_python_program_is_seen_from_what_it_requires(tmp_path: Path) -> None:
    assert not is_python_program(folder_with(tmp_path, {"requirements.txt": "flasky==1\nnumpy"}))
    assert is_python_program(
        folder_with(tmp_path, {"pyproject.toml": 'dependencies = [\n  "fastapi>=0.1",\n]'})
    )


@pytest.mark.parametrize(
    ("framework", "file", "before", "after"),
    [
        ("plain", "index.html", HTML, HTML.replace("\t</head>", f"\t\t{TAG}\n\t</head>")),
        ("plain", "public/index.html", "<p>hi</body>", f"<p>hi{TAG}</body>"),
        ("django", "shop/templates/base.html", HTML, HTML.replace("</body>", f"{TAG}</body>")),
        (
            "vue",
            "src/main.js",
            MODULE,
            'import { init } from "@lacewing/widget";\n'
            + MODULE.replace(
                '"./shop";\n',
                '"./shop";\n\ninit({\n  projectKey: "bsk_pub_x",\n  endpoint: "https://bugs.example.com",\n});\n',
            ),
        ),
        (
            "nextjs",
            "src/app/layout.jsx",
            LAYOUT,
            LAYOUT.replace('"use client";\n', '"use client";\nimport Script from "next/script";\n').replace(
                "      {children}\n",
                "      {children}\n"
                '      <Script src="https://bugs.example.com/widget.js" data-project-key="bsk_pub_x" />\n',
            ),
        ),
    ],
)
def test_a_snippet_is_put_into_its_place_once(
    framework: str, file: str, before: str, after: str, tmp_path: Path
) -> None:
    folder_with(tmp_path, {file: before, "node_modules/x/templates/base.html": HTML})
    assert insert(tmp_path, framework, snippet_of(framework)).is_new  # type: ignore[arg-type]
    assert (tmp_path / file).read_text() == after
    assert not insert(tmp_path, framework, snippet_of(framework)).is_new  # type: ignore[arg-type]
    assert (tmp_path / file).read_text() == after


def test_the_ends_of_lines_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(HTML.replace("\n", "\r\n").encode())
    insert(tmp_path, "plain", snippet_of("plain"))
    written = (tmp_path / "index.html").read_bytes()
    assert written.count(b"\n") == written.count(b"\r\n") == HTML.count("\n") + 1


def test_without_a_terminal_it_answers_what_a_script_needs(
    lacewing: Shell, ada: Person, tmp_path: Path
) -> None:
    told = lacewing("init", str(tmp_path), "--name", "Pear", "--json").json
    assert (told["framework"], told["written"], told["isNew"]) == ("plain", None, False)
    assert told["apiKey"] in told["code"]
    (tmp_path / "index.html").write_text(HTML)
    written = lacewing("init", str(tmp_path), "--project", told["project"], "--write")
    assert (written.code, written.out) == (0, "")
    assert written.err.endswith(f"Written into {tmp_path / 'index.html'}.\n")
    assert told["apiKey"] in (tmp_path / "index.html").read_text()


def test_at_a_terminal_it_asks_for_the_project_and_waits_for_the_first_report(
    server: Server, tmp_path: Path
) -> None:
    with Person(server.url, "Zoe") as zoe:
        environment = {"LACEWING_URL": server.url, "LACEWING_TOKEN": zoe.mint_token(), "LACEWING_PAGER": ""}
        shell = Shell(folder_with(tmp_path, {"requirements.txt": "flask"}), environment)
        with Terminal(["init", str(tmp_path)], shell.surroundings()) as terminal:
            terminal.wait_for("Its name")
            terminal.type("Orchard")
            seen = terminal.wait_for("Waiting for the first report of ORC")
            assert "from lacewing.client.logging import ReportHandler" in seen
            key = zoe.http.get("/api/v1/projects/ORC").json()["apiKey"]
            assert f'data-project-key="{key}"' in seen
            report = {"title": "It works", "severity": "low", "category": "bug"}
            httpx.post(
                f"{server.url}/api/v1/reports", json=report, headers={"X-API-Key": key}, trust_env=False
            )
            terminal.wait_for("ORC-1 has arrived: It works")
            assert terminal.end() == 0
        with Terminal(["init", str(tmp_path)], shell.surroundings()) as terminal:
            terminal.wait_for("ORC         Orchard")
            terminal.type("7")
            terminal.wait_for("There is no number 7.")
            terminal.type("")
            terminal.wait_for("Waiting for the next report")
            terminal.interrupt()
            assert terminal.end() == 0


@pytest.mark.parametrize(
    ("words", "code", "why"),
    [
        (["--project", "NOPE"], 4, "Project not found."),
        (["--framework", "cobol"], 2, "'cobol' is none of plain, react"),
        (["--name", ""], 5, ""),
        (["--project", "PEA2", "--write"], 1, " there is no file for it (Each page)."),
        (["elsewhere"], 2, "'elsewhere' is one word too many."),
        (["--project", "PEA2", "--wait", "1"], 1, "No report came within 1 s."),
    ],
)
def test_what_can_not_be_is_said(
    words: list[str], code: int, why: str, lacewing: Shell, ada: Person, tmp_path: Path
) -> None:
    if "PEA2" in words:
        words = [ada.create_project("Peach").code if word == "PEA2" else word for word in words]
    told = lacewing("init", str(tmp_path), *words)
    assert told.code == code
    assert why in told.err
    assert "Traceback" not in told.err


def test_a_project_is_told_where_there_are_several_and_nobody_to_ask(lacewing: Shell, ada: Person) -> None:
    ada.create_project("Plum")
    ada.create_project("Sloe")
    told = lacewing("init")
    assert (told.code, told.out) == (2, "")
    assert told.err.startswith("Which project? There are several: ")
    assert lacewing("init", "/no/such/folder").code == 2
    assert lacewing("init", LACEWING_URL=NOWHERE).code == 6
    assert lacewing("init", LACEWING_TOKEN="bsk_pat_x").code == 3
