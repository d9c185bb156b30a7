# SPDX-License-Identifier: MIT
"""How long the verdicts take when a register changed, beside reading the indexes once and beside making them.

Makes two years of archives (pages that declare and load from some two hundred third parties, with cookies), indexes them, and lets
the row `judge` of the bench take turns; then times the whole `report`.
"""
import os
import random
import re
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'make'))
import tape  # noqa: E402
from cases import AUTHORITY, BASIS, SERVICE, UNIT, as_csv  # noqa: E402

VENDORS, PER_PAGE, LOADED = 200, 100, 8
UNITS, CONTACTS, RUNS = 150, 1000000, 5


def make_archive(path, dice, units, pages):
    made, second = tape.Tape('proxy'), 0
    with open(path, 'wb') as out:
        for unit in range(units):
            for number in range(pages):
                page, second = f'https://www.u{unit}.example/{number}', second + 10
                hosts = dice.choices(range(VENDORS), k=12)
                urls = [f'https://h{k % 3}.v{hosts[k % 12]}.example/{unit}/{number}/{k}.gif' for k in range(PER_PAGE)]
                made.exchange(second, page, tape.asks('document'), tape.page(*map(tape.img, urls)))
                for url in urls[:LOADED]:
                    made.exchange(second + 1, url, tape.asks('image', page), 'x', 'image/gif', 200,
                                  [f'Set-Cookie: id{url[-5]}=1; Max-Age=999; SameSite=None; Secure'])
            out.write(made.gz())
            made.records = made.records[:0]


def write_registers(folder, units):
    os.makedirs(folder)
    tables = {
        'authorities': [dict(AUTHORITY, authority_id=f'A{n}') for n in range(30)],
        'units': [dict(UNIT, unit_id=f'U{n}', authority_id=f'A{n % 30}', url_scope=f'*.u{n}.example') for n in range(units)],
        'services': [dict(SERVICE, pattern=f'*.v{n}.example', service=f'Tjeneste {n}', entity=f'Firma {n // 2}') for n in range(VENDORS // 2)],
        'bases': [dict(BASIS, basis_id=f'B{n}', unit_id=f'U{n % units}', entity=f'Firma {n % 50}') for n in range(units * 5)],
    }
    for name, rows in tables.items():
        with open(os.path.join(folder, f'{name}.csv'), 'w', encoding='utf-8', newline='') as out:
            out.write(as_csv(rows))


def seconds_of(command):
    begin = time.monotonic()
    subprocess.run(command, check=True)
    return time.monotonic() - begin


def measure(program, bench, room):
    """Yields name, value or values, and what is to be said of it."""
    with tempfile.TemporaryDirectory(dir=room) as folder:
        registers, indexes, indexing = os.path.join(folder, 'registers'), [], 0
        write_registers(registers, UNITS)
        for year in ('2026', '2025'):
            archive, index = os.path.join(folder, f'{year}.warc.gz'), os.path.join(folder, f'{year}.index')
            make_archive(archive, random.Random(year), UNITS, CONTACTS // (2 * UNITS * PER_PAGE))
            command = [program, 'index', '-q', '--progress', 'never', '-j1', '--year', year, '-o', index, archive]
            indexing += seconds_of(command)
            indexes.append(index)
        line = subprocess.run([bench, 'judge', registers, *indexes], check=True, stdout=subprocess.PIPE).stdout.decode()
        seconds, least, greatest, ratio = re.search(r'in ([\d.]+) s \(([\d.]+) to ([\d.]+)\).*ratio ([\d.]+)', line).groups()
        yield 'judged anew, s', [float(least), float(seconds), float(greatest)], line.split(':')[0]
        yield 'judged anew/read once', float(ratio), ''
        report = [program, 'report', '-q', '--registers', registers, '-o', os.path.join(folder, 'out'), *indexes]
        times = [seconds_of(report) for _ in range(RUNS)]
        yield 'report/index j1', [t / indexing for t in times], f'{sorted(times)[RUNS // 2]:.2f} s, written and put in place'
