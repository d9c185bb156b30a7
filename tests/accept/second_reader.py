#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""second_reader.py [--seed N] [--files N]: a second reader counts the same records, responses, requests and members.

On every file of the shared corpus and on generated ones: every format, framing and container, some of them cut short. Compared,
too, is whether something of an archive is damaged; and of generated files that are not cut it is known what is in them.

Tables tell records and responses of every archive, `verify` its members. Requests are only counted for an index as a whole:
the files are laid out in a square and an index is made of every row and every column, so that no error hides behind another.
"""
import argparse
import collections
import concurrent.futures
import csv
import math
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import framings  # noqa: E402
import reader  # noqa: E402
import tables  # noqa: E402

Counts = collections.namedtuple('Counts', 'records responses members damaged')
# Not damage: what could be read all the same.
HARMLESS = ('PADDING', 'VERSION', 'FIELD')
# {file of the corpus: why the two differ: who is right, and the bytes that prove it}. A row that nothing differs for is wrong, too.
EXPLAINED = {}


def read_second(path):
    """({archive: Counts}, requests); a text instead of the first: why the file cannot be read here."""
    found, requests = {}, 0
    try:
        for name, archive in reader.archives(path):
            found[name] = Counts(len(archive.records), archive.count('response'), archive.members, archive.damaged > 0)
            requests += archive.count('request')
    except reader.Unreadable as why:
        return str(why), 0
    return with_records(found), requests


def with_records(found):
    """An archive without any record is none: the two need not agree on what else it is."""
    return {name: counts for name, counts in found.items() if counts.records}


def verified(folder, paths):
    """{archive: members}"""
    listed = os.path.join(folder, 'verified.list')
    with open(listed, 'w', encoding='utf-8') as file:
        file.writelines(f'{path}\n' for path in paths)
    done = subprocess.run([tables.PROGRAM, 'verify', '-q', '--progress', 'never', '@' + listed], stdout=subprocess.PIPE,
                          stderr=subprocess.DEVNULL, timeout=tables.TIMEOUT_S, check=False)
    if done.returncode not in (0, 3):
        raise tables.Failed(f'verify: exit status {done.returncode}')
    lines = done.stdout.decode('utf-8', 'surrogateescape').split('\n')
    return {row['archive']: int(row['members']) for row in csv.DictReader(lines, delimiter='\t', quoting=csv.QUOTE_NONE)}


def indexed(index, paths, members):
    """({archive: Counts}, requests of all) as an index of these files has it. Members are those that `verify` told."""
    tables.make_index(index, paths)
    damaged = {row['archive'] for row in tables.rows_of(index, 'faults') if row['stage'] == 'read' and row['kind'] not in HARMLESS}
    found = {row['archive']: Counts(int(row['records']), int(row['responses']), members.get(row['archive'], 0),
                                    row['archive'] in damaged)
             for row in tables.rows_of(index, 'archives')}
    counters = tables.counters_of(index)
    if counters['gzip members'] != sum(counts.members for counts in found.values()):
        raise tables.Failed(f'{paths[0]} and others: index and verify differ in members')
    return with_records(found), counters['request records']


def requests_of(index, paths):
    tables.make_index(index, paths)
    return tables.counters_of(index)['request records']


def square(paths):
    """Rows and columns."""
    side = math.isqrt(max(len(paths) - 1, 0)) + 1
    return [paths[at:at + side] for at in range(0, len(paths), side)], [paths[at::side] for at in range(min(side, len(paths)))]


class Comparison:
    """second: {file: ({archive: Counts}, requests)}. unread: {file: why}. wrong: {file: what differs}. Files that are known to
    differ stand alone in their rows and columns."""

    def __init__(self, folder, paths, alone=()):
        with concurrent.futures.ProcessPoolExecutor(2) as pool:
            self.second = dict(zip(paths, pool.map(read_second, paths, chunksize=8)))
        self.unread = {path: found for path, (found, _) in self.second.items() if isinstance(found, str)}
        self.paths = [path for path in paths if path not in self.unread]
        self.wrong = {}
        members = verified(folder, self.paths)
        rows, columns = square([path for path in self.paths if path not in alone])
        rows, columns = (side + [[path] for path in self.paths if path in alone] for side in (rows, columns))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            told = list(pool.map(lambda row: indexed(os.path.join(folder, f'row{row[0]}.index'), row[1], members), enumerate(rows)))
            sums = list(pool.map(lambda column: requests_of(os.path.join(folder, f'column{column[0]}.index'), column[1]),
                                 enumerate(columns)))
        self.compare_archives({name: counts for found, _ in told for name, counts in found.items()})
        self.compare_requests(list(zip(rows, (sum_ for _, sum_ in told))), list(zip(columns, sums)))

    def compare_archives(self, program):
        for path in self.paths:
            mine = {name: counts for name, counts in program.items() if name.split('!')[0] == path}
            theirs = self.second[path][0]
            said = [f'{name[len(path):]} program {mine.get(name)}, second reader {theirs.get(name)}'
                    for name in sorted({**mine, **theirs}) if mine.get(name) != theirs.get(name)]
            if said:
                self.wrong[path] = '; '.join(said)

    def compare_requests(self, rows, columns):
        """Of the files in a row or column that differs, those count as wrong that are in one of the other kind, too, if any."""
        bad = [[group for group, sum_ in side if sum_ != sum(self.second[path][1] for path in group)] for side in (rows, columns)]
        in_row, in_column = ({path for group in side for path in group} for side in bad)
        for path in in_row & in_column or in_row | in_column:
            self.wrong.setdefault(path, f'requests of its row or column differ, second reader {self.second[path][1]}')


def say(name, comparison, wrong, extra=''):
    for why in sorted(set(comparison.unread.values())):
        files = sorted(os.path.basename(path) for path, said in comparison.unread.items() if said == why)
        print(f'skip second_reader {name} of {len(files)} files: {why}: ' + ' '.join(files))
    for path, why in sorted(wrong.items())[:20]:
        print(f'# {path}: {why}')
    equal = [path for path in comparison.paths if path not in comparison.wrong]
    archives = [counts for path in equal for counts in comparison.second[path][0].values()]
    print(f'# {name}: {len(comparison.paths)} files compared, {len(equal)} equal; in these {len(archives)} archives with '
          f'{sum(counts.records for counts in archives)} records and {sum(counts.members for counts in archives)} members, '
          f'{sum(counts.damaged for counts in archives)} of them damaged{extra}')
    print(f'ok second_reader {name}' if archives and not wrong else f'not ok second_reader {name}: {len(wrong)} files')


def check_corpus(folder):
    paths = [path for path, _ in tables.corpus()]
    if not paths:
        print('skip second_reader corpus: no shared corpus here')
        return
    names = {path: os.path.relpath(path, os.path.join(tables.SHARED, 'corpus')) for path in paths}
    comparison = Comparison(folder, paths, [path for path in paths if names[path] in EXPLAINED])
    wrong = {names[path]: why for path, why in comparison.wrong.items() if names[path] not in EXPLAINED}
    differing = {names[path] for path in comparison.wrong}
    wrong.update({name: 'is explained, but nothing differs' for name in EXPLAINED if name not in differing})
    say('corpus', comparison, wrong, f'; {len(EXPLAINED)} differences explained')


def check_generated(folder, seed, count):
    cases = {}
    for case in framings.cases(seed, count):
        path = os.path.join(folder, case.name)
        cases[path] = case
        with open(path, 'wb') as file:
            file.write(case.data)
    comparison = Comparison(folder, list(cases))
    wrong = dict(comparison.wrong)
    for path in comparison.paths:
        kinds, (archives, requests) = cases[path].kinds, comparison.second[path]
        if kinds is None:
            continue
        found = sum(counts.records for counts in archives.values()), sum(counts.responses for counts in archives.values()), requests
        known = sum(kinds.values()), kinds['response'], kinds['request']
        if found != known or any(counts.damaged for counts in archives.values()):
            wrong.setdefault(path, f'both find {archives} and {requests} requests where {dict(kinds)} are')
    cut = sum(case.kinds is None for case in cases.values())
    say('generated', comparison, wrong, f'; {cut} files were cut, seed {seed}')


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--seed', type=int, default=int(os.environ.get('SEED', 1)))
    parser.add_argument('--files', type=int, default=1000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        check_corpus(folder)
    with tempfile.TemporaryDirectory() as folder:
        check_generated(folder, options.seed, options.files)


main()
