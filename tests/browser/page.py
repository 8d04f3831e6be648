"""A browser, and the console in it. Needs selenium, so only the fixtures beside this file import it."""
from __future__ import annotations

from selenium import webdriver
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

_FLAGS = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
          '--disable-dev-shm-usage', '--window-size=1280,900', '--disable-background-networking',
          '--disable-component-update', '--disable-sync']


def start(chromium, driver, profile):
    """A headless Chromium.

    :param profile: an empty folder
    """
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in [*_FLAGS, '--user-data-dir=%s' % profile]:
        options.add_argument(flag)
    options.set_capability('goog:loggingPrefs', {'browser': 'ALL'})
    return webdriver.Chrome(options=options, service=Service(driver))


class Page:
    """The console as a person sees it; everything waits until it is there."""

    ENTER, ESCAPE = Keys.ENTER, Keys.ESCAPE

    def __init__(self, driver, emulator):
        self.driver = driver
        self.emulator = emulator
        #: parts of messages of the browser that a test asks for
        self.expected = []

    def open(self, place=''):
        # From a blank page, because a change of the hash alone loads nothing.
        self.driver.get('about:blank')
        self.driver.get(self.emulator.endpoint + '/-/#/' + place)
        self.wait(lambda: self.texts('h1'))

    def wait(self, found):
        def is_there(_):
            try:
                return found()
            except StaleElementReferenceException:
                return None

        return WebDriverWait(self.driver, 10, poll_frequency=0.03).until(is_there)

    def find(self, css, text=None):
        """The first element that is shown, with just that text if one is given."""
        return self.wait(lambda: next((one for one in self.find_all(css)
                                       if one.is_displayed() and text in (None, one.text)), None))

    def find_all(self, css):
        return self.driver.find_elements(By.CSS_SELECTOR, css)

    def texts(self, css):
        return self.driver.execute_script(
            'return [...document.querySelectorAll(arguments[0])].map((one) => one.textContent)', css)

    def click(self, css, text=None):
        self.find(css, text).click()

    def fill(self, label, value):
        """Write into, or choose from, the field of a label."""
        element = self.wait(lambda: self.driver.execute_script(
            'return [...document.querySelectorAll("label")].find((one) => one.textContent === arguments[0])?.control',
            label))
        if element.tag_name == 'select':
            self.driver.execute_script(
                'arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event("change"))', element, value)
        else:
            if element.get_attribute('type') != 'file':
                element.clear()
            element.send_keys(value)

    def accept(self):
        """Press the last button of the dialog, and wait until it is closed."""
        self.click('dialog footer button:last-child')
        self.wait(lambda: not self.texts('dialog'))

    def says(self, css, text):
        self.wait(lambda: any(text in one for one in self.texts(css)))

    def names(self):
        """What the table of objects shows."""
        return [text.strip() for text in self.texts('.objects tbody td.name')]

    def shows(self, *names):
        self.wait(lambda: self.names() == list(names))

    def fetch(self, url, **options):
        """Status and text of what the page's own ``fetch`` gets."""
        return self.driver.execute_async_script('''
            const [url, options, done] = arguments;
            fetch(url, options).then(async (answer) => done([answer.status, await answer.text()]),
                                     (error) => done([0, String(error)]));''', url, options)

    def errors(self):
        return [entry['message'] for entry in self.driver.get_log('browser') if entry['level'] == 'SEVERE'
                and not any(part in entry['message'] for part in self.expected)]
