#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The demonstration estate against its own truth: contacts, cookies, verdicts, pairs, cohorts.

The truth was worked out from the plan by hand, not read from any program's output. --list names every difference.
"""
import csv
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PROGRAM = os.environ.get('TREDJEPART', str(ROOT / 'build' / 'tredjepart'))
YEARS = ('2025', '2026')
LIST = '--list' in sys.argv[1:]
csv.field_size_limit(10 ** 9)


def say(name, differences):
    if LIST:
        for line in differences:
            print('    ' + line)
    more = f' and {len(differences) - 3} more' if len(differences) > 3 else ''
    print(f'ok {name}' if not differences else f'not ok {name}: ' + '; '.join(differences[:3]) + more)


def read_tsv(text):
    return list(csv.DictReader(text.splitlines(), delimiter='\t', quoting=csv.QUOTE_NONE))


def read_csv(path):
    with open(path, encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


def show(table, index):
    run = subprocess.run([PROGRAM, 'show', table, index], check=True, stdout=subprocess.PIPE)
    return read_tsv(run.stdout.decode('utf-8'))


def is_trap(host):
    return host.endswith('.faelde.example') and host not in ('dns.faelde.example', 'doven.faelde.example')


def rank(evidence):
    return 'OADC'.index(evidence[0]), evidence


def compare_contacts(year, index, truth):
    """What was observed must agree exactly; what was only declared must at least be there in some class."""
    wanted = {(row['page_url'], row['host']): row['how'] for row in truth}
    got = {}
    for row in show('contacts', index):
        key = (row['page_url'], row['host'])
        got[key] = min(got.get(key, row['evidence']), row['evidence'], key=rank)
    seen = {key for key, how in wanted.items() if how == 'observed'}
    ours = {key for key, evidence in got.items() if evidence.startswith('O')}
    say(f'estate {year} observed contacts', [f'missed {page} {host} ({got.get((page, host), "nothing")})'
                                             for page, host in sorted(seen - ours)]
        + [f'extra {page} {host} ({got[page, host]})' for page, host in sorted(ours - seen)])
    say(f'estate {year} declared contacts', [f'missed {page} {host} ({how})' for (page, host), how in
                                             sorted(wanted.items()) if (page, host) not in got])
    say(f'estate {year} traps', [f'{page} {host} ({evidence})' for (page, host), evidence in sorted(got.items())
                                 if is_trap(host)])


def compare_cookies(year, index, truth):
    wanted = {(row['page_url'], row['host'], row['name'], row['how']) for row in truth}
    got = {(row['page_url'], row['host'], row['name'], row['how']) for row in show('cookies', index)
           if row['how'] in ('set', 'sent')}
    say(f'estate {year} cookies', ['missed ' + ' '.join(row) for row in sorted(wanted - got)]
        + ['extra ' + ' '.join(row) for row in sorted(got - wanted)])


def pairs_of(cell):
    """{(entity, service): (code, basis code)} of the truth's text."""
    found = {}
    for part in filter(None, cell.split(';')):
        entity, service, code = part.split('|')
        found[entity, service] = tuple((code + '/').split('/')[:2])
    return found


def compare_verdicts(name, report, truth):
    units = {row['unit_id']: row for row in read_csv(report / 'data' / 'units.csv')}
    findings = {}
    for row in read_csv(report / 'data' / 'findings.csv'):
        findings.setdefault(row['unit_id'], {})[row['entity'], row['service']] = row
    verdicts, pairs = [], []
    for want in truth:
        unit = want['unit_id']
        row = units.get(unit)
        if not row:
            verdicts.append(f'{unit} is not in units.csv')
            continue
        if (row['verdict'], row['scope_code'].split(';')[0]) != (want['verdict'], want['scope_code']):
            verdicts.append(f'{unit}: {row["verdict"]} {row["scope_code"]} {row["measurement_class"]}, '
                            f'not {want["verdict"]} {want["scope_code"]}')
        expected, got = pairs_of(want['pairs']), findings.get(unit, {})
        for who, (code, basis) in sorted(expected.items()):
            codes = got[who]['codes'].split(';') if who in got else []
            if code not in codes or (basis and basis not in codes):
                pairs.append(f'{unit} {"|".join(who)}: {";".join(codes) or "absent"}, not {code} {basis}'.rstrip())
        for who in sorted(set(got) - set(expected)):
            pairs.append(f'{unit} {"|".join(who)}: {got[who]["codes"]}, not in the plan')
    say(f'estate {name} verdicts', verdicts)
    say(f'estate {name} pairs', pairs)


def compare_cohorts(report, truth):
    summary = json.loads((report / 'summary.json').read_text('utf-8'))
    say('estate 2026 cohorts', [f'{row["figure"]}: {summary.get(row["figure"])}, not {row["value"]}' for row in truth
                                if str(summary.get(row['figure'])) != row['value']])


def compare_digests(report):
    """The list of public suffixes is told by its bytes, not by its place alone."""
    wrong = []
    for row in json.loads((report / 'provenance.json').read_text('utf-8'))['indexes']:
        path = pathlib.Path(row['suffix_list'])
        want = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ''
        if row['suffix_list_sha256'] != want:
            wrong.append(f'{row["year"]}: {row["suffix_list_sha256"]}, not {want}')
    say('estate suffix list by its digest', wrong)


def main():
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder)
        subprocess.run([sys.executable, str(ROOT / 'tests/make/estate.py'), folder], check=True)
        truth = {path.stem: read_tsv(path.read_text('utf-8')) for path in (base / 'truth').glob('*.tsv')}
        quiet = ['-q', '--progress', 'never']
        for year in YEARS:
            index = str(base / f'{year}.index')
            subprocess.run([PROGRAM, 'index', *quiet, '--year', year, '-o', index, str(base / year)], check=True)
            compare_contacts(year, index, truth[f'contacts-{year}'])
            compare_cookies(year, index, truth[f'cookies-{year}'])
        runs = (('2025', ['2025.index'], '', '2025'), ('2026', ['2025.index', '2026.index'], '', '2026'),
                ('2026 before the deadline', ['2026.index'], '2026-12-01', '2026'))
        for name, indexes, as_of, year in runs:
            report = base / f'report-{len(name)}-{year}'
            command = [PROGRAM, 'report', '--registers', str(base / 'registers'), '-o', str(report)]
            command += ['--as-of', as_of] if as_of else []
            subprocess.run(command + [str(base / index) for index in indexes], check=True, stdout=subprocess.DEVNULL)
            compare_verdicts(name, report, [row for row in truth['verdicts']
                                            if (row['year'], row['as_of']) == (year, as_of)])
        compare_cohorts(base / 'report-4-2026', truth['cohorts'])
        compare_digests(base / 'report-4-2026')


main()
