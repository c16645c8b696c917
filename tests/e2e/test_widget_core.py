"""The widget's core in a real browser: what it collects, does to its page, and leaves behind."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser import opened
from tests.server import Person, Project, Server
from tests.sites import Site, served

pytestmark = pytest.mark.browser

SETTINGS: Final = {
    "LACEWING_LIMITS": "off",
    "LACEWING_ARGON2_MEMORY_KIB": "8",
    "LACEWING_ARGON2_PASSES": "1",
}
HOST: Final = "#bugspark-host"
# Before anything of ours: what is the page's own, and which of its timers run.
PAGE: Final = """
const running = new Set(), { setTimeout, clearTimeout } = window;
window.running = running;
window.setTimeout = (work, ...rest) => {
  const id = setTimeout(() => { running.delete(id); work(); }, ...rest);
  running.add(id);
  return id;
};
window.clearTimeout = (id) => { running.delete(id); clearTimeout(id); };
window.patched = () => [
  ...['log', 'info', 'warn', 'error', 'debug', 'assert'].map((name) => [console, name]),
  [window, 'fetch'], [XMLHttpRequest.prototype, 'open'], [XMLHttpRequest.prototype, 'send'],
  [History.prototype, 'pushState'], [History.prototype, 'replaceState'],
];
window.originals = patched().map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
"""
EARLY: Final = "setTimeout(() => { throw new Error('before the core'); });"
MISBEHAVE: Final = """
async () => {
  console.warn('basket', { total: 3, password: 'hunter2' }, 'Authorization: Bearer abcdefgh12345678');
  for (let i = 0; i < 3; i++) console.info('again');
  await fetch('/goods.txt?token=hunter2&page=2');
  await fetch('/missing').catch(() => {});
  await new Promise((done) => {
    const xhr = new XMLHttpRequest();
    xhr.open('GET', '/goods.txt');
    xhr.onloadend = done;
    xhr.send();
  });
  history.pushState(null, '', '/cart?email=ada@example.com');
  Promise.reject(new TypeError('nobody caught it'));
}
"""
BODY: Final = """
<!doctype html><html lang="en"><title>Shop</title>
<label>Card <input name="card"></label><button id="pay" type="button">Pay</button>
"""


@dataclass(frozen=True, slots=True)
class Shop:
    """A site of another origin than the server's, under the policy that docs/csp.md asks for."""

    server: Server
    ada: Person
    project: Project
    site: Site
    browser: Browser

    @contextmanager
    def visit(self, *scripts: str, meant: str = "$^") -> Iterator[Page]:
        """A page whose head has these scripts: a tag of the widget, or the text of one of its own."""
        tags = ["/page.js", *(self._address(script) for script in scripts)]
        head = "".join(tag if tag.startswith("<") else f'<script src="{tag}"></script>' for tag in tags)
        self.site.files["/shop.html"] = BODY.replace("<title>", f"{head}<title>").encode()
        with opened(self.browser, meant=meant) as page:
            page.goto(f"{self.site.url}/shop.html")
            yield page

    def tag(self, attributes: str = "", *, key: bool = True) -> str:
        named = f'data-project-key="{self.project.key}"' if key else ""
        return f'<script src="{self.server.url}/widget.js" {named} {attributes}></script>'

    def options(self, more: str = "") -> str:
        return f"{{ projectKey: '{self.project.key}', endpoint: '{self.server.url}/api/v1', {more} }}"

    def reports(self) -> list[dict[str, Any]]:
        listed = self.ada.http.get("/api/v1/reports").json()["items"]
        return [self.ada.http.get(f"/api/v1/reports/{item['id']}").json() for item in listed]

    def _address(self, script: str) -> str:
        if script.startswith("<"):
            return script
        path = f"/script{len(self.site.files)}.js"
        self.site.files[path] = script.encode()
        return path


