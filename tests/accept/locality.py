#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""locality.py [--seed N] [--cases N]: damage stays where it is.

Generated archives in every framing are cut, flipped, overwritten, deleted from, repeated in, inserted into and spliced at random places.
What the tables say of a record that the damage did not touch must be what they say of it in the whole archive, its place aside;
offsets must grow along the file; the faults must be few; threads and ranges must not matter. Whether bodies that nobody needs are inflated
(--complete) may matter for one thing only: damage in such a body is not found otherwise.
"""
import argparse
import collections
import os
import random
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import tables  # noqa: E402
import tiny  # noqa: E402

DAMAGES_PER_ARCHIVE = 12
FAULTS_MAX = 40  # of one damage
WAYS = (('-j1',), ('-j2', '--chunk', '64K'), ('-j2', '--chunk', '128K', '--complete'))
TABLES = ('visits', 'contacts', 'cookies', 'archives', 'faults')


class Original:
    def __init__(self, dice, number):
        self.framing = tiny.FRAMINGS[number % len(tiny.FRAMINGS)]
        large = dice.randrange(8) == 0
        count, size = (8, 40000) if large else (dice.randrange(2, 9), 2000)
        records = tiny.records_of(dice, number * 100, count, size, self.framing.startswith('arc'))
        self.name = f'{number:04d}-{self.framing}'
        self.pieces = tiny.framed(dice, self.framing, records)
        self.data = b''.join(data for _, data in self.pieces)

    def untouched(self, damage):
        """Numbers of the pages whose bytes are all there, in their order."""
        numbers, at, before = [], 0, self.framing in ('plain', 'arc')
        for inside, data in self.pieces:
            # A record that is not packed is found again at the start of a line only: the line end before it belongs to it.
            if damage.spares(max(0, at - before), at + len(data)):
                numbers += [number for number in inside if number is not None]
            at += len(data)
        return numbers


def by_page(rows, places):
    """{archive: {page: counted rows without their places}}"""
    found = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    for row in rows:
        found[row['archive']][row['page_url']][tuple(value for name, value in row.items() if name not in places)] += 1
    return found


def read(index):
    """What is said of every page, and where it is."""
    said, offsets = {}, collections.defaultdict(dict)
    for table in ('visits', 'contacts', 'cookies'):
        rows = tables.rows_of(index, table)
        said[table] = by_page(rows, ('archive', 'offset', 'length', 'producer'))
        for row in rows if table == 'visits' else ():
            at, _, inner = row['offset'].partition('+')
            offsets[row['archive']].setdefault(row['page_url'], []).append((int(at), int(inner or 0)))
    return said, offsets


def check(case, said, offsets):
    """What is wrong with one damaged archive; None if nothing is."""
    original, damage, path = case
    if any(not offsets[original.path].get(tiny.page_of(number)) for number in original.untouched(tiny.Damage.nothing())):
        return 'a page of the whole archive is no visit'
    pages = [tiny.page_of(number) for number in original.untouched(damage)]
    for page in pages:
        for table, found in said.items():
            missing = found_in(found, original.path, page) - found_in(found, path, page)
            if missing:
                return f'{table} of {page}: {dict(missing)} became {dict(found_in(found, path, page))}'
    places = [offsets[path][page] for page in pages]
    for at, later in zip(places, places[1:]):
        if min(at) >= max(later):
            return f'offsets {at} before {later}'
    return None


def found_in(found, path, page):
    return found.get(path, {}).get(page, collections.Counter())


def make_cases(dice, folder, count):
    """(originals, damaged archives), written."""
    originals = [Original(dice, number) for number in range(-(-count // DAMAGES_PER_ARCHIVE))]
    cases, seen = [], set()
    for number, original in enumerate(originals):
        original.path = os.path.join(folder, original.name)
        with open(original.path, 'wb') as file:
            file.write(original.data)
        seen.add(original.data)
        while len(cases) < min(count, (number + 1) * DAMAGES_PER_ARCHIVE):
            damage = tiny.Damage(dice, original.data, originals[number - 7 if len(originals) > 7 else number].data)
            if damage.bytes in seen:
                continue
            seen.add(damage.bytes)
            path = os.path.join(folder, f'{original.name}-{len(cases):05d}-{damage.kind}')
            with open(path, 'wb') as file:
                file.write(damage.bytes)
            cases.append((original, damage, path))
    return originals, cases


def same(way, text, other):
    """Whether an index says what another one says."""
    if '--complete' not in way:
        return text == other
    more = collections.Counter(text['faults'].split('\n'))
    less = collections.Counter(other['faults'].split('\n'))
    kinds = {line.split('\t')[3] for line in more - less}
    return (all(text[table] == other[table] for table in ('visits', 'contacts', 'cookies')) and not less - more
            and kinds <= {'CHECKSUM', 'CORRUPT', 'TRUNCATED'})


def too_many_faults(index):
    counts = collections.Counter()
    for row in tables.rows_of(index, 'faults'):
        counts[row['archive']] += int(row['count'])
    return [f'{os.path.basename(path)}: {count} faults of one damage' for path, count in counts.items() if count > FAULTS_MAX]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--seed', type=int, default=int(os.environ.get('SEED', 1)))
    parser.add_argument('--cases', type=int, default=1100)
    parser.add_argument('--keep', help='a folder for the archives')
    options = parser.parse_args()
    print(f'# seed {options.seed}')
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        at = options.keep or folder
        originals, cases = make_cases(dice, at, options.cases)
        paths = [original.path for original in originals] + [path for _, _, path in cases]
        texts = []
        for number, way in enumerate(WAYS):
            index = os.path.join(folder, f'{number}.index')
            tables.make_index(index, paths, *way)
            texts.append({table: tables.text_of(index, table) for table in TABLES})
        ways = [' '.join(way) for way, text in zip(WAYS, texts) if not same(way, text, texts[0])]
        print('ok locality at any threads and ranges' if not ways else f'not ok locality at any threads and ranges: {ways}')
        said, offsets = read(os.path.join(folder, '0.index'))
        wrong = [(case, why) for case in cases if (why := check(case, said, offsets))]
        many = too_many_faults(os.path.join(folder, '0.index'))
        pages = sum(len(original.untouched(damage)) for original, damage, _ in cases)
    for (original, damage, path), why in wrong[:20]:
        print(f'# {os.path.basename(path)} at [{damage.begin}, {damage.end}) of {len(original.data)}: {why[:300]}')
    print(f'# {len(cases)} damaged archives, {pages} untouched pages in them')
    kinds = collections.Counter(f'{original.framing} {damage.kind}' for (original, damage, _), _ in wrong)
    print('ok locality' if not wrong and pages > len(cases) else f'not ok locality: {len(wrong)} of {len(cases)}: {dict(kinds)}')
    print('ok locality with few faults' if not many else 'not ok locality with few faults: ' + '; '.join(many[:5]))


main()
