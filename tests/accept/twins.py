#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""One crawl in several formats: zstd variants give the tables of their source, an ARC those of its WARC but for what an ARC
cannot hold (requests, and the crawler's own notes of the way to each address)."""
import csv
import os
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get('TREDJEPART_SHARED', os.path.join(ROOT, '..', 'shared'))
CORPUS = os.path.join(SHARED, 'corpus')
PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
PLACE = ('archive', 'offset', 'length')
REDDIT = 'servo+servo-warc-tests/collections/Reddit/archive/rec-20180209203034829553-sauron.warc.gz'
JWAT = 'netarchivesuite+jwat/jwat-%s/src/test/resources/IAH-20080430204825-00000-blackbook.%s.gz'
SUITE = 'ukwa+webarchive-test-suite/small-arcs-and-warcs/IAH-20080430204825-00000-blackbook-truncated.%s'
csv.field_size_limit(10 ** 9)


class Tables:
    """The tables of an index of one archive, without the places of records."""

    def __init__(self, folder, path, *options):
        self.index = os.path.join(folder, 'twin.index')
        subprocess.run([PROGRAM, 'index', '-q', '--restart', '--progress', 'never', '--year', '2018', '-o', self.index, *options,
                        os.path.join(CORPUS, path)], check=True, timeout=120)
        self.visits, self.contacts, self.cookies, self.aliases, self.faults = (
            self.rows(name) for name in ('visits', 'contacts', 'cookies', 'aliases', 'faults'))

    def rows(self, name):
        out = subprocess.run([PROGRAM, 'show', name, self.index], check=True, stdout=subprocess.PIPE).stdout.decode()
        rows = csv.DictReader(out.splitlines(), delimiter='\t', quoting=csv.QUOTE_NONE)
        return [{key: value for key, value in row.items() if key not in PLACE} for row in rows]

    def all(self):
        return self.visits, self.contacts, self.cookies


def keys(rows, names, pages=None):
    return {tuple(row[name] for name in names) for row in rows if pages is None or row['page_url'] in pages}


def zstd_variants(folder):
    source = Tables(folder, REDDIT)
    assert len(source.contacts) > 50
    for variant in ('dict-raw', 'dict-zstd', 'oneframe', 'perrecord'):
        for options in ([], ['--chunk', '64K']):
            assert Tables(folder, 'servo-reddit.%s.warc.zst' % variant, *options).all() == source.all(), variant
    cut = Tables(folder, 'servo-reddit.dict-zstd.truncated.warc.zst')
    assert keys(cut.contacts, ('host', 'path')) <= keys(source.contacts, ('host', 'path'))
    assert [(row['stage'], row['kind'], row['count']) for row in cut.faults if row['stage'] == 'read'] == \
        [('read', 'TRUNCATED', '1')]


def arc_and_warc(folder, arc_path, warc_path):
    arc, warc = Tables(folder, arc_path), Tables(folder, warc_path)
    pages = keys(arc.visits, ('page_url',)) & keys(warc.visits, ('page_url',))
    pages = {page for page, in pages}
    # Without the crawler's notes more answers pass for pages, but none of the WARC's is missing,
    assert len(pages) == len(warc.visits) and {row['producer'] for row in arc.visits} == {'heritrix'}
    # nor is a host or path.
    assert keys(warc.contacts, ('host', 'path')) <= keys(arc.contacts, ('host', 'path'))
    # What a document declares or its answer sets is the same; what the ARC lacks comes from notes and requests.
    page_key = ('page_url', 'host', 'path')
    of_arc, of_warc = keys(arc.contacts, page_key, pages), keys(warc.contacts, page_key, pages)
    assert len(of_arc & of_warc) >= 0.99 * len(of_warc) or len(of_warc - of_arc) <= 1, sorted(of_warc - of_arc)
    assert len(of_arc - of_warc) <= 1, sorted(of_arc - of_warc)
    assert {row['how'] for row in arc.cookies} == {'set'} and 'sent' in {row['how'] for row in warc.cookies}
    cookie_key = ('page_url', 'host', 'name', 'domain', 'path', 'lifetime_s')
    set_by_warc = [row for row in warc.cookies if row['how'] == 'set']
    assert keys(set_by_warc, cookie_key) <= keys(arc.cookies, cookie_key)
    assert arc.aliases == warc.aliases
    print('# %s: %d pages of both, %d contacts of both, %d only in the ARC, %d only in the WARC, %d aliases' % (
        os.path.basename(arc_path), len(pages), len(of_arc & of_warc), len(of_arc - of_warc), len(of_warc - of_arc), len(arc.aliases)))


def check(name, run, *arguments):
    try:
        run(*arguments)
        print('ok ' + name)
    except (AssertionError, subprocess.SubprocessError) as error:
        print('not ok %s: %s' % (name, error))


def main():
    if not os.path.isdir(CORPUS):
        print('skip twins: no shared corpus here')
        return
    with tempfile.TemporaryDirectory() as folder:
        check('zstd variants', zstd_variants, folder)
        check('ARC and WARC of one crawl', arc_and_warc, folder, JWAT % ('arc', 'arc'), JWAT % ('warc', 'warc'))
        check('short ARC and WARC of one crawl', arc_and_warc, folder, SUITE % 'arc', SUITE % 'warc')
        check('short ARC and WARC in gzip', arc_and_warc, folder, SUITE % 'arc.gz', SUITE % 'warc.gz')


main()