@pytest.fixture(scope="module")
def shop(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    with Server(folder, SETTINGS) as server, Person(server.url) as ada:
        policy = (
            f"default-src 'self'; script-src 'self' {server.url}; connect-src 'self' {server.url}; "
            "img-src 'self' data: blob:"
        )
        files = {"/page.js": PAGE.encode(), "/goods.txt": b"apples", "/favicon.ico": b""}
        with served(files, {"Content-Security-Policy": policy}) as site:
            yield Shop(server, ada, ada.create_project("Orchard"), site, browser)


def test_a_report_tells_what_happened_on_its_page(shop: Shop) -> None:
    with shop.visit(shop.tag(), EARLY, meant="before the core|basket|nobody caught it") as page:
        wait_until_there(page)
        page.evaluate(MISBEHAVE)
        page.get_by_label("Card").fill("4111 1111")
        page.get_by_role("button", name="Pay").click()
        send(page, "The basket is empty")
        expect(page.locator(HOST)).to_contain_text("ORC-")
    (report,) = [each for each in shop.reports() if each["title"] == "The basket is empty"]
    lines = {line["message"]: line for line in report["consoleLogs"]}
    assert list(lines) == [
        "[Uncaught] Error: before the core",
        'basket {"total":3,"password":"[removed]"} Authorization: [removed]',
        "again",
        "[UnhandledRejection] TypeError: nobody caught it",
    ]
    assert lines["again"]["count"] == 3
    assert "script" in lines["[Uncaught] Error: before the core"]["stack"]
    requests = [
        (item["method"], item["url"].removeprefix(shop.site.url), item["status"])
        for item in report["networkLogs"]
    ]
    assert requests == [
        ("GET", "/goods.txt?token=[removed]&page=2", 200),
        ("GET", "/missing", 404),
        ("GET", "/goods.txt", 200),
    ]
    assert report["networkLogs"][0]["responseSize"] == len("apples")
    actions = [
        (item["type"], item.get("target") or item["url"].removeprefix(shop.site.url))
        for item in report["userActions"]
    ]
    assert actions == [
        ("navigation", "/cart?email=[removed]"),
        ("input", 'body > label > input[name="card"]'),
        ("click", "#pay"),
    ]
    assert report["metadata"]["url"] == f"{shop.site.url}/cart?email=[removed]"
    assert report["metadata"]["performance"]["ttfb"] >= 0
    assert report["secretsRemoved"] is None, "the page had taken them out itself"
    assert "4111" not in json.dumps(report)


def test_destroy_leaves_nothing_behind(shop: Shop) -> None:
    with shop.visit(shop.tag(key=False)) as page:
        chrome = page.context.new_cdp_session(page)
        before = listeners(chrome)
        page.evaluate(f"Lacewing.init({shop.options()})")
        wait_until_there(page)
        page.evaluate("Lacewing.open()")
        assert (
            page.evaluate("patched().map(([owner, name], at) => owner[name] !== originals[at].value)")
            == [True] * 11
        )
        assert page.evaluate(
            "patched().every(([owner, name], at) => `${owner[name]}` === `${originals[at].value}` "
            "&& owner[name].name === name && owner[name].length === originals[at].value.length)"
        )
        page.evaluate("Lacewing.destroy()")
        assert page.evaluate(
            "patched().every(([owner, name], at) => {"
            " const now = Object.getOwnPropertyDescriptor(owner, name);"
            " return Object.keys(now).every((key) => now[key] === originals[at][key]); })"
        )
        assert page.locator(HOST).count() == 0
        assert page.evaluate("running.size") == 0
        # The loader listens for early errors until the core is there, and then no more.
        assert before == ["window error", "window unhandledrejection"]
        assert listeners(chrome) == []


def test_a_page_that_goes_wrong_goes_wrong_as_before(shop: Shop) -> None:
    """Errors and promises are the page's; and what another script laid over ours stays when we go."""
    with shop.visit(shop.tag(), meant="Failed to parse URL") as page:
        wait_until_there(page)
        told = page.evaluate("""
        async () => {
          const heard = [];
          addEventListener('unhandledrejection', (event) => heard.push(event.reason.name));
          const refused = await fetch('http://[').catch((error) => error.name);
          void fetch('http://[');
          const answer = fetch('/goods.txt');
          const text = await (await answer).text();
          const open = () => new XMLHttpRequest().open('CONNECT', '/');
          const thrown = await Promise.resolve().then(open).catch((error) => error.name);
          await new Promise((resolve) => setTimeout(resolve, 50));
          return { refused, heard, isPromise: answer instanceof Promise, text, thrown };
        }
        """)
        assert told == {
            "refused": "TypeError",
            "heard": ["TypeError"],
            "isPromise": True,
            "text": "apples",
            "thrown": "SecurityError",
        }
        assert page.evaluate("""
        () => {
          const ours = console.log, heard = [];
          const over = console.log = (...args) => { heard.push(args.length); ours(...args); };
          Lacewing.destroy();
          console.log('one', 'two');
          return console.log === over && heard[0] === 2;
        }
        """)


def test_what_a_page_does_oddly_keeps_no_report_back(shop: Shop) -> None:
    """A missing API, requests that throw, and errors and metadata that can not be read."""
    odd = "delete window.PerformanceObserver; window.heard = [];"
    metadata = "metadata: { total: 5n, plan: 'team', much: 'x'.repeat(1e6) }, maxConsoleLogs: 1000"
    options = shop.options(f"{metadata}, onError: (error) => heard.push(error.code)")
    with shop.visit(shop.tag(key=False), f"{odd} Lacewing.init({options})", meant=".") as page:
        wait_until_there(page)
        page.route("**/never", lambda _: None)
        told = page.evaluate("""
        () => {
          const xhr = new XMLHttpRequest();
          xhr.open('GET', 'http://127.0.0.1:1/refused', false);
          const thrown = [];
          try { xhr.send(); } catch (error) { thrown.push(error.name); }
          void fetch('/never', { method: { toString: () => 'GET' } }).catch(() => {});
          const error = new Error('closed');
          Object.defineProperty(error, 'stack', { get() { throw 1; } });
          console.error(error);
          const deep = (i) => Object.assign(new Error(i), { stack: '-'.repeat(4000) + i });
          for (let i = 0; i < 900; i++) console.error(deep(i));
          console.warn('odd', error, new Proxy({}, { getPrototypeOf() { throw 1; } }));
          return thrown;
        }
        """)
        assert told == ["NetworkError"]
        send(page, "Odd")
        expect(page.locator(HOST)).to_contain_text("ORC-")
        assert page.evaluate("window.heard") == ["metadata_left_out"]
    (report,) = [each for each in shop.reports() if each["title"] == "Odd"]
    assert report["metadata"]["custom"] == {"plan": "team"}
    assert report["consoleLogs"][-1]["message"].startswith("odd Error: closed")
    assert len(json.dumps(report["consoleLogs"])) < 256 * 1024
    requests = [(item["url"].rpartition("/")[2], item["status"]) for item in report["networkLogs"]]
    assert requests == [("refused", 0), ("never", 0)]


def test_what_could_not_be_loaded_is_told_and_tried_again(shop: Shop) -> None:
    with shop.visit(shop.tag(key=False), meant="ERR_FAILED") as page:
        page.route("**/static/**", lambda route: route.abort())
        options = shop.options("onError: (error) => heard.push(error.code)")
        page.evaluate(f"() => {{ window.heard = []; Lacewing.init({options}); }}")
        wait_until(page, "heard.length === 1")
        assert page.evaluate("heard") == ["not_loaded"]
        page.unroute("**/static/**")
        page.evaluate("Lacewing.open()")
        expect(page.locator(HOST).get_by_role("dialog", name="Report a bug")).to_be_visible()


def test_the_original_tag_and_its_calls_work(shop: Shop) -> None:
    """Its options too that its own code ignores; `beforeSend` may be slow, and says no with null."""
    options = shop.options("""
      theme: { accent: '#123456', darkMode: true }, branding: { modalTitle: 'Oh no' },
      collectActions: false, maxConsoleLogs: 2, metadata: { shop: 7 },
      consoleFilter: (line) => !line.message.startsWith('noise'),
      networkFilter: (entry) => !entry.url.includes('goods'),
      user: { id: 'u1', email: 'eve@example.com' },
      onOpen: () => heard.push('open'), onClose: () => heard.push('close'),
      onSubmit: (report) => heard.push(report.trackingId), onError: (error) => heard.push(error.code),
      beforeSend: async (report) => {
        window.report = report;
        await null;
        return window.isWanted ? { ...report, title: 'Changed' } : null;
      },
    """)
    start = f"window.heard = []; BugSpark.init({options}); BugSpark.init({options});"
    tag = shop.tag('data-api-key="of the tag" data-position="top-left"', key=False)
    with shop.visit(tag, start) as page:
        wait_until_there(page)
        assert page.evaluate("BugSpark === Lacewing && typeof BugSpark.default.init === 'function'")
        page.evaluate("['one', 'noise', 'two', 'three'].forEach((line) => console.log(line))")
        page.evaluate("fetch('/goods.txt')")
        send(page, "Held back", title="Oh no")
        wait_until(page, "window.report")
        report = page.evaluate("window.report")
        assert [line["message"] for line in report["console_logs"]] == ["two", "three"]
        assert report["network_logs"] == report["user_actions"] == []
        assert report["metadata"]["custom"] == {"shop": 7}
        assert report["reporter_identifier"] == "eve@example.com"
        expect(page.locator(HOST)).to_contain_text("not sent")
        page.evaluate("BugSpark.close(); BugSpark.open(); window.isWanted = true")
        expect(page.get_by_label("Title")).to_have_value("Held back")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(HOST)).to_contain_text("ORC-")
        page.evaluate("BugSpark.close()")
        *heard, number, closed = page.evaluate("window.heard")
        assert heard == ["already_started", "open", "close", "open"]
        assert (number[:4], closed) == ("ORC-", "close")
    titles = [report["title"] for report in shop.reports()]
    assert "Changed" in titles
    assert "Held back" not in titles


