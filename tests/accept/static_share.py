#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""static_share.py [INDEX...]: how much of what browsers were seen to contact stands in the markup of the same page.

A pair is (visit, third-party host). Of the pairs that a browser was seen to contact (O1 to O4, by the page) this counts those that the
static scan of the page's documents and style sheets declares (D1 unconditionally, D2 under a condition), by the element that declares
them; and of the declared ones those that were contacted. INDEX: of crawls by browsers. Without: the crawls by Browsertrix in the shared
archives, where the counts are taken a second time from the table of contacts, whose rows have one class each, and the annex of a
report must have the same.
"""
import collections
import glob
import html
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'reference'))
import tables  # noqa: E402

SEEN = {'O1', 'O2', 'O3', 'O4'}
COLUMNS = '# %-26s %6s %6s %7s %6s %6s %7s'


class Pairs:
    def __init__(self, index):
        third = {(row['page_url'], row['host']): row['party'] == 'third' for row in tables.rows_of(index, 'contacts')}
        self.seen, self.declared = set(), collections.defaultdict(set)  # (class, element) -> pairs
        for row in tables.rows_of(index, 'evidence'):
            pair, classes = (row['page_url'], row['host']), set(row['classes'].split())
            if row['origin'] != 'page' or not third.get(pair):
                continue
            if classes & SEEN:
                self.seen.add(pair)
            for kind in classes & {'D1', 'D2'}:
                self.declared[kind].add(pair)
                # An element is named for the better class only.
                if kind == 'D1' or 'D1' not in classes:
                    self.declared[kind, row['declared_by']].add(pair)
        self.any = self.declared['D1'] | self.declared['D2']

    def print(self, title):
        total = len(self.seen)
        print(f'# {title}: {total} pairs of visit and third-party host contacted, {len(self.any & self.seen)} of them declared, '
              f'{share(len(self.any & self.seen), total)}')
        print(COLUMNS % ('declared by', 'D1', 'seen', 'of all', 'D2', 'seen', 'of all'))
        names = sorted({key[1] for key in self.declared if isinstance(key, tuple)})
        for name, keys in [('any', ('D1', 'D2'))] + [(name, (('D1', name), ('D2', name))) for name in names]:
            cells = []
            for key in keys:
                declared = self.declared.get(key, set())
                cells += [len(declared), len(declared & self.seen), share(len(declared & self.seen), total)]
            print(COLUMNS % (name, *cells))


def share(part, whole):
    return '%.1f %%' % (100 * part / whole) if whole else '-'


def check(name, pairs, index):
    """What the other table lets one count: rows that were not seen are declared, and of no pair more than there are."""
    seen, declared = set(), set()
    for row in tables.rows_of(index, 'contacts'):
        if row['party'] == 'third':
            (seen if row['evidence'] in SEEN else declared if row['evidence'] in ('D1', 'D2') else set()).add((row['page_url'], row['host']))
    by_element = set().union(*(found for key, found in pairs.declared.items() if isinstance(key, tuple)))
    wrong = [why for why, bad in (('a pair that was contacted in one table only', seen ^ pairs.seen),
                                  ('a pair that is declared in one table only', declared - pairs.any),
                                  ('a declared pair without an element', pairs.any ^ by_element),
                                  ('nothing is declared, or everything', not pairs.any & pairs.seen or pairs.seen <= pairs.any)) if bad]
    print(f'not ok {name}: ' + '; '.join(wrong) if wrong else f'ok {name}')


def once(paths, index):
    """Those of the files whose pages were visited once each: the tables tell visits of one page not apart."""
    tables.make_index(index, paths)
    rows = tables.rows_of(index, 'visits')
    times = collections.Counter(row['page_url'] for row in rows)
    again = {row['archive'].split('!')[0] for row in rows if times[row['page_url']] > 1}
    return [path for path in paths if path not in again]


def check_report(folder, paths):
    """The table of the method annex against the same counts."""
    name = 'static share in the annex of a report'
    index, estate, out = (os.path.join(folder, word) for word in ('annex', 'estate', 'out'))
    subprocess.run([sys.executable, os.path.join(ROOT, 'tests', 'make', 'estate.py'), estate], check=True)
    tables.make_index(index, once(paths, index))
    subprocess.run([tables.PROGRAM, 'report', '--registers', os.path.join(estate, 'registers'), '-o', out, index], check=True,
                   stderr=subprocess.DEVNULL)
    with open(os.path.join(out, 'index.html'), encoding='utf-8') as file:
        found = re.search(r'<caption>(?:(?!</caption>).)*: browsertrix\b.*?<tbody>(.*?)</tbody>', file.read(), re.S)
    cells = [[html.unescape(re.sub('<[^>]*>', '', cell)).strip() for cell in re.findall(r'<t[hd][^>]*>(.*?)</t[hd]>', row, re.S)]
             for row in re.findall(r'<tr>(.*?)</tr>', found.group(1) if found else '', re.S)]
    pairs = Pairs(index)
    elements = collections.defaultdict(set)
    for key, declared in pairs.declared.items():
        if isinstance(key, tuple):
            elements[key[1]] |= declared
    wanted = {element: [str(len(found)), str(len(found & pairs.seen))] for element, found in elements.items()}
    got = {row[0]: row[1:3] for row in cells[:-1]}
    last = [str(len(pairs.any & pairs.seen)), str(len(pairs.seen))]
    if wanted != got or re.findall(r'\d+', ' '.join(cells[-1][2:]))[:3] != [last[0]] + last:
        print(f'# annex {got} {cells[-1:]}, tables {wanted} {last}')
        print(f'not ok {name}: it differs from the tables')
    else:
        print(f'ok {name}')


def main():
    if sys.argv[1:]:
        for index in sys.argv[1:]:
            Pairs(index).print(index)
        return
    name = 'static scan against what browsers contact'
    crawls = {f'crawl {year}': sorted(glob.glob(os.path.join(glob.escape(tables.SHARED), 'crawl', year, 'browsertrix', '*')))
              for year in ('2025', '2026')}
    if not all(crawls.values()):
        print(f'skip {name}: no shared crawls here')
        return
    with tempfile.TemporaryDirectory() as folder:
        whole = os.path.join(folder, 'corpus')
        tables.make_index(whole, [path for path, _ in tables.corpus()])
        crawls['corpus'] = sorted({row['archive'].split('!')[0] for row in tables.rows_of(whole, 'archives')
                                   if row['producer'] == 'browsertrix' and int(row['visits'])})
        crawls['all'] = sum(crawls.values(), glob.glob(os.path.join(glob.escape(tables.SHARED), 'crawl', 'extra', '*.wacz')))
        for title, paths in crawls.items():
            index = os.path.join(folder, title)
            tables.make_index(index, paths)
            pairs = Pairs(index)
            pairs.print(f'{title}, {len(paths)} files')
        check(name, pairs, index)
        check_report(folder, crawls['crawl 2026'])


main()
