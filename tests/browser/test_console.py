"""The console in a browser: what people do with it, and what strange names and pages from elsewhere do to it."""
from __future__ import annotations

import pytest

import oss2

STRANGE = ['<script>window.hacked = 1</script>', '<img src=x onerror="window.hacked=1">.png', '"\'&amp;.txt',
           '中文 文件.txt', 'line\nbreak\ttab', 'a%20b+c.txt', 'right\u202eto left', '#?&=;.txt']


class TestBuckets:
    def test_one_is_created_and_deleted(self, page):
        page.open()
        page.click('#new-bucket')
        page.fill('Name', 'made-by-hand')
        page.fill('Access', 'public-read')
        page.click('dialog .check')
        page.accept()
        page.find('h1', 'made-by-hand')
        page.wait(lambda: page.texts('#buckets a') == ['made-by-hand'])
        bucket = page.emulator.bucket('made-by-hand')
        assert bucket.get_bucket_acl().acl == 'public-read'
        assert bucket.get_bucket_versioning().status == 'Enabled'
        page.click('.tabs a', 'Settings')
        page.click('button', 'Delete bucket')
        page.accept()
        page.wait(lambda: not page.texts('#buckets a'))
        assert 'DeleteBucket' in [one.operation for one in page.emulator.requests]

    def test_what_oss_refuses_is_said_in_the_dialog(self, page):
        bucket = page.emulator.bucket('full')
        bucket.put_object('k', b'')
        page.expected.append('409')
        page.open('bucket/full/settings')
        page.click('button', 'Delete bucket')
        page.click('dialog footer button:last-child')
        page.says('dialog .problem', 'BucketNotEmpty: ')
        page.find('dialog').send_keys(page.ESCAPE)
        page.wait(lambda: not page.texts('dialog'))

    def test_buckets_of_others_appear_by_themselves(self, page):
        page.open()
        page.emulator.bucket('new-one')
        page.wait(lambda: page.texts('#buckets a') == ['new-one'])

    def test_settings(self, page):
        bucket = page.emulator.bucket('set-up')
        bucket.put_bucket_cors(oss2.models.BucketCors([oss2.models.CorsRule(['https://a.example'], ['GET'])]))
        page.open('bucket/set-up/settings')
        page.fill('ACL', 'public-read-write')
        page.wait(lambda: bucket.get_bucket_acl().acl == 'public-read-write')
        page.fill('Versioning', 'Enabled')
        page.wait(lambda: bucket.get_bucket_versioning().status == 'Enabled')
        page.wait(lambda: page.texts('[data-setting=cors] summary') == ['CORSset'])
        assert 'https://a.example' in page.texts('[data-setting=cors] pre')[0]
        assert page.texts('[data-setting=lifecycle] summary') == ['Lifecyclenot set']


