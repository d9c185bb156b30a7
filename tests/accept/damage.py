#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""damage.py [ROW...] - rows 1 to 118 of formats.md section 4, each as generated files with the outcome the page asks for.

What is expected stands in tests/make/damage_*.py, written from the page. All files are indexed at once; where the program is built with
the address sanitizer (build-asan), with that, too.
"""
import collections
import os
import re
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import damage  # noqa: E402
import damage_arc  # noqa: E402
import damage_file  # noqa: E402
import damage_http  # noqa: E402
import damage_record  # noqa: E402
import tables  # noqa: E402

LEVELS = (damage_file, damage_record, damage_http, damage_arc)
NUMBERS = [str(number) for number in range(1, 119)] + ['82a', '117a']
ASAN = os.path.join(ROOT, 'build-asan', 'tredjepart')


def of_file(rows, path):
    """Rows of a file, or of an archive in it."""
    return [row for row in rows if row['archive'] == path or row['archive'].startswith(path + '!')]


def seen_of(found, path, url):
    """In the words of damage.py what was read of a page."""
    words = set()
    for row in of_file(found['visits'], path):
        if row['page_url'] == url:
            words.add('visit' if row['complete'] == '1' else 'partial')
    third = damage.third_of(url)
    words |= {'contact' for row in of_file(found['contacts'], path) if row['page_url'] == url and row['host'] == third}
    words |= {'cookie' for row in of_file(found['cookies'], path) if (row['page_url'], row['name']) == (url, 'id')}
    return words


def lost_of(faults):
    return sum(int(number) for row in faults for number in re.findall(r'; (\d+) bytes not understood', row['example']))


def difference(row, found, path, said):
    archives = of_file(found['archives'], path)
    faults = of_file(found['faults'], path)
    if row.records is not None:
        for name in ('records', 'responses'):
            number = sum(int(archive[name]) for archive in archives)
            if number != getattr(row, name):
                yield f'{number} {name}, not {getattr(row, name)}'
    elif archives and row.said:
        yield 'is taken for an archive'
    for name, url in (('A', damage.A), ('B', damage.B)):
        seen, wanted = seen_of(found, path, url), row.a if name == 'A' else row.b
        if seen != wanted:
            yield f'{name}: "{" ".join(sorted(seen))}", not "{" ".join(sorted(wanted))}"'
    counts = collections.Counter()
    for fault in faults:
        counts[fault['stage'], fault['kind']] += int(fault['count'])
    if row.faults is not None and counts != row.faults:
        yield f'faults {dict(counts)}, not {row.faults}'
    if row.lost is not None and lost_of(faults) != row.lost:
        yield f'{lost_of(faults)} bytes reported, not {row.lost}'
    if row.said and not any(path in line and row.said in line for line in said.split('\n')):
        yield f'does not say "{row.said}"'


def run(rows, paths, folder, program):
    """Wrong rows."""
    found, said = collections.defaultdict(list), ''
    groups = collections.defaultdict(list)
    for row, path in zip(rows, paths):
        # The archives in containers are the same bytes: of one content, an index counts one.
        groups[row.options, path if 22 <= damage.number_of(row) <= 29 else ''].append(path)
    for (options, _), some in groups.items():
        index = os.path.join(folder, 'index')
        said += tables.make_index(index, some, *options, program=program)
        for table in ('archives', 'visits', 'contacts', 'cookies', 'faults'):
            found[table] += tables.rows_of(index, table, program)
    return [f'{row.number} {row.what}: {why}' for row, path in zip(rows, paths) for why in difference(row, found, path, said)]


def check(rows, paths, folder, program, name):
    try:
        wrong = run(rows, paths, folder, program)
    except tables.Failed as why:
        wrong = [str(why)]
        for row, path in zip(rows, paths):
            try:
                run([row], [path], folder, program)
            except tables.Failed as one:
                wrong.append(f'{row.number} {row.what}: {one}')
    for line in wrong:
        print('# ' + line)
    print(f'ok {name}' if not wrong else f'not ok {name}: {len(wrong)} differences')


def main():
    rows = [row for level in LEVELS for row in level.rows()]
    not_made = {number: why for level in LEVELS for number, why in level.NOT_MADE.items()}
    missing = [number for number in NUMBERS if number not in not_made and number not in {row.number for row in rows}]
    wanted = sys.argv[1:]
    rows = [row for row in rows if not wanted or row.number in wanted]
    with tempfile.TemporaryDirectory() as folder:
        paths = [os.path.join(folder, f'{place:03d}-row-{row.number}.warc.gz') for place, row in enumerate(rows)]
        for row, path in zip(rows, paths):
            with open(path, 'wb') as file:
                file.write(row.data)
        check(rows, paths, folder, tables.PROGRAM, 'damage rows')
        if os.path.isfile(ASAN) and os.path.getmtime(ASAN) >= os.path.getmtime(tables.PROGRAM):
            check(rows, paths, folder, ASAN, 'damage rows with the address sanitizer')
    for number, why in sorted(not_made.items()):
        print(f'# row {number} is not made: {why}')
    print(f'# {len(rows)} files of {len({row.number for row in rows})} rows')
    print('ok damage rows are all there' if not missing else f'not ok damage rows are all there: {" ".join(missing)}')


main()
