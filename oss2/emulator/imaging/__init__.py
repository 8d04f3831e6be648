"""Image processing as OSS does it: what a request asks for, and Pillow to do it.

Only :mod:`.steps` and :mod:`.geometry` can be imported without Pillow.
"""
