"""A picture of every page of every role at three widths, some in the dark too: python -m tests.journeys.screenshots.

What is new in screenshots/ is to be looked at, one by one, before anything is called done. The guides' pictures are
made on the way. Beginnings of names as arguments (`asn-soal sekda`) make only these pictures.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from config import ROOT
from elearn.home.guides import PICTURES
from tests.journeys.conftest import CHROMIUM, QUIET
from tests.journeys.gallery import seats
from tests.journeys.pages import HEIGHT, Demo
from tests.journeys.shots import Seat, Shot
from tests.journeys.site import Site

FOLDER = ROOT / "screenshots"
GUIDES = ROOT / "elearn/static/img/guide"
WIDTHS = (360, 768, 1280)
DARK = {
    "asn-tugas",
    "asn-soal",
    "asn-hasil-lulus",
    "asn-pakta",
    "bkpsdm-laporan",
    "sekda-meja",
    "umum-verifikasi-sah",
}
TALLEST = 6000
PATIENCE = 180_000
GUIDE_SIZE = {"width": 360, "height": 520}
GUIDE_QUALITY = 55
PEOPLE = 4000


def main() -> int:
    """Serve a demo regency of its own and picture it."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        site = Site(Path(folder) / "instance", people=PEOPLE)
        site.start(seconds=900)
        try:
            picture(site)
        finally:
            site.end()
    return 0


def picture(site: Site) -> None:
    """Seat everybody in turn and take all their pictures."""
    people = list(seats(site.app()))
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        for seat in people:
            for scheme in ("light", "dark"):
                sit(browser, site.url, seat, scheme)
        browser.close()


def sit(browser: Browser, home: str, seat: Seat, scheme: str) -> None:
    """One person's pages in one colour scheme."""
    wanted = [shot for shot in seat.shots if is_wanted(f"{seat.role}-{shot.name}", scheme)]
    if not wanted:
        return
    context = browser.new_context(color_scheme=scheme, locale="id-ID", viewport={"width": 1280, "height": HEIGHT})
    context.set_default_timeout(PATIENCE)
    if seat.who:
        sign_in(context.new_page(), home, seat.who)
    for shot in wanted:
        take(context, home, shot, f"{seat.role}-{shot.name}", "" if scheme == "light" else "-gelap")
    context.close()


def is_wanted(name: str, scheme: str) -> bool:
    """Whether a page is pictured in this colour scheme, of those that were asked for."""
    return name.startswith(tuple(sys.argv[1:]) or "") and (scheme == "light" or name in DARK)


def sign_in(page: Page, home: str, who: Demo) -> None:
    """Open a session that all pages of the context share."""
    page.goto(f"{home}/masuk")
    page.get_by_label("NIP atau nama pengguna").fill(who.username)
    page.get_by_label("Kata sandi").fill(who.password)
    page.get_by_role("button", name="Masuk").click()
    page.wait_for_url(f"{home}/")
    page.close()


def take(context: BrowserContext, home: str, shot: Shot, name: str, suffix: str) -> None:
    """One page at every width."""
    page = context.new_page()
    page.goto(home + shot.path)
    if shot.steps:
        shot.steps(page)
        page.wait_for_load_state()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": min(tall, TALLEST)})  # a whole long page takes minutes
        page.screenshot(path=FOLDER / f"{name}-{width}{suffix}.png")
    if name in PICTURES and not suffix:
        picture_guide(page, name)
    page.close()


def picture_guide(page: Page, name: str) -> None:
    """The upper part of a page as a telephone shows it, for the guide of a role."""
    GUIDES.mkdir(exist_ok=True)
    page.set_viewport_size(GUIDE_SIZE)
    page.evaluate("document.querySelector('.demo')?.remove()")
    with Image.open(io.BytesIO(page.screenshot())) as taken:
        taken.save(GUIDES / f"{name}.webp", quality=GUIDE_QUALITY, method=6)


if __name__ == "__main__":
    sys.exit(main())