class TestObjects:
    @pytest.mark.parametrize(('way', 'operation'), [('form', 'PostObject'), ('put', 'PutObject')])
    def test_files_are_uploaded(self, page, tmp_path, way, operation):
        bucket = page.emulator.bucket('uploads')
        page.open('bucket/uploads/objects?prefix=in%2F')
        file = tmp_path / '文件 "1" & <b>.txt'
        file.write_bytes(b'some text' * 1000)
        page.click('button', 'Upload')
        page.fill('Files', str(file))
        page.fill('How', way)
        page.accept()
        page.shows('..', file.name)
        assert bucket.get_object('in/' + file.name).read() == b'some text' * 1000
        assert bucket.head_object('in/' + file.name).content_type == 'text/plain'
        [request] = page.emulator.requests.find(operation=operation)
        assert request.status == 200

    def test_the_way_goes_by_the_size(self, page, tmp_path):
        page.emulator.bucket('uploads')
        page.open('bucket/uploads/objects')
        for name, size in (('small', 1), ('large', 5 * 1024 * 1024 + 1)):
            (tmp_path / name).write_bytes(b'x' * size)
        page.click('button', 'Upload')
        page.fill('Files', '%s\n%s' % (tmp_path / 'small', tmp_path / 'large'))
        page.accept()
        page.shows('large', 'small')
        assert len(page.emulator.requests.find(operation='PostObject')) == 1
        assert [one.key for one in page.emulator.requests.find(operation='PutObject')] == ['large']

    def test_files_are_dropped(self, page):
        bucket = page.emulator.bucket('uploads')
        page.open('bucket/uploads/objects')
        page.find('.drop')
        page.driver.execute_script('''
            const data = new DataTransfer();
            data.items.add(new File(['dropped'], 'from the desktop.txt', {type: 'text/plain'}));
            const options = {dataTransfer: data, bubbles: true, cancelable: true};
            for (const type of ['dragenter', 'dragover', 'drop']) {
              document.querySelector('.drop').dispatchEvent(new DragEvent(type, options));
            }''')
        page.accept()
        page.shows('from the desktop.txt')
        assert bucket.get_object('from the desktop.txt').read() == b'dropped'

    def test_an_upload_that_fails_says_why_and_one_that_hangs_is_aborted(self, page, tmp_path):
        page.emulator.bucket('uploads')
        page.expected.append('503')
        (tmp_path / 'file').write_bytes(b'1')
        page.open('bucket/uploads/objects')
        for fault, after in ((page.emulator.faults.fail, 'ServiceUnavailable'), (page.emulator.faults.hang, None)):
            fault(operation='PostObject')
            page.click('button', 'Upload')
            page.fill('Files', str(tmp_path / 'file'))
            page.accept()
            if after is None:
                page.click('button[aria-label="Abort the upload of file"]')
                page.says('.upload.failed .hint', 'Aborted')
            else:
                page.says('.upload.failed .hint', 'ServiceUnavailable: ')
            page.click('.upload .icon-button')
            page.wait(lambda: not page.texts('.upload'))
        assert page.names() == []

    def test_they_are_downloaded(self, page, tmp_path):
        data = bytes(range(256)) * 1000
        page.emulator.bucket('downloads').put_object('a/中 "文".bin', data)
        page.driver.execute_cdp_cmd('Browser.setDownloadBehavior', {
            'behavior': 'allow', 'downloadPath': str(tmp_path)})
        page.open('bucket/downloads/objects?prefix=a%2F')
        page.click('button[aria-label^="Download "]')
        [file] = page.wait(lambda: [one for one in tmp_path.iterdir() if one.suffix == '.bin'])
        page.wait(lambda: file.read_bytes() == data)
        page.click('.objects .link')
        url = page.find('dialog a.button').get_attribute('href')
        assert page.fetch(url)[0] == 200
        assert 'x-oss-meta' not in page.find('dialog').text
        assert '256000 bytes' in page.find('dialog').text

    def test_a_signed_url_is_copied(self, page):
        page.emulator.bucket('downloads').put_object('k', b'by link')
        page.driver.execute_cdp_cmd('Browser.grantPermissions', {
            'origin': page.emulator.endpoint, 'permissions': ['clipboardReadWrite', 'clipboardSanitizedWrite']})
        page.open('bucket/downloads/objects')
        page.click('button[aria-label="Copy a signed URL of k"]')
        url = page.find('dialog textarea').get_attribute('value')
        page.accept()
        assert page.driver.execute_async_script('navigator.clipboard.readText().then(arguments[0])') == url
        assert page.fetch(url) == [200, 'by link']

    def test_folders_and_prefixes(self, page):
        bucket = page.emulator.bucket('folders')
        for number in range(30):
            bucket.put_object('many/%02d' % number, b'')
        bucket.put_object('a/b/c', b'')
        bucket.put_object('top', b'')
        page.open('bucket/folders/objects')
        page.shows('a/', 'many/', 'top')
        page.click('.folder a', 'a/')
        page.shows('..', 'b/')
        page.click('.folder a', 'b/')
        page.shows('..', 'c')
        page.click('.crumbs a', 'folders')
        page.shows('a/', 'many/', 'top')
        page.find('input[type=search]').send_keys('many/0', page.ENTER)
        page.shows('..', *('%02d' % number for number in range(10)))

    def test_pages(self, page):
        bucket = page.emulator.bucket('folders')
        for number in range(60):
            bucket.put_object('%02d' % number, b'')
        page.open('bucket/folders/objects?size=25')
        page.shows(*('%02d' % number for number in range(25)))
        for first, last, button in ((25, 50, 'Next'), (50, 60, 'Next'), (25, 50, 'Previous'), (0, 25, 'Previous')):
            page.click('.pager button', button)
            page.shows(*('%02d' % number for number in range(first, last)))

    def test_several_are_deleted(self, page):
        bucket = page.emulator.bucket('deleting')
        for key in ('a', 'b', 'c'):
            bucket.put_object(key, b'')
        page.open('bucket/deleting/objects')
        for key in ('a', 'c'):
            page.click('input[aria-label="Select %s"]' % key)
        page.click('button', 'Delete selected (2)')
        page.accept()
        page.shows('b')
        assert [one.key for one in bucket.list_objects().object_list] == ['b']

    def test_versions_and_delete_markers(self, page):
        bucket = page.emulator.bucket('versions')
        bucket.put_bucket_versioning(oss2.models.BucketVersioningConfig('Enabled'))
        first = bucket.put_object('doc', b'first').versionid
        bucket.put_object('doc', b'second')
        bucket.delete_object('doc')
        page.open('bucket/versions/objects')
        page.says('.status', 'Nothing here')
        page.click('.toolbar .check')
        page.shows('docdelete markerlatest', 'doc', 'doc')
        page.click('tr.marker button[aria-label="Delete doc"]')
        page.accept()
        page.shows('doclatest', 'doc')
        page.wait(lambda: page.find_all('.objects .link')[1].click() or True)
        url = page.find('dialog a.button').get_attribute('href')
        assert page.fetch(url) == [200, 'first']
        assert first in url
        assert bucket.get_object('doc').read() == b'second'

    def test_strange_names_are_text(self, page):
        bucket = page.emulator.bucket('strange')
        for key in STRANGE:
            bucket.put_object(key, key.encode(), headers={'x-oss-tagging': 'k=v'})
        page.open('bucket/strange/objects')
        page.wait(lambda: len(page.names()) == len(STRANGE))
        assert '<script>window.hacked = 1<' in ''.join(page.names())
        assert {'line\\nbreak\\ttab', 'right\\u202eto left', '"\'&amp;.txt'} <= set(page.names())
        for row in range(1, len(STRANGE)):
            page.find_all('.objects tbody tr')[row].find_element(
                'css selector', '.link').click()
            shown = page.find('dialog a.button').get_attribute('href')
            status, text = page.fetch(shown)
            assert (status, text in STRANGE) == (200, True)
            page.click('dialog header button')
            page.wait(lambda: not page.texts('dialog'))
        page.open('requests')
        page.wait(lambda: len(page.texts('.log tbody tr')) >= len(STRANGE))
        for key in STRANGE:
            page.emulator.faults.fail(key=key)
        page.open('faults')
        page.says('tbody td', '<script>')
        assert page.driver.execute_script('return window.hacked') is None
        assert page.driver.execute_script('return document.querySelectorAll("main script, main img").length') == 0

    def test_a_multipart_upload_is_aborted(self, page):
        bucket = page.emulator.bucket('parts')
        for key in ('a "b"', 'c'):
            upload = bucket.init_multipart_upload(key)
            bucket.upload_part(key, upload.upload_id, 1, b'x' * 2048)
        page.open('bucket/parts/uploads')
        page.wait(lambda: page.texts('tbody td.name') == ['a "b"', 'c'])
        page.click('button[aria-label="Show the parts of c"]')
        page.find('summary', '1 (2.00 KiB)')
        page.click('button[aria-label="Abort the upload of c"]')
        page.accept()
        page.wait(lambda: page.texts('tbody td.name') == ['a "b"'])
        assert [one.key for one in bucket.list_multipart_uploads().upload_list] == ['a "b"']
        page.click('button', 'Abort all')
        page.accept()
        page.wait(lambda: page.texts('tbody td.name') == [])


