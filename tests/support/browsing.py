"""Pages in a real browser: opened at a width, unfolded, asked for what they fetch, say and break of the WCAG."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip
DESKTOP, NARROW = 1280, 320
_AXE = (Path(__file__).parents[1] / "browser" / "axe.min.js").read_text(encoding="utf-8")
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


def opened(browser: Browser, file: Path, width: int = DESKTOP, **options: Any) -> Page:
    """A page from a folder, in a context of its own that takes Playwright's `options`."""
    page = browser.new_context(viewport={"width": width, "height": 800}, **options).new_page()
    page.goto(file.as_uri())
    return page


def unfold(page: Page) -> None:
    """Open everything that can be folded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def accessibility(page: Page) -> tuple[list[tuple[str, list[Any]]], int]:
    """What axe says: each rule that is broken with the first places, and how many rules it found kept."""
    page.evaluate(_AXE)
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", _WCAG)
    broken = [(one["id"], [node["target"] for node in one["nodes"][:5]]) for one in found["violations"]]
    return broken, len(found["passes"])


def asked_and_said(browser: Browser, *files: Path) -> tuple[list[str], list[str]]:
    """Every address that these pages asked for, one after the other, and every word on the console."""
    page = browser.new_context().new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for file in files:
        page.goto(file.as_uri(), wait_until="networkidle")
    page.context.close()
    return asked, said


def assert_alone(browser: Browser, file: Path) -> None:
    """The page asks for itself and for nothing else but what it carries, and nothing is said on the console."""
    asked, said = asked_and_said(browser, file)
    assert [one for one in asked if not one.startswith("data:")] == [file.as_uri()]
    assert said == []
