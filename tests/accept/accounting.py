#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""No silent loss: of every archive, bytes in records + padding + bytes reported as not understood = its size.

On every file of the shared corpus, on the malformed inputs of damage.py and on generated archives damaged at random, some files to an
index; where the sums of an index differ, its files are looked at one by one.
"""
import concurrent.futures
import os
import random
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import damage_arc  # noqa: E402
import damage_file  # noqa: E402
import damage_http  # noqa: E402
import damage_record  # noqa: E402
import tables  # noqa: E402
import tiny  # noqa: E402

FILES_PER_INDEX = 12
# Archives in a wrapping count what they unpack to; the row of a damaged container, what of it belongs to no part.
OTHER_SIZES = ('.bz2', '.xz', '.lz4', '.zst', '.gz.gz', 'wacz', 'tar')
UNDERSTOOD, PADDING = 'archive bytes in records and page lists', 'archive bytes of padding'
LOST, ALL = 'archive bytes not understood', 'archive bytes'


def difference(index, paths):
    """What does not add up in the index of these files; None when all does."""
    said = tables.make_index(index, paths)
    counters = tables.counters_of(index)
    if counters[UNDERSTOOD] + counters[PADDING] + counters[LOST] != counters[ALL]:
        return ' + '.join(f'{counters[name]} {name}' for name in (UNDERSTOOD, PADDING, LOST)) + f' of {counters[ALL]}'
    archives = tables.rows_of(index, 'archives')
    found = {row['archive']: int(row['bytes']) for row in archives}
    whole = sum(bytes_ for name, bytes_ in found.items() if '!' not in name)
    if not any('!' in name for name in found) and whole != counters[ALL]:
        return f'{counters[ALL]} bytes counted, {whole} in the table of archives'
    other_sizes = {row['archive'] for row in archives if row['kind'].endswith(OTHER_SIZES)}
    for path in paths:
        if path in found and path not in other_sizes and found[path] != os.path.getsize(path):
            return f'{path}: {found[path]} bytes in the table, {os.path.getsize(path)} on disk'
        if path not in said and not any(name == path or name.startswith(path + '!') for name in found):
            return f'{path}: neither read nor named'
    return None


def check(folder, number, paths):
    """Lines about files that do not add up."""
    index = os.path.join(folder, f'{number}.index')
    try:
        if not difference(index, paths):
            return []
    except tables.Failed as why:
        if len(paths) == 1:
            return [f'{paths[0]}: {why}']
    if len(paths) == 1:
        return [f'{paths[0]}: {difference(index, paths)}']
    return [line for path in paths for line in check(folder, number, [path])] or [f'together only: {" ".join(paths)}']


def check_all(folder, paths):
    groups = [paths[at:at + FILES_PER_INDEX] for at in range(0, len(paths), FILES_PER_INDEX)]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = pool.map(lambda numbered: check(folder, *numbered), enumerate(groups))
        return [line for lines in found for line in lines]


def malformed():
    """[bytes] of the rows of damage.py, each once."""
    return list({row.data: None for level in (damage_file, damage_record, damage_http, damage_arc) for row in level.rows() if row.data})


def damaged(dice, count):
    """[bytes] of generated archives in every framing, damaged up to three times."""
    found, last = {}, b'x'
    while len(found) < count:
        framing = tiny.FRAMINGS[len(found) % len(tiny.FRAMINGS)]
        records = tiny.records_of(dice, len(found) * 100, dice.randrange(2, 9), dice.choice((2000, 40000)), framing.startswith('arc'))
        data = b''.join(piece for _, piece in tiny.framed(dice, framing, records))
        for _ in range(dice.randrange(1, 4)):
            data = tiny.Damage(dice, data, last).bytes or data
        found[data], last = None, data
    return list(found)


def report(name, folder, paths):
    wrong = check_all(folder, paths)
    for line in wrong[:20]:
        print('# ' + line)
    print(f'# {len(paths)} files: {name}')
    print(f'ok {name}' if not wrong else f'not ok {name}: {len(wrong)} files')


def report_made(name, folder, contents):
    paths = [os.path.join(folder, f'{number:04d}.warc.gz') for number in range(len(contents))]
    for path, data in zip(paths, contents):
        with open(path, 'wb') as file:
            file.write(data)
    report(name, folder, paths)


def main():
    seed = int(os.environ.get('SEED', 1))
    with tempfile.TemporaryDirectory() as folder:
        report_made('accounting of malformed inputs', folder, malformed())
        print(f'# seed {seed}')
        report_made('accounting of damaged archives', folder, damaged(random.Random(seed), 1000))
        paths = [path for path, _ in tables.corpus()]
        if not paths:
            print('skip accounting of the corpus: no shared corpus here')
            return
        report('accounting of the corpus', folder, paths)


main()
