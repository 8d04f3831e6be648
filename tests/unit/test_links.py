"""Links in the documentation lead somewhere, and its lists are complete."""
from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob('*.md'), *ROOT.glob('docs/*.md'), *ROOT.glob('tests/*.md'), *ROOT.glob('tests/*/*.md')])
READMES = [ROOT / 'README.md', ROOT / 'README.zh-CN.md']

_BLOCK = re.compile(r'^```.*?^```', re.S | re.M)
_CODE = re.compile(r'`[^`\n]*`')
_LINK = re.compile(r'\[[^\]\n]*\]\(([^)\s]+)\)')
_HEADING = re.compile(r'^#+ +(.*?) *$', re.M)


def text_of(document):
    return _BLOCK.sub('', document.read_text(encoding='utf-8'))


def links_in(document):
    return _LINK.findall(_CODE.sub('', text_of(document)))


def anchors_of(document):
    """As GitHub makes them of headings."""
    found = set()
    for heading in _HEADING.findall(text_of(document)):
        slug = re.sub(r'[^\w\- ]', '', heading.lower()).replace(' ', '-')
        repeated = sum(1 for anchor in found if re.fullmatch(re.escape(slug) + r'(-\d+)?', anchor))
        found.add(f'{slug}-{repeated}' if repeated else slug)
    return found


@pytest.mark.parametrize('document', DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document):
    broken = []
    for link in links_in(document):
        path, _, anchor = link.partition('#')
        if '://' in path:
            continue
        target = (document.parent / path).resolve() if path else document
        if not target.exists() or (anchor and anchor not in anchors_of(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize('readme', READMES, ids=lambda path: path.name)
@pytest.mark.parametrize(('folder', 'ending'), [('docs', 'md'), ('examples', 'py')])
def test_the_readmes_list_all_guides_and_examples(readme, folder, ending):
    listed = {link for link in links_in(readme) if re.fullmatch(rf'{folder}/\w+\.{ending}', link)}
    assert listed == {path.relative_to(ROOT).as_posix() for path in ROOT.glob(f'{folder}/*.{ending}')}


def test_the_readmes_say_the_same_in_the_same_order():
    first, second = ([link for link in links_in(readme) if 'README' not in link] for readme in READMES)
    assert first == second
    levels = [re.findall('^#+', text_of(readme), re.M) for readme in READMES]
    assert levels[0] == levels[1]