class TestRequests:
    def test_they_are_shown_as_they_come_without_secrets(self, page):
        bucket = page.emulator.bucket('logged')
        page.open('requests')
        page.wait(lambda: page.texts('.log td:nth-child(4)') == ['PutBucket'])
        bucket.put_object('k', b'1')
        assert not bucket.object_exists('none')
        with oss2.Bucket(oss2.Auth(page.emulator.credentials.access_key_id, 'wrong-secret'), page.emulator.endpoint,
                         'logged') as wrong, pytest.raises(oss2.exceptions.ServerError):
            wrong.get_object('k')
        url = bucket.sign_url('GET', 'k', 60)
        assert page.fetch(url)[0] == 200
        page.wait(lambda: page.texts('.log td:nth-child(5)') == [
            '200', '403SignatureDoesNotMatch', '404NoSuchKey', '200', '200'])
        for row in range(5):
            page.find_all('.log tr:not(.more) .link')[row].click()
        shown = page.find('main').text
        assert 'Credential=' in shown
        secrets = [one.headers['authorization'].rpartition('Signature=')[2].rpartition(':')[2]
                   for one in page.emulator.requests if 'authorization' in one.headers]
        secrets += [one.params['x-oss-signature'] for one in page.emulator.requests if 'x-oss-signature' in one.params]
        assert len(secrets) == 5
        assert not [secret for secret in secrets if secret in shown]

    def test_filter_pause_and_clear(self, page):
        bucket = page.emulator.bucket('logged')
        bucket.put_object('first', b'')
        bucket.delete_object('second')
        page.open('requests')
        page.wait(lambda: len(page.texts('.log tbody tr')) == 3)
        page.find('input[type=search]').send_keys('FIRST')
        page.wait(lambda: page.texts('.log td:nth-child(4)') == ['PutObject'])
        page.find('input[type=search]').clear()
        page.find('select[aria-label=Method]').send_keys('DELETE')
        page.wait(lambda: page.texts('.log td:nth-child(4)') == ['DeleteObject'])
        page.click('button', 'Clear')
        page.wait(lambda: page.texts('.log tbody tr') == [])
        assert len(page.emulator.requests) == 0