def test_what_is_collected_takes_no_more_room_than_it_may(shop: Shop) -> None:
    keep = "maxConsoleLogs: 1000, beforeSend: (report) => { window.report = report; return null; }"
    with shop.visit(shop.tag(key=False), f"Lacewing.init({shop.options(keep)})") as page:
        wait_until_there(page)
        page.evaluate("""
        () => {
          for (let i = 0; i < 300; i++) console.debug(`${i} ${'x'.repeat(5000)}`, { text: 'y'.repeat(5000) });
          for (let i = 0; i < 100; i++) history.pushState(null, '', `/${'z'.repeat(1000)}${i}`);
        }
        """)
        send(page, "Much")
        wait_until(page, "window.report")
        report = page.evaluate("window.report")
        assert 0 < len(json.dumps(report["console_logs"])) < 256 * 1024
        assert 0 < len(json.dumps(report["user_actions"])) < 64 * 1024
        assert report["console_logs"][-1]["message"].startswith("299 ")


def test_what_can_not_start_says_so_and_harms_nobody(shop: Shop) -> None:
    start = """
    window.heard = [];
    const onError = (error) => heard.push(error.code);
    Lacewing.init({ onError });
    Lacewing.init({ projectKey: 'x', endpoint: 'ftp://x', onError });
    Lacewing.open();
    Lacewing.close();
    Lacewing.identify(null);
    Lacewing.setReporter(null);
    Lacewing.destroy();
    """
    with shop.visit(shop.tag(key=False), start) as page:
        wait_until(page, "window.heard.length === 2")
        assert page.evaluate("window.heard") == ["no_key", "no_endpoint"]
        assert page.locator(HOST).count() == 0


def wait_until_there(page: Page) -> None:
    page.locator(HOST).wait_for(state="attached")


def wait_until(page: Page, fact: str) -> None:
    """Playwright's own waiting needs 'unsafe-eval'."""
    look = f"const look = () => ({fact}) ? done() : requestAnimationFrame(look)"
    page.evaluate(f"() => new Promise((done) => {{ {look}; look(); }})")


def send(page: Page, words: str, *, title: str = "Report a bug") -> None:
    page.evaluate("Lacewing.open()")
    form = page.locator(HOST)
    expect(form.get_by_role("dialog", name=title)).to_be_visible()
    form.get_by_label("Title").fill(words)
    form.get_by_role("button", name="Send").click()


def listeners(chrome: CDPSession) -> list[str]:
    """Of window, document and body, by what they listen to."""
    found = []
    for name in ("window", "document", "document.body"):
        target = chrome.send("Runtime.evaluate", {"expression": name})["result"]["objectId"]
        told = chrome.send("DOMDebugger.getEventListeners", {"objectId": target})["listeners"]
        found += [f"{name} {listener['type']}" for listener in told]
    return sorted(found)
