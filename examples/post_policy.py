"""Uploads from a browser, straight to the bucket: the server signs a form, the browser sends it with the file.

Runs against an OSS on this machine, the embedded emulator, unless the environment names another one; see quickstart.py.
"""
from __future__ import annotations

import html

import requests
from quickstart import open_bucket

import oss2


def make_form(bucket: oss2.Bucket, user: str) -> oss2.PostForm:
    """A form by which a user may, for ten minutes, upload pictures of at most a megabyte below a prefix of his own."""
    return bucket.sign_post(f'uploads/{user}/${{filename}}', 600, conditions=[
        ['content-length-range', 1, 1024 * 1024],
        ['in', '$x-oss-content-type', ['image/png', 'image/gif', 'image/jpeg']],
    ], fields={'success_action_status': '201'})


def as_html(form: oss2.PostForm) -> str:
    """The form as a part of a web page. The file must be its last field."""
    inputs = ''.join(f'  <input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">\n'
                     for name, value in form.items())
    return (f'<form action="{html.escape(form.url)}" method="post" enctype="multipart/form-data">\n{inputs}'
            '  <input name="x-oss-content-type" value="image/png">\n'
            '  <input type="file" name="file">\n  <button>Upload</button>\n</form>')


def main() -> None:
    with open_bucket() as bucket:
        form = make_form(bucket, 'eric')
        print(as_html(form).partition('\n')[0])

        # What the browser does with it.
        for size in (1000, 2 * 1024 * 1024):
            answer = requests.post(form.url, data={**form, 'x-oss-content-type': 'image/png'},
                                   files={'file': ('cat.png', b'\x89PNG' * (size // 4), 'image/png')}, timeout=60)
            print('a file of', size, 'bytes:', answer.status_code)

        for info in oss2.ObjectIterator(bucket, prefix='uploads/eric/'):
            print('in the bucket:', info.key, info.size, 'bytes')
            bucket.delete_object(info.key)


if __name__ == '__main__':
    main()