class TestFaults:
    def test_one_is_added_hits_and_is_removed(self, page):
        bucket = page.emulator.bucket('faulty')
        page.open('faults')
        page.fill('Kind', 'fail')
        page.fill('status', '418')
        page.fill('code', 'Teapot')
        page.fill('Operation', 'GetObject')
        page.fill('Key pattern', 'tea/*')
        page.fill('Times', '2')
        page.click('button', 'Add fault')
        page.wait(lambda: page.texts('td.left') == ['2'])
        for left, hits in (('1', '1'), ('used up', '2')):
            with pytest.raises(oss2.exceptions.ServerError) as caught:
                bucket.get_object('tea/pot')
            assert (caught.value.status, caught.value.code) == (418, 'Teapot')
            page.wait(lambda left=left, hits=hits: (page.texts('td.left'), page.texts('td.hits')) == ([left], [hits]))
        page.click('button[aria-label="Remove the fault fail"]')
        page.wait(lambda: page.texts('td.left') == [])

    def test_what_cannot_be_is_said(self, page):
        page.expected.append('400')
        page.open('faults')
        page.fill('status', '99')
        page.click('button', 'Add fault')
        page.says('.toast.error', "'values.status' must be from 200 to 599")


class TestOverview:
    def test_shows_the_connection_and_hides_the_secret(self, page):
        page.open()
        secret = page.emulator.credentials.access_key_secret
        assert page.emulator.endpoint in page.find('main').text
        assert secret not in page.find('main').text
        page.click('button', 'Show')
        assert secret in page.find('main').text

    def test_tools(self, page):
        page.emulator.bucket('b-1').put_object('k', b'')
        page.open()
        page.click('button', 'Issue')
        page.click('dialog footer button:last-child')
        page.says('dialog dt', 'Security token')
        page.click('dialog header button')
        page.click('button', 'Reset')
        page.accept()
        page.wait(lambda: page.texts('#buckets a') == [])
        assert page.emulator.state.store.names() == []


class TestSafety:
    def test_only_its_own_scripts_run(self, page):
        page.open()
        page.expected += ['Content Security Policy', 'TrustedHTML', 'TrustedScript']
        page.driver.execute_script('''
            const script = document.createElement('script');
            try { script.textContent = 'window.hacked = 1'; document.body.append(script); } catch {}
            const image = document.createElement('img');
            image.setAttribute('src', '//evil.example/x.png');
            document.body.append(image);''')
        write = 'try { document.body.innerHTML = "<b>"; return "written" } catch (error) { return error.name }'
        assert page.driver.execute_script(write) == 'TypeError'
        assert page.driver.execute_script('return window.hacked') is None
        assert page.fetch('https://evil.example/')[0] == 0

    def test_pages_of_other_origins_reach_nothing(self, page, elsewhere):
        page.emulator.bucket('kept')
        page.expected += ['CORS policy', 'ERR_FAILED', 'ERR_BLOCKED_BY_RESPONSE', '403']
        page.driver.get(elsewhere)
        for method, options in (('POST', {}), ('POST', {'mode': 'no-cors'}), ('GET', {})):
            path = '/-/api/reset' if method == 'POST' else '/-/api/state'
            status, text = page.fetch(page.emulator.endpoint + path, method=method, **options)
            assert (status, 'access_key_secret' in text) == (0, False)
        assert page.emulator.state.store.names() == ['kept']

    def test_it_cannot_be_framed(self, page, elsewhere):
        page.expected += ['frame-ancestors', 'Refused to frame', 'Framing']
        page.driver.get(elsewhere)
        page.driver.execute_async_script('''
            const [url, done] = arguments;
            const frame = document.createElement('iframe');
            frame.addEventListener('load', done);
            frame.src = url;
            document.body.append(frame);''', page.emulator.endpoint + '/-/')
        page.driver.switch_to.frame(0)
        try:
            assert page.texts('#side') == []
        finally:
            page.driver.switch_to.default_content()


