"""Reports with all that there can be to see: made by hand, and by the widget on another site."""

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from PIL import Image, ImageDraw
from playwright.sync_api import Browser, expect

from tests import sites
from tests.browser import opened
from tests.e2e.apps import App
from tests.server import Project
from tests.widget import HOST, opened_form

PAGES: Final = Path(__file__).parent / "pages"
_BEGUN: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)


def sent_by_widget(browser: Browser, app: App, project: Project, title: str) -> int:
    """Somebody tries to pay on another site, draws on a picture of it, and reports that; the bug's number."""
    tag = f'<script src="{app.server.url}/widget.js" data-project-key="{project.key}"></script>'
    site = (PAGES / "checkout.html").read_text("utf-8").replace("WIDGET", tag)
    dot = {"/dot.png": shot()}
    with sites.served(dot) as other, sites.served({"/voucher.html": b""}) as host:
        host.files["/checkout.html"] = site.replace("OTHER", other.url).encode()
        with opened(browser, viewport={"width": 1280, "height": 720}, meant="404|Payment|total|slow") as page:
            page.goto(f"{host.url}/checkout.html")
            page.locator(f"{HOST} .launcher").wait_for()
            page.get_by_label("Voucher").fill("SPRING")
            page.get_by_role("button", name="Apply").click()
            page.wait_for_url("**/checkout/pay")
            with page.expect_event("pageerror"):
                page.get_by_role("button", name="Pay now").click()
            form = opened_form(page)
            form.get_by_label("Title").fill(title)
            form.get_by_role("button", name="Take screenshot").click()
            form.get_by_role("button", name="Annotate").click()
            page.get_by_role("button", name="Done").wait_for()
            page.mouse.move(300, 260)
            page.mouse.down()
            page.mouse.move(600, 420)
            page.mouse.up()
            page.get_by_role("button", name="Done").click()
            form.get_by_role("button", name="Send report").click()
            expect(form.get_by_role("heading", name="Thank you")).to_be_visible()
    found = app.ada.http.get("/api/v1/reports", params={"search": title}).json()["items"]
    return int(found[0]["trackingId"].partition("-")[2])


def everything(app: App, project: Project) -> dict[str, object]:
    taken, drawn = shot(), shot(is_drawn=True)
    return {
        "severity": "high",
        "description": "The voucher was accepted, then paying did nothing.",
        "given": "A cart with a voucher",
        "when": "I press Pay",
        "then": "Nothing happens",
        "reporter_identifier": "bo@example.com",
        "screenshot_url": upload(app, project, taken),
        "annotated_screenshot_url": upload(app, project, drawn),
        "console_logs": [
            {"level": "info", "message": "cart ready", "timestamp": at(1), "count": 3},
            {"level": "warn", "message": "voucher is slow", "timestamp": at(5)},
            {
                "level": "error",
                "message": "Uncaught TypeError: total is undefined",
                "timestamp": at(9.2),
                "stack": "TypeError: total is undefined\n    at pay (https://shop.example/app.js:10:5)",
            },
        ],
        "network_logs": [
            request("GET", "/api/cart", 200, 0.5, 120),
            request("POST", "/api/voucher", 200, 4, 900),
            request("POST", "/api/pay", 500, 9, 150),
        ],
        "user_actions": [
            {"type": "navigation", "url": "https://shop.example/cart", "timestamp": at(0)},
            {"type": "click", "target": "#pay", "x": 10, "y": 20, "timestamp": at(8.9)},
        ],
        "metadata": {
            "url": "https://shop.example/cart",
            "userAgent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
            "Chrome/120.0.0.0 Safari/537.36",
            "viewport": "1440x900",
            "locale": "de-DE",
            "timezone": "Europe/Berlin",
            "captureWarnings": ["2 cross-origin images"],
            "annotation": {
                "v": 1,
                "width": 640,
                "height": 400,
                "shapes": [
                    {"kind": "rectangle", "color": "#e5484d", "width": 4, "box": [380, 300, 200, 60]},
                    {
                        "kind": "arrow",
                        "color": "#e5484d",
                        "width": 4,
                        "from": {"x": 200, "y": 200},
                        "to": {"x": 370, "y": 310},
                    },
                    {
                        "kind": "text",
                        "color": "#e5484d",
                        "size": 24,
                        "at": {"x": 90, "y": 170},
                        "text": "dead",
                    },
                    {"kind": "spray", "color": "#e5484d"},
                ],
            },
        },
    }


def request(method: str, path: str, status: int, second: float, duration: int) -> dict[str, object]:
    url = f"https://shop.example{path}"
    return {"method": method, "url": url, "status": status, "duration": duration, "timestamp": at(second)}


def at(second: float) -> int:
    return int((_BEGUN + timedelta(seconds=second)).timestamp() * 1000)


def shot(*, is_drawn: bool = False) -> bytes:
    """A page with a button."""
    image = Image.new("RGB", (640, 400), "#f6f7f8")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 640, 48), fill="#1c7657")
    draw.rectangle((390, 310, 570, 350), fill="#1c7657")
    if is_drawn:
        draw.rectangle((380, 300, 580, 360), outline="#e5484d", width=4)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def upload(app: App, project: Project, picture: bytes) -> str:
    answer = app.ada.http.post(
        "/api/v1/upload/screenshot",
        files={"file": ("page.png", picture, "image/png")},
        headers={"X-API-Key": project.key},
    )
    return str(answer.raise_for_status().json()["key"])
