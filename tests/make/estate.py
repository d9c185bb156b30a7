#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""estate.py OUT [--repeat N] - write the demo estate: registers, two years of archives, and the truth about them.

OUT/registers/*.csv   what the agency keeps
OUT/YEAR/*/           archives in the manner of Browsertrix, a browser recorder, wget and Heritrix
OUT/truth/            contacts-YEAR.tsv, cookies-YEAR.tsv, verdicts.tsv: from the plan, not from any program

--repeat N writes every unit N times under numbered names, for larger trials; truth is then that of the first copy.
All names are invented. The same bytes come out on every run.
"""
import argparse
import dataclasses
import pathlib

import registers
import verdicts
from browsers import Browsertrix, Capture
from crawlers import Heritrix, Wget
from plan import CRAWLS
from session import Truth

PRODUCERS = {'browsertrix': Browsertrix, 'capture': Capture, 'wget': Wget, 'heritrix': Heritrix}
ARCHIVE_BYTES = 64 * 1024


def write(path, data):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def tsv(names, rows):
    lines = ['\t'.join(names)] + ['\t'.join(str(cell) for cell in row) for row in rows]
    return ('\n'.join(lines) + '\n').encode('utf-8')


def write_archives(out, truth, copies):
    for copy in range(copies):
        for crawl in CRAWLS:
            if copy:
                crawl = dataclasses.replace(crawl, host=f'kopi{copy}.{crawl.host}', unit=f'{crawl.unit}-{copy}')
            for name, data in PRODUCERS[crawl.producer](crawl, truth if not copy else Truth()).files():
                if len(data) > ARCHIVE_BYTES:
                    raise SystemExit(f'{name}: {len(data)} bytes are more than {ARCHIVE_BYTES}')
                write(out / str(crawl.year) / name, data)


def write_truth(out, truth):
    for year in (2025, 2026):
        contacts = sorted((page, host, how) for (y, page, host), how in truth.contacts.items() if y == year)
        cookies = sorted(row[1:] for row in truth.cookies if row[0] == year)
        write(out / f'truth/contacts-{year}.tsv', tsv(('page_url', 'host', 'how'), contacts))
        write(out / f'truth/cookies-{year}.tsv', tsv(('page_url', 'host', 'name', 'how'), cookies))
    names = ('unit_id', 'year', 'as_of', 'scope_code', 'verdict', 'pairs')
    write(out / 'truth/verdicts.tsv', tsv(names, verdicts.rows()))
    write(out / 'truth/cohorts.tsv', tsv(('figure', 'value'), verdicts.COHORTS.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('out', type=pathlib.Path)
    parser.add_argument('--repeat', type=int, default=1, metavar='N')
    options = parser.parse_args()
    for name, rows in registers.tables().items():
        write(options.out / 'registers' / name, registers.as_csv(rows))
    truth = Truth()
    write_archives(options.out, truth, options.repeat)
    write_truth(options.out, truth)


if __name__ == '__main__':
    main()