class TestAccess:
    PLACES = ['', 'requests', 'faults', 'bucket/b-1/objects?versions=', 'bucket/b-1/uploads', 'bucket/b-1/settings']

    @pytest.fixture
    def filled(self, page):
        bucket = page.emulator.bucket('b-1')
        bucket.put_object('a/' + 'long-name-' * 20, b'')
        bucket.put_object('long-name-' * 20, b'')
        bucket.init_multipart_upload('long-name-' * 20)
        page.emulator.faults.fail(key='long-name-' * 20)
        return page

    def test_everything_has_a_name(self, filled):
        for place in self.PLACES:
            filled.open(place)
            filled.wait(lambda: not filled.texts('.card:empty'))
            for element in filled.find_all('button, a, input, select, textarea, summary'):
                if element.is_displayed():
                    assert element.accessible_name, (place, element.get_attribute('outerHTML'))
            ids = filled.driver.execute_script('return [...document.querySelectorAll("[id]")].map((one) => one.id)')
            assert len(ids) == len(set(ids))

    def test_by_keyboard(self, page):
        page.open()
        page.find('#new-bucket').send_keys(page.ENTER)
        name = page.find('dialog input')
        page.driver.switch_to.active_element.send_keys(page.ESCAPE)
        page.wait(lambda: not page.texts('dialog'))
        assert page.driver.switch_to.active_element.get_attribute('id') == 'new-bucket'
        page.find('#new-bucket').send_keys(page.ENTER)
        name = page.find('dialog input')
        name.send_keys('by-keyboard', page.ENTER)
        page.find('h1', 'by-keyboard')

    def test_on_a_narrow_screen(self, filled):
        filled.driver.set_window_size(500, 800)
        try:
            for place in self.PLACES:
                filled.open(place)
                filled.wait(lambda: not filled.texts('.card:empty'))
                width, inside = filled.driver.execute_script(
                    'return [document.scrollingElement.scrollWidth, document.scrollingElement.clientWidth]')
                assert width <= inside, place
                overflow = filled.driver.execute_script(
                    'const main = document.querySelector("main"); return main.scrollWidth - main.clientWidth')
                assert overflow <= 0, place
            assert not filled.find_all('#side')[0].is_displayed()
            filled.click('#menu')
            filled.click('#buckets a', 'b-1')
            filled.find('h1', 'b-1')
            assert not filled.find_all('#side')[0].is_displayed()
        finally:
            filled.driver.set_window_size(1280, 900)

    @pytest.mark.parametrize('scheme', ['light', 'dark'])
    def test_text_can_be_read(self, filled, scheme):
        """With a contrast of 4.5 at least, as WCAG asks for."""
        filled.driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {
            'features': [{'name': 'prefers-color-scheme', 'value': scheme}]})
        try:
            filled.open('faults')
            filled.find('td.hits')
            poor = filled.driver.execute_script('''
                const part = (value) => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
                const light = ([r, g, b]) => 0.2126 * part(r / 255) + 0.7152 * part(g / 255) + 0.0722 * part(b / 255);
                const numbers = (color) => color.match(/[\\d.]+/g).map(Number);
                const ground = (one) => {
                  for (let at = one; at; at = at.parentElement) {
                    const color = numbers(getComputedStyle(at).backgroundColor);
                    if (color.length === 3 || color[3] === 1) return color;
                  }
                  return [255, 255, 255];
                };
                const texts = 'a, button:not(:disabled), h1, h2, p, th, td, label, .badge, code';
                return [...document.querySelectorAll(texts)].filter(
                  (one) => one.offsetParent && one.textContent.trim()).map((one) => {
                  const front = numbers(getComputedStyle(one).color);
                  const [a, b] = [light(front), light(ground(one))].sort((x, y) => y - x);
                  return [one.textContent, (a + 0.05) / (b + 0.05)];
                }).filter(([, contrast]) => contrast < 4.5);''')
            assert poor == []
            luminous = filled.driver.execute_script('return getComputedStyle(document.body).backgroundColor')
            assert luminous == {'light': 'rgb(246, 247, 249)', 'dark': 'rgb(15, 19, 24)'}[scheme]
        finally:
            filled.driver.execute_cdp_cmd('Emulation.setEmulatedMedia', {'features': []})
