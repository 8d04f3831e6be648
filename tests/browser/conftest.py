"""Fixtures that need a browser."""
from __future__ import annotations

import http.server
import shutil
import threading
from importlib.util import find_spec
from pathlib import Path

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ('chromium', 'chromium-browser', 'google-chrome'))), None)
DRIVER = shutil.which('chromedriver')


def pytest_collection_modifyitems(items):
    missing = ([] if find_spec('selenium') else ['pip install selenium']) + (
        [] if CHROMIUM and DRIVER else ['apt-get install chromium chromium-driver'])
    if missing:
        skip = pytest.mark.skip(reason='a browser is needed: ' + ', '.join(missing))
        for item in items:
            if Path(__file__).parent in Path(item.fspath).parents:
                item.add_marker(skip)


@pytest.fixture(scope='session')
def driver(tmp_path_factory):
    """A headless Chromium, driven by selenium."""
    from browser.page import start
    driver = start(CHROMIUM, DRIVER, tmp_path_factory.mktemp('profile'))
    yield driver
    driver.quit()


@pytest.fixture
def page(driver, oss_emulator, own_requests):
    """The console of a fresh emulator; at the end the browser must not have complained."""
    oss_emulator.reset()
    from browser.page import Page
    page = Page(driver, oss_emulator)
    yield page
    errors = page.errors()
    driver.get('about:blank')
    oss_emulator.reset()
    assert errors == []


@pytest.fixture
def elsewhere():
    """The address of a page of another origin."""
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header('Content-Type', 'text/html')
            self.end_headers()
            self.wfile.write(b'<!doctype html><link rel="icon" href="data:,"><title>elsewhere</title>')

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield 'http://127.0.0.1:%d' % server.server_port
        server.shutdown()
        thread.join()
