"""Image processing on the emulator, seen as a client sees it: sizes, colours, formats, errors."""
from __future__ import annotations

import base64
import io
import json
import struct
import sys
import threading
import time
import zlib

import pytest
from functional.emulator_client import Client

import oss2
from oss2.emulator import Emulator, imaging
from oss2.exceptions import NoSuchKey, ServerError

Image = pytest.importorskip('PIL.Image')
ImageFont = pytest.importorskip('PIL.ImageFont')
TiffImagePlugin = pytest.importorskip('PIL.TiffImagePlugin')

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def halves(size=(400, 200)):
    """An image that is red at the left and blue at the right."""
    image = Image.new('RGB', size, RED)
    image.paste(BLUE, (size[0] // 2, 0, size[0], size[1]))
    return image


def safe(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip('=')


@pytest.fixture
def bucket(oss_bucket):
    oss_bucket.put_object('a.png', encoded(halves(), 'PNG'))
    oss_bucket.put_object('a.jpg', encoded(halves(), 'JPEG', quality=90))
    return oss_bucket


@pytest.fixture
def process(bucket):
    def get(process, key='a.png'):
        return Image.open(io.BytesIO(bucket.get_object(key, process=process).read()))
    return get


def near(color, expected):
    return all(abs(a - b) < 12 for a, b in zip(color[:3], expected))


def refused(bucket, process, key='a.png'):
    with pytest.raises(ServerError) as caught:
        bucket.get_object(key, process=process)
    assert caught.value.status == 400
    return caught.value


# The sizes are those of the examples in OSS's documentation, and what follows from their rules.
@pytest.mark.parametrize(('parameters', 'size'), [
    ('w_100', (100, 50)), ('h_100', (200, 100)), ('m_lfit,w_100,h_100', (100, 50)), ('m_mfit,w_100,h_100', (200, 100)),
    ('m_fill,w_100,h_100', (100, 100)), ('m_pad,w_100,h_100', (100, 100)), ('m_fixed,w_100,h_100', (100, 100)),
    ('l_100', (100, 50)), ('s_100', (200, 100)), ('m_fixed,l_100,s_80', (100, 80)), ('p_50', (200, 100)),
    ('p_150', (600, 300)), ('w_800', (400, 200)), ('w_800,limit_0', (800, 400)), ('m_fixed,w_800,h_10', (400, 200)),
    ('m_fixed,w_800,h_10,limit_0', (800, 10)), ('m_fill,w_500,h_300', (400, 200)),
    ('m_fill,w_500,h_300,limit_0', (500, 300)), ('m_pad,w_500,h_500,limit_0', (500, 500)), ('w_400', (400, 200)),
])
def test_resize(process, parameters, size):
    assert process('image/resize,' + parameters).size == size


def test_resize_by_its_colours(process):
    padded = process('image/resize,m_pad,w_100,h_100,color_00FF00')
    assert [padded.getpixel(place) for place in ((50, 5), (5, 50), (95, 50), (50, 95))] == [GREEN, RED, BLUE, GREEN]
    assert process('image/resize,m_pad,w_100,h_100').getpixel((50, 5)) == WHITE
    filled = process('image/resize,m_fill,w_100,h_100')
    assert [filled.getpixel(place) for place in ((5, 5), (95, 95))] == [RED, BLUE]


@pytest.mark.parametrize(('parameters', 'size', 'left', 'right'), [
    ('w_100,h_100', (100, 100), RED, RED), ('x_350,y_150', (50, 50), BLUE, BLUE),
    ('w_100,g_ne', (100, 200), BLUE, BLUE),
    ('w_100,h_50,g_center', (100, 50), RED, BLUE), ('w_100,h_100,x_10,y_10,g_se', (90, 90), BLUE, BLUE),
    ('w_1000,h_0', (400, 200), RED, BLUE), ('w_100,h_100,g_sw', (100, 100), RED, RED),
])
def test_crop(process, parameters, size, left, right):
    image = process('image/crop,' + parameters)
    assert image.size == size
    assert (image.getpixel((0, 0)), image.getpixel((size[0] - 1, size[1] - 1))) == (left, right)


@pytest.mark.parametrize(('parameters', 'size', 'color'), [
    ('x_100,i_0', (100, 200), RED), ('x_100,i_3', (100, 200), BLUE), ('y_150,i_1', (400, 50), RED),
    ('x_100,i_4', (400, 200), RED), ('x_300,i_1', (100, 200), BLUE),
])
def test_indexcrop(process, parameters, size, color):
    image = process('image/indexcrop,' + parameters)
    assert (image.size, image.getpixel((0, 0))) == (size, color)


def test_rotate(process):
    turned = process('image/rotate,90')
    assert (turned.size, turned.getpixel((0, 0)), turned.getpixel((0, 399))) == ((200, 400), RED, BLUE)
    assert process('image/rotate,180').getpixel((0, 0)) == BLUE
    slanted = process('image/rotate,45')
    assert slanted.width > 400
    assert slanted.getpixel((0, 0)) == WHITE


def test_auto_orient(bucket, process):
    exif = Image.Exif()
    exif[0x0112] = 6
    bucket.put_object('turned.jpg', encoded(halves(), 'JPEG', exif=exif, quality=95))
    assert process('image/auto-orient,0', 'turned.jpg').getexif()[0x0112] == 6
    upright = process('image/auto-orient,1', 'turned.jpg')
    assert (upright.size, upright.getexif().get(0x0112, 1)) == ((200, 400), 1)
    assert near(upright.getpixel((100, 10)), RED)
    assert process('image/auto-orient,1/resize,w_100', 'turned.jpg').size == (100, 200)


@pytest.mark.parametrize(('name', 'kind', 'content_type'), [
    ('jpg', 'JPEG', 'image/jpeg'), ('png', 'PNG', 'image/png'), ('webp', 'WEBP', 'image/webp'),
    ('bmp', 'BMP', 'image/bmp'), ('gif', 'GIF', 'image/gif'), ('tiff', 'TIFF', 'image/tiff')])
def test_formats(bucket, name, kind, content_type):
    result = bucket.get_object('a.png', process='image/format,' + name)
    assert result.headers['Content-Type'] == content_type
    image = Image.open(io.BytesIO(result.read()))
    assert (image.format, image.size) == (kind, (400, 200))
    assert near(image.convert('RGB').getpixel((10, 10)), RED)


def test_transparency(bucket, process):
    bucket.put_object('clear.png', encoded(Image.new('RGBA', (50, 50), (0, 0, 255, 0)), 'PNG'))
    assert near(process('image/format,jpg', 'clear.png').getpixel((5, 5)), WHITE)
    assert process('image/resize,w_20', 'clear.png').getpixel((5, 5))[3] == 0


def test_quality_and_interlace(bucket):
    noise = Image.effect_noise((200, 200), 80)
    bucket.put_object('noise.jpg', encoded(noise, 'JPEG', quality=90))

    def size(process):
        return len(bucket.get_object('noise.jpg', process='image/' + process).read())
    assert size('quality,q_20') < size('quality,q_50') < size('quality,Q_90')
    # A half of a quality of 90 is that of 45, and not that of 50.
    assert size('quality,q_50') == size('quality,Q_45')
    assert Image.open(io.BytesIO(bucket.get_object('a.jpg', process='image/interlace,1').read())).info['progressive']
    assert 'progressive' not in Image.open(io.BytesIO(
        bucket.get_object('a.jpg', process='image/interlace,0').read())).info


def test_corners(process):
    circle = process('image/circle,r_50')
    assert circle.size == (100, 100)
    assert (circle.getpixel((0, 0))[3], circle.getpixel((25, 50))) == (0, (*RED, 255))
    assert process('image/circle,r_4000').size == (200, 200)
    rounded = process('image/rounded-corners,r_30')
    assert (rounded.size, rounded.getpixel((0, 0))[3], rounded.getpixel((30, 30))) == ((400, 200), 0, (*RED, 255))
    assert near(process('image/circle,r_50/format,jpg').getpixel((0, 0)), WHITE)


def test_light_and_sharpness(bucket, process):
    bucket.put_object('grey.png', encoded(Image.new('RGB', (20, 20), (100, 100, 100)), 'PNG'))
    assert process('image/bright,50', 'grey.png').getpixel((5, 5))[0] > 140
    assert process('image/bright,-50', 'grey.png').getpixel((5, 5))[0] < 60
    assert process('image/contrast,-100').getpixel((5, 5)) == process('image/contrast,-100').getpixel((395, 5))
    blurred = process('image/blur,r_20,s_20').getpixel((200, 100))
    assert 40 < blurred[0] < 215
    assert process('image/blur,r_3,s_2').getpixel((10, 100)) == RED
    soft = encoded(Image.linear_gradient('L').resize((64, 64)).convert('RGB'), 'PNG')
    bucket.put_object('soft.png', soft)
    sharp = process('image/resize,w_32/blur,r_3,s_3/sharpen,399', 'soft.png')
    assert sharp.size == (32, 32)


def test_watermark_texts(process):
    plain, marked = process('image/format,png'), process('image/watermark,text_%s,color_00FF00,size_40' % safe('Hello'))
    changed = [(x, y) for x in range(400) for y in range(200) if plain.getpixel((x, y)) != marked.getpixel((x, y))]
    assert changed
    # The text goes to the lower right corner, 10 pixels from the edges.
    assert min(x for x, _ in changed) > 200
    assert max(x for x, _ in changed) <= 390
    assert max(y for _, y in changed) <= 190
    assert any(marked.getpixel(place) == GREEN for place in changed)
    north = process('image/watermark,text_%s,g_nw,t_50,shadow_50,rotate_30' % safe('Hello'))
    assert north.crop((200, 0, 400, 200)).tobytes() == plain.crop((200, 0, 400, 200)).tobytes()


def test_watermark_images(bucket, process):
    bucket.put_object('logo.png', encoded(Image.new('RGB', (40, 20), GREEN), 'PNG'))
    marked = process('image/watermark,image_%s,g_nw,x_5,y_7' % safe('logo.png'))
    assert [marked.getpixel(place) for place in ((4, 7), (5, 7), (44, 26), (45, 26))] == [RED, GREEN, GREEN, RED]
    small = process('image/watermark,image_%s,g_se,x_0,y_0' % safe('logo.png?x-oss-process=image/resize,w_20'))
    assert [small.getpixel(place) for place in ((380, 190), (379, 190))] == [GREEN, BLUE]
    share = process('image/watermark,image_%s,g_nw,x_0,y_0' % safe('logo.png?x-oss-process=image/resize,P_50'))
    assert [share.getpixel(place) for place in ((199, 99), (201, 50), (50, 101))] == [GREEN, BLUE, RED]
    faint = process('image/watermark,image_%s,t_50,g_nw,x_0,y_0' % safe('logo.png')).getpixel((10, 10))
    assert 100 < faint[0] < 150
    tiled = process('image/watermark,image_%s,fill_1,padx_10,pady_10' % safe('logo.png'))
    assert [tiled.getpixel(place) for place in ((10, 10), (45, 10), (55, 35))] == [GREEN, RED, GREEN]
    with pytest.raises(NoSuchKey):
        process('image/watermark,image_%s' % safe('nothing.png'))


def test_steps_follow_each_other(process):
    image = process('image/resize,w_200/crop,w_50,h_50,g_se/rotate,90/format,jpg')
    assert (image.format, image.size) == ('JPEG', (50, 50))


def test_moving_images(bucket, process):
    frames = [Image.new('RGB', (60, 40), color) for color in (RED, GREEN, BLUE)]
    bucket.put_object('a.gif', encoded(frames[0], 'GIF', save_all=True, append_images=frames[1:], duration=100))
    image = process('image/resize,w_30', 'a.gif')
    assert (image.n_frames, image.size, image.info['duration']) == (3, (30, 20), 100)
    assert getattr(process('image/resize,w_30/format,png', 'a.gif'), 'n_frames', 1) == 1


def test_info(bucket):
    result = bucket.get_object('a.jpg', process='image/info')
    assert result.headers['Content-Type'] == 'application/json'
    size = len(encoded(halves(), 'JPEG', quality=90))
    assert json.loads(result.read()) == {name: {'value': value} for name, value in {
        'FileSize': str(size), 'Format': 'jpg', 'FrameCount': '1', 'ImageHeight': '200', 'ImageWidth': '400',
        'ResolutionUnit': '1', 'XResolution': '1/1', 'YResolution': '1/1'}.items()}
    exif = Image.Exif()
    exif[0x010F], exif[0x0112], exif[0x0132] = 'Maker', 3, '2015:02:11 15:38:27'
    bucket.put_object('b.jpg', encoded(halves(), 'JPEG', exif=exif))
    found = json.loads(bucket.get_object('b.jpg', process='image/info').read())
    assert (found['Make'], found['Orientation']) == ({'value': 'Maker'}, {'value': '3'})
    assert found['DateTime'] == {'value': '2015:02:11 15:38:27'}


def test_average_hue(bucket):
    bucket.put_object('plain.png', encoded(Image.new('RGB', (9, 9), (92, 120, 59)), 'PNG'))
    assert json.loads(bucket.get_object('plain.png', process='image/average-hue').read()) == {'RGB': '0x5c783b'}


def test_styles(bucket, process):
    bucket.put_bucket_style('small', 'image/resize,w_100')
    assert process('style/small').size == (100, 50)
    with pytest.raises(ServerError) as caught:
        process('style/none')
    assert (caught.value.status, caught.value.code) == (404, 'NoSuchStyle')


@pytest.mark.parametrize(('process', 'ec'), [
    ('image/resize,w_0', '0040-00000312'), ('image/resize,l_0', '0040-00000314'), ('image/resize,s_0', '0040-00000315'),
    ('image/resize,p_0', '0040-00000317'), ('image/resize,w_100,limit_3', '0040-00000319'),
    ('image/resize,w_0,h_0', '0040-00000321'), ('image/resize', '0040-00000322'), ('image/', '0040-00000212'),
    ('image/slim,1', '0040-00000213'), ('image/rotate,90,200,300', '0040-00000203'), ('image/rotate', '0040-00000216'),
    ('image/rotate,abc', '0040-00000217'), ('image/rotate,400', '0040-00000217'),
    ('image/resize,w_100/auto-orient', '0040-00000214'), ('image/resize,w_100/auto-orient,10', '0040-00000215'),
    ('image/crop,x_100,y_50,w_abc,h_100', '0040-00000225'), ('image/crop,x_1,y_5,w_1,h_-1', '0040-00000226'),
    ('image/indexcrop,y_abc,i_0', '0040-00000224'), ('image/circle,r_5000', '0040-00000233'),
    ('image/rounded-corners,r_abc', '0040-00000237'), ('image/resize,m_fixed,w_5000,h_5000,limit_0', '0040-00000007'),
    ('image/watermark,text_SGVsbG8gV29ybGQ,rotate_400', '0040-00000272'),
])
def test_errors_that_oss_documents(bucket, process, ec):
    error = refused(bucket, process)
    assert (error.code, error.ec) == ('InvalidArgument', ec)


@pytest.mark.parametrize(('process', 'code'), [
    ('image/resize,m_best,w_1', 'InvalidArgument'), ('image/resize,q_1', 'InvalidArgument'),
    ('image/format,exe', 'InvalidArgument'), ('image/quality,q_0', 'InvalidArgument'), ('nonsense', 'InvalidArgument'),
    ('image/resize,w_10/info', 'InvalidArgument'), ('image/crop,x_400', 'BadRequest'),
    ('image/watermark,text_%%%', 'BadRequest'), ('image/watermark', 'MissingArgument'),
])
def test_other_errors(bucket, process, code):
    assert refused(bucket, process).code == code


def test_what_is_no_image(bucket):
    bucket.put_object('a.txt', b'no image at all')
    for process in ('image/info', 'image/resize,w_10'):
        error = refused(bucket, process, 'a.txt')
        assert (error.code, error.ec) == ('InvalidArgument', '0040-00000005')
    bucket.put_object('cut.png', encoded(halves(), 'PNG')[:200])
    assert refused(bucket, 'image/resize,w_10', 'cut.png').code == 'InvalidArgument'
    bucket.put_object('long.png', b'x' * (20 * 1024 * 1024 + 1))
    assert refused(bucket, 'image/info', 'long.png').code == 'ImageTooLarge'
    with pytest.raises(NoSuchKey):
        bucket.get_object('none', process='image/info')


def test_signed_urls_and_conditions(bucket):
    url = bucket.sign_url('GET', 'a.png', 60, params={'x-oss-process': 'image/resize,w_10'})
    assert Image.open(io.BytesIO(bucket.get_object_with_url(url).read())).size == (10, 5)
    with pytest.raises(oss2.exceptions.NotModified):
        bucket.get_object('a.png', process='image/info', headers={
            'If-None-Match': bucket.head_object('a.png').etag})


def test_without_pillow(bucket, monkeypatch):
    for name in 'actions', 'info', 'picture', 'watermark':
        monkeypatch.delitem(sys.modules, 'oss2.emulator.imaging.' + name, raising=False)
        monkeypatch.delattr(imaging, name, raising=False)
    monkeypatch.setitem(sys.modules, 'PIL', None)
    for call in (lambda: bucket.get_object('a.png', process='image/resize,w_10'),
                 lambda: bucket.process_object('a.png', 'image/rotate,90|sys/saveas,o_' + safe('k'))):
        with pytest.raises(ServerError) as caught:
            call()
        assert (caught.value.status, caught.value.code) == (501, 'NotImplemented')
        assert 'pip install pillow' in caught.value.message


class TestSaving:
    def saveas(self, key, bucket=None):
        return '|sys/saveas,o_%s' % safe(key) + (',b_' + safe(bucket) if bucket else '')

    def test_into_a_bucket(self, oss_emulator, bucket):
        other = oss_emulator.bucket('other-bucket')
        key = '缩/略.jpg'
        result = bucket.process_object('a.png', 'image/resize,w_100/format,jpg' + self.saveas(key, 'other-bucket'))
        assert (result.bucket, result.object, result.process_status) == ('other-bucket', key, 'OK')
        stored = other.get_object(key)
        data = stored.read()
        assert (len(data), stored.headers['Content-Type']) == (result.fileSize, 'image/jpeg')
        assert Image.open(io.BytesIO(data)).size == (100, 50)
        bucket.process_object('a.png', 'image/rotate,90' + self.saveas('turned'))
        assert Image.open(io.BytesIO(bucket.get_object('turned').read())).size == (200, 400)

    def test_errors(self, bucket):
        for process, status, code in (
                ('image/resize,w_0' + self.saveas('k'), 400, 'InvalidArgument'),
                ('image/resize,w_1' + self.saveas('k', 'no-such-bucket'), 404, 'NoSuchBucket'),
                ('image/resize,w_1|sys/saveas,o_%', 400, 'BadRequest'),
                ('image/resize,w_1|sys/saveas,b_' + safe('other'), 400, 'InvalidArgument'),
                ('image/resize,w_1|sys/nothing', 400, 'InvalidArgument'),
                ('image/resize,w_1' + self.saveas('/k'), 400, 'InvalidObjectName')):
            with pytest.raises(ServerError) as caught:
                bucket.process_object('a.png', process)
            assert (caught.value.status, caught.value.code) == (status, code), process
        assert not bucket.object_exists('k')

    def test_others_cannot_write_through_it(self, oss_emulator, bucket):
        bucket.put_bucket_acl('public-read')
        credentials = oss_emulator.add_account('stranger')
        stranger = oss_emulator.bucket('strange-bucket', oss2.AuthV4(credentials.access_key_id,
                                                                     credentials.access_key_secret))
        theirs = oss2.Bucket(stranger.auth, oss_emulator.endpoint, bucket.bucket_name, session=stranger.session,
                             region=oss_emulator.region)
        assert theirs.get_object('a.png', process='image/info').read()
        for target in (None, 'strange-bucket'):
            with pytest.raises(oss2.exceptions.AccessDenied):
                theirs.process_object('a.png', 'image/resize,w_10' + self.saveas('k', target))


class TestTasks:
    def wait(self, emulator, task):
        for _ in range(200):
            found = next(one for one in emulator.process_tasks() if one.id == task)
            if found.state != 'Running':
                return found
            time.sleep(0.02)
        raise AssertionError('the task runs on')

    def test_images(self, oss_emulator, bucket):
        result = bucket.async_process_object('a.png', 'image/resize,w_50|sys/saveas,o_%s' % safe('k'))
        assert result.task_id
        assert result.event_id
        assert result.async_request_id == result.request_id
        assert self.wait(oss_emulator, result.task_id).state == 'Succeeded'
        assert Image.open(io.BytesIO(bucket.get_object('k').read())).size == (50, 25)

    def test_what_the_emulator_cannot_do_fails_later(self, oss_emulator, bucket):
        result = bucket.async_process_object('a.png', 'video/convert,f_mp4|sys/saveas,o_%s/notify,topic_%s' % (
            safe('k.mp4'), safe('topic')))
        task = self.wait(oss_emulator, result.task_id)
        assert (task.state, task.bucket, task.key) == ('Failed', bucket.bucket_name, 'a.png')
        assert 'images only' in task.error
        assert not bucket.object_exists('k.mp4')

    @pytest.mark.parametrize('process', [
        'video/convert,f_mp4', 'nonsense|sys/saveas,o_aw', 'image/slim|sys/saveas,o_aw'])
    def test_errors(self, bucket, process):
        with pytest.raises(ServerError) as caught:
            bucket.async_process_object('a.png', process)
        assert (caught.value.status, caught.value.code) == (400, 'InvalidArgument')

    def test_no_such_key(self, bucket):
        with pytest.raises(NoSuchKey):
            bucket.async_process_object('none', 'image/resize,w_50|sys/saveas,o_aw')


def header_of_a_png(width, height):
    """A PNG that says how large it is, and no more."""
    chunks = ((b'IHDR', struct.pack('>IIBBBBB', width, height, 8, 2, 0, 0, 0)), (b'IDAT', b''))
    return b'\x89PNG\r\n\x1a\n' + b''.join(
        struct.pack('>I', len(data)) + name + data + struct.pack('>I', zlib.crc32(name + data))
        for name, data in chunks)


@pytest.mark.parametrize('limit', [None, 1000])
def test_images_of_too_many_pixels(bucket, monkeypatch, limit):
    """Pillow has a limit of its own, which may be lifted."""
    monkeypatch.setattr(Image, 'MAX_IMAGE_PIXELS', limit)
    bucket.put_object('huge.png', header_of_a_png(20000, 20000))
    error = refused(bucket, 'image/info', 'huge.png')
    assert (error.code, error.ec) == ('ImageTooLarge', '0040-00000012')


def test_other_formats(bucket, monkeypatch):
    bucket.put_object('a.ppm', encoded(halves(), 'PPM'))
    assert refused(bucket, 'image/info', 'a.ppm').ec == '0040-00000005'
    monkeypatch.delitem(Image.SAVE, 'WEBP')
    with pytest.raises(ServerError) as caught:
        bucket.get_object('a.png', process='image/format,webp')
    assert (caught.value.status, caught.value.code) == (501, 'NotImplemented')


@pytest.mark.parametrize('process', [
    'image/circle', 'image/blur,r_3', 'image/resize,m_lfit', 'image/indexcrop,x_10,y_10,i_0', 'image/quality',
    'image/watermark,text_SGVsbG8,color_red',
])
def test_what_else_is_missing_or_wrong(bucket, process):
    assert refused(bucket, process).code == 'InvalidArgument'


def test_a_watermark_text_that_is_too_long(bucket):
    assert refused(bucket, 'image/watermark,text_' + safe('x' * 200)).code == 'InvalidArgument'


def test_watermarks_of_image_and_text(bucket, process):
    bucket.put_object('logo.png', encoded(Image.new('RGB', (40, 20), GREEN), 'PNG'))
    both = 'image/watermark,image_%s,text_%s,color_FFFF00,size_40,interval_10,g_nw,x_0,y_0' % (
        safe('logo.png'), safe('MM'))
    marked = process(both + ',align_0')
    assert [marked.getpixel(place) for place in ((0, 0), (39, 19), (45, 10))] == [GREEN, GREEN, RED]
    assert any(marked.getpixel((x, y)) == (255, 255, 0) for x in range(50, 150) for y in range(40))
    turned = process(both + ',align_0,order_1')
    assert turned.getpixel((0, 0)) != GREEN
    assert any(turned.getpixel((x, 5)) == GREEN for x in range(50, 200))
    tops = [min(y for y in range(60) if process(both + ',align_%d' % align).getpixel((5, y)) == GREEN)
            for align in (0, 1, 2)]
    assert 0 == tops[0] < tops[1] < tops[2]


def test_watermarks_in_the_middle_may_be_moved(bucket, process):
    bucket.put_object('logo.png', encoded(Image.new('RGB', (40, 20), GREEN), 'PNG'))
    middle = process('image/watermark,image_%s,g_center' % safe('logo.png'))
    moved = process('image/watermark,image_%s,g_center,voffset_50' % safe('logo.png'))
    assert (middle.getpixel((200, 100)), moved.getpixel((200, 100)), moved.getpixel((200, 50))) == (GREEN, BLUE, GREEN)


@pytest.mark.parametrize(('work', 'ec'), [
    ('image/info', '0040-00000374'), ('image/watermark,text_QQ', '0040-00000373')])
def test_what_a_watermark_cannot_be(bucket, work, ec):
    name = safe('a.png?x-oss-process=' + work)
    assert refused(bucket, 'image/watermark,image_' + name).ec == ec


def test_a_watermark_that_is_a_link(bucket):
    bucket.put_symlink('a.png', 'link.png')
    assert refused(bucket, 'image/watermark,image_' + safe('link.png')).code == 'InvalidArgument'


def test_a_pillow_without_fonts(bucket, process, monkeypatch):
    """It has one font in one size, of Latin letters."""
    from oss2.emulator.imaging import watermark

    def load_default(size=None):
        if size is not None:
            raise ImportError('no FreeType')
        return ImageFont.load_default_imagefont()

    plain = process('image/format,png')
    monkeypatch.setattr(watermark.ImageFont, 'load_default', load_default)
    assert process('image/watermark,text_' + safe('Hello')).tobytes() != plain.tobytes()
    assert refused(bucket, 'image/watermark,text_' + safe('\u4e2d')).code == 'WatermarkError'


def test_brighter_and_still_transparent(bucket, process):
    bucket.put_object('clear.png', encoded(Image.new('RGBA', (5, 5), (0, 0, 100, 77)), 'PNG'))
    found = process('image/bright,50', 'clear.png').getpixel((2, 2))
    assert found[3] == 77
    assert found[2] > 100


def test_nothing_says_how_it_is_turned(process):
    assert process('image/auto-orient,1/resize,w_100').size == (100, 50)


def test_exif_of_other_types(bucket):
    exif = Image.Exif()
    exif[0x011A] = TiffImagePlugin.IFDRational(72, 1)
    exif[0x8769] = {0x9000: b'0230'}
    exif[0x8825] = {2: (31.0, 14.0, 5.0)}
    bucket.put_object('exif.jpg', encoded(halves(), 'JPEG', exif=exif))
    found = json.loads(bucket.get_object('exif.jpg', process='image/info').read())
    assert (found['XResolution'], found['ExifVersion']) == ({'value': '72/1'}, {'value': '0230'})
    assert found['GPSLatitude'] == {'value': '31/1 14/1 5/1'}
    assert int(found['ExifTag']['value']) > 0


def test_a_result_that_is_not_kept(oss_emulator, bucket):
    """Without sys/saveas the answer is the image; the process may stand in the query."""
    client = Client(oss_emulator)
    for params, body in (({'x-oss-process': ''}, b'x-oss-process=image/resize,w_10'),
                         ({'x-oss-process': 'image/resize,w_10'}, b'')):
        reply = client.send('POST', 'a.png', params, body=body, bucket=bucket.bucket_name)
        assert (reply.status, reply.headers['content-type']) == (200, 'image/png')
        assert Image.open(io.BytesIO(reply.body)).size == (10, 5)
    client.close()


@pytest.mark.filterwarnings('error::pytest.PytestUnhandledThreadExceptionWarning')
def test_the_emulator_stops_while_it_processes(monkeypatch):
    from oss2.emulator.operations import processing
    running, stopped, run = threading.Event(), threading.Event(), processing._run

    def late(*args):
        running.set()
        stopped.wait(20)
        return run(*args)

    monkeypatch.setattr(processing, '_run', late)
    with Emulator() as emulator, emulator.bucket('image-bucket') as bucket:
        bucket.put_object('a.png', encoded(halves(), 'PNG'))
        bucket.async_process_object('a.png', 'image/resize,w_50|sys/saveas,o_%s' % safe('k'))
        assert running.wait(20)
        (thread,) = [thread for thread in threading.enumerate() if thread.name == 'oss2-emulator-process']
    stopped.set()
    thread.join(20)
    assert not thread.is_alive()
