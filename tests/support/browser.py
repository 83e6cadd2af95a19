"""Debian's Chromium, driven over pages: what it says of them, and what it asks for."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")


def chromium() -> Iterator[Any]:
    """The browser, for as long as a fixture needs it; skipped where it is not installed."""
    if not CHROMIUM.exists():
        pytest.skip("Chromium is not installed (Debian: chromium)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@contextmanager
def page_of(browser) -> Iterator[tuple]:
    """An empty page, the addresses that it asks for, and the errors of its console."""
    page = browser.new_page()
    requests, errors = [], []
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page, requests, errors
    page.close()


class Visit:
    """A page that is looked at. `complaints` are its errors, what it opens, and whatever it asks for outside its folder."""

    def __init__(self, browser, folder: Path, width: int = 1280, **options):
        self.folder = folder.absolute()
        self.complaints: list[str] = []
        self.context = browser.new_context(viewport={"width": width, "height": 900}, **options)
        self.page = self.context.new_page()
        self.page.on("console", lambda message: self.complaints.append(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("dialog", self._dismissed)
        self.page.on("request", self._asked)
        self.page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))
        self.context.on("page", lambda page: self.complaints.append(f"opened: {page.url}"))

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, *_: object) -> None:
        self.context.close()

    def open(self, page: str) -> None:
        self.page.goto((self.folder / page).as_uri())

    def _asked(self, request) -> None:
        if not request.url.startswith((f"{self.folder.as_uri()}/", "data:,")):
            self.complaints.append(f"request: {request.url}")

    def _dismissed(self, dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()
