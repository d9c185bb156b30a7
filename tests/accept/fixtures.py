#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""fixtures.py [WORD...]: scenarios (a) to (p) as archives of a few records give the rows written beside them, and no others."""
import os
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import scenes_form  # noqa: E402
import scenes_page  # noqa: E402
import tables  # noqa: E402

CONTACT = ('page_url', 'host', 'path', 'evidence', 'type', 'party', 'count', 'first_time')
EVIDENCE = ('page_url', 'host', 'path', 'origin', 'classes', 'condition', 'declared_by', 'depth', 'frame_site', 'hop', 'redirect_from')
TABLES = {'visits': ('page_url', 'time', 'status', 'producer', 'contacts', 'complete'), 'contacts': CONTACT, 'evidence': EVIDENCE,
          'cookies': ('page_url', 'host', 'name', 'how', 'party', 'domain', 'path', 'lifetime_s', 'secure', 'httponly', 'samesite',
                      'partitioned')}
COUNTED = ('page', 'browser', 'unknown')  # whose doing is a contact of the page's


def wanted_rows(text):
    """{table: rows}, a row is a tuple of words."""
    rows = {table: [] for table in TABLES}
    for kind, *words in (line.split() for line in text.split('\n') if line.strip()):
        if kind == 'R':
            page, host, path, what, party, count, time, origin, classes, *rest = words
            rows['evidence'].append((page, host, path, origin, classes, *rest))
            if origin in COUNTED:
                rows['contacts'].append((page, host, path, classes.split('+')[0], what, party, count, time))
        else:
            rows['visits' if kind == 'V' else 'cookies'].append(tuple(words))
    return rows


def word(name, value):
    value = value.replace('https://', '', name == 'page_url').replace('2026-10-01T', '')
    if name in ('time', 'first_time'):
        value = value.rstrip('Z')
    return value.replace(' ', '+' if name == 'classes' else '~') or '-'


def fits(got, wanted):
    return len(got) == len(wanted) and all(w in ('*', g) for g, w in zip(got, wanted))


def differences(index, text):
    wrong = []
    for table, rows in wanted_rows(text).items():
        got = [tuple(word(name, row[name]) for name in TABLES[table]) for row in tables.rows_of(index, table)]
        for row in got:
            found = next((wanted for wanted in rows if fits(row, wanted)), None)
            if found:
                rows.remove(found)
            else:
                wrong.append(f'{table} has  {" ".join(row)}')
        wrong += [f'{table} lacks {" ".join(row)}' for row in rows]
    return wrong


def main():
    scenes = {**scenes_page.SCENES, **scenes_form.SCENES}
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, make) in enumerate(scenes.items()):
            if sys.argv[1:] and not any(given in name for given in sys.argv[1:]):
                continue
            files, text = make()
            if not files:
                print(f'skip scenario {name}: {text}')
                continue
            paths = []
            for file, data in files if isinstance(files, list) else [('x.warc.gz', files)]:
                paths.append(os.path.join(folder, f'{number}-{file}'))
                with open(paths[-1], 'wb') as out:
                    out.write(data)
            wrong = []
            for path in paths:
                index = path + '.index'
                tables.make_index(index, [path])
                wrong += [f'{os.path.basename(path)}: {line}' for line in differences(index, text)]
            for line in wrong:
                print('# ' + line)
            print(f'not ok scenario {name}: {len(wrong)} rows' if wrong else f'ok scenario {name}')


main()
