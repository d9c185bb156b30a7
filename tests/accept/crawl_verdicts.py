#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""crawl_verdicts.py: the verdicts on the shared crawl of a fictional estate, each checked by hand against what the browser did.

The registers are written from the plain lists of the crawl (crawl_registers.py), the bases are made up there. The table below was worked out
portal by portal from the truth: who was contacted in this recorder's run, who stands behind it, what is declared of them, how many pages
came out usable. Third parties of timers, mouse and service workers that this run did not meet are not in it.
"""
import collections
import csv
import os
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import crawl_registers  # noqa: E402
from cases import Found, as_csv, run  # noqa: E402

PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
SHARED = os.environ.get('TREDJEPART_SHARED', os.path.join(ROOT, '..', 'shared'))
CRAWL = os.path.join(SHARED, 'crawl')

# portal: verdict, criteria that were not met, and of each third party the row that decides.
WANTED = {
    '2025': '''
P01 unresolved pages | Cookie Information V-OK-N | Google V-AWAIT | InnoCraft (Matomo Cloud) V-DECLARED | Siteimprove V-OK-G
P02 unresolved - | Microsoft V-AWAIT | OpenJS Foundation V-AWAIT | Vimeo V-AWAIT | boost.ai V-AWAIT
P03 non_compliant - | Adobe V-FAIL-BASIS
P04 unresolved - | Google V-AWAIT | Microsoft V-AWAIT | ReadSpeaker V-AWAIT | jsDelivr V-AWAIT
P05 unresolved pages,failed_share | Cloudflare V-AWAIT | Google V-DECLARED
P06 unresolved - | Google V-AWAIT | Siteimprove V-AWAIT | TwentyThree (23video) V-AWAIT | Vimeo V-AWAIT
P07 compliant -
P08 unresolved - | Hotjar V-UNPROVEN | LinkedIn/Microsoft V-AWAIT
P09 unresolved - | Functional Software (Sentry) V-AWAIT | Google V-AWAIT | New Relic V-AWAIT | Zendesk V-AWAIT
P10 unresolved pages | Adobe V-AWAIT | Contentful V-AWAIT | GitHub V-AWAIT | Kortstyrelsen V-NA | jsDelivr/StackPath V-AWAIT | kantet-eksempel.com V-UNKNOWN | naturkort-dokumenter.s3.eu-central-1.amazonaws.com V-UNKNOWN
P11 unresolved pages | ShareThis V-AWAIT | Siteimprove V-AWAIT
P12 outside
P13 compliant - | Usercentrics (Cookiebot) V-OK-N
P14 unresolved - | Google V-AWAIT | Kantet Eksempel A/S V-AWAIT | X Corp V-AWAIT | addthis.com V-UNKNOWN
P16 outside
P17 outside''',
    '2026': '''
P01 limited pages | Cookie Information V-OK-N | InnoCraft (Matomo Cloud) V-OK-G | Siteimprove V-OK-G
P02 non_compliant - | Microsoft V-NOBASIS | boost.ai V-NOBASIS
P03 non_compliant - | Adobe V-FAIL-BASIS | Google V-NOBASIS
P04 non_compliant - | Microsoft V-NOBASIS | ReadSpeaker V-NOBASIS | doed-statistik-eksempel.net V-NOBASIS | jsDelivr V-NOBASIS
P05 non_compliant pages,failed_share | Cloudflare V-NOBASIS | Google V-DECLARED
P06 non_compliant - | Google V-NOBASIS | Siteimprove V-NOBASIS | TwentyThree (23video) V-NOBASIS
P07 compliant -
P08 non_compliant - | Hotjar V-UNPROVEN | LinkedIn/Microsoft V-NOBASIS
P09 non_compliant - | Functional Software (Sentry) V-NOBASIS | New Relic V-NOBASIS | Piwik PRO V-NOBASIS
P10 non_compliant pages | Adobe V-NOBASIS | Contentful V-NOBASIS | Fonticons V-NOBASIS | GitHub V-NOBASIS | Kortstyrelsen V-NA | kantet-eksempel.com V-NOBASIS | naturkort-dokumenter.s3.eu-central-1.amazonaws.com V-NOBASIS
P11 non_compliant pages | Siteimprove V-NOBASIS
P12 outside
P13 compliant - | Usercentrics (Cookiebot) V-OK-N
P15 non_compliant - | Cookie Information V-OK-N | Digitaliseringskontoret V-NA | Kantet Eksempel A/S V-NOBASIS | raadgivning-formular.azurewebsites.net V-NOBASIS | windows.net V-NOBASIS
P16 outside
P17 outside'''}


def known_pages(year):
    """As many as the browser of the truth opened."""
    pages = collections.Counter()
    with open(os.path.join(CRAWL, year, 'truth-summary.tsv'), encoding='utf-8') as file:
        for row in csv.DictReader(file, delimiter='\t'):
            if row['party'] == 'first' and row['session'] == 'default':
                pages[row['portal']] = max(pages[row['portal']], int(row['pages']))
    return pages


def line_of(unit, found):
    if found.verdict == 'outside':
        return f'{unit} outside'
    pairs = ''.join(f' | {entity} {found.codes("pair", entity)[0]}' for entity in sorted(found.entities))
    return f'{unit} {found.verdict} {",".join(found.codes("measurement")) or "-"}{pairs}'


def in_scope(year):
    with open(os.path.join(CRAWL, 'scope-truth.csv'), encoding='utf-8') as file:
        return {row['id'] for row in csv.DictReader(file) if row['year'] == year and row['in_scope'] == '1'}


def check_year(year, folder):
    index, registers = os.path.join(folder, 'i'), os.path.join(folder, 'registers')
    os.makedirs(registers)
    tables = crawl_registers.tables(CRAWL, year, known_pages(year))
    for name, rows in tables.items():
        with open(os.path.join(registers, f'{name}.csv'), 'w', encoding='utf-8', newline='') as out:
            out.write(as_csv(rows))
    run(PROGRAM, 'index', '-q', '--progress', 'never', '--year', year, '-o', index, os.path.join(CRAWL, year, 'capture'))
    found = {row['unit_id']: Found(run(PROGRAM, 'explain', '--registers', registers, '--format', 'tsv', index, row['unit_id']))
             for row in tables['units']}
    scope = {unit for unit, what in found.items() if what.results('scope') == ['in']}
    print(f'ok scope of {year} as in the crawl\'s own list' if scope == in_scope(year)
          else f'not ok scope of {year}: {sorted(scope ^ in_scope(year))} differ')
    wanted = dict(line.split(' ', 1) for line in WANTED[year].strip().split('\n'))
    for unit, what in sorted(found.items()):
        got = line_of(unit, what).split(' ', 1)[1]
        print(f'ok {year} {unit}' if got == wanted[unit] else f'not ok {year} {unit}: {got}, not {wanted[unit]}')


def main():
    if not os.path.isdir(CRAWL):
        print('skip crawl_verdicts: no shared crawls here')
        return
    for year in WANTED:
        with tempfile.TemporaryDirectory() as folder:
            check_year(year, folder)


main()
