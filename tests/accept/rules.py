#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""rules.py: random registers and observations, judged by the program and by a second implementation of the rules.

SEED (default 1) is the first of RUNS numbers, each of which makes UNITS units with their archives. Every unit with its scope, verdict,
measurement and pairs must be the same on both sides, and every code that such data can reach must have been reached. Out of reach are
O-CONTRADICTED and O-DOUBT (nothing in archives is a signal of a setting yet) and K4a, K5, K7.

Where the page leaves a choice, both sides read it so:
* 5.1: a portal without any row in portal_links is one the register does not tell of; one whose links have ended leads nowhere. A portal
  that is not national is out as S-PORTAL-NOTNATIONAL: the table has no row for it, the formula does.
* 5.2: names under the page's own registrable domain are the first party's namespace (scenario 12), unless another authority claims them;
  of two authorities the more specific claim counts. A row of own_parties is attributed by a person, and beats what an alias says. An
  operator whose row names no service operates none that the catalogue knows. A bare name in the catalogue is one host, so that the
  registrable domain of P7 is its wildcard. What leads over several names is the first that does more than to host (P2 before P3).
* 5.3: a fetch by a crawler's own logic (O5) is K2b; an attempt that failed (A) discloses nothing for certain and is C. K1 is of the host:
  all its contacts of that visit are A. K4b needs the service itself or a script of its vendor. With min_grade A nothing weaker carries a breach,
  however often it was seen.
* 5.4: a pattern is the most exact name and decides alone; entity may be the registrable domain. A named setting exists unless the register
  says no; a catalogue's yes is not undone by the register's no, nor the other way. Not known to be written is G-UNWRITTEN; a purpose or
  limit that is not told is N-UNKNOWN. Marketing is on the review list as advertising.
* 5.5: the window is the year's: its end is the last capture of the index. "Some basis for every observation" may be several, one after
  the other. What comes into force by the window's end counts as it is worth then, also when it only lacks proof. Rows 8 to 11 are asked
  for each observation that nothing settles, and the worst counts. A basis for the time after the window, or of a whole authority for what
  was not seen, makes no pair. A decision may name a registrable domain of it.
* 5.6: an app is unmeasured only while nothing was captured for it. With scope_unit `flow` the flow is judged; measured is the site.
* Display: a pair that is reached in several ways is told by the first of its pages.
"""
import collections
import csv
import datetime
import json
import os
import random
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import lots  # noqa: E402
import rules  # noqa: E402
import rules_register  # noqa: E402
import tables  # noqa: E402

SEED, RUNS, UNITS = int(os.environ.get('SEED', 1)), int(os.environ.get('RUNS', 50)), int(os.environ.get('UNITS', 200))
SHOWN = 20


def rows_of(folder, name):
    with open(os.path.join(folder, 'data', name + '.csv'), encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file))


def program(folder, lot):
    """The folder of the program's report."""
    registers, archives = lot.write(folder)
    index, out = os.path.join(folder, 'index'), os.path.join(folder, 'out')
    tables.make_index(index, archives, '-q')
    as_of = ['--as-of', lot.as_of] if lot.as_of else []
    done = subprocess.run([tables.PROGRAM, 'report', '-q', '--registers', registers, '-o', out, *as_of, index], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=tables.TIMEOUT_S, check=False)
    if done.returncode:
        raise tables.Failed(f'exit status {done.returncode}: {done.stdout.decode("utf-8", "replace")[-300:]}')
    return out, registers


def number(text):
    return round(float(text), 4) if text not in ('', None) else None


def said_by_program(out):
    """{unit: {what: value}}, {unit: {(entity, service): {what: value}}}, {(step, code): (solutions, portals)}"""
    units, pairs = {}, collections.defaultdict(dict)
    for row in rows_of(out, 'units'):
        units[row['unit_id']] = {'scope': row['scope_code'], 'verdict': row['verdict'], 'nothing': 'ingen tredjeparter' in row['verdict_da'],
                                 'counts': (row['third_parties'], row['unresolved'], row['non_compliant']), 'class': row['measurement_class']}
    for row in rows_of(out, 'measurement'):
        units[row['unit_id']].update(failed=row['failed_criteria'], pages=row['pages'], captures=row['captures'], coverage=number(row['coverage_hat']))
    for row in rows_of(out, 'findings'):
        pairs[row['unit_id']][identity(row, row['codes'].split(';'))] = {
            'verdict': row['verdict'], 'codes': row['codes'], 'bases': row['basis_ids'], 'grade': row['best_grade'], 'pages': row['pages'],
            'captures': row['captures'], 'party': row['party_view']}
    for name in os.listdir(os.path.join(out, 'finding-sheets')):
        if name.endswith('.json'):
            with open(os.path.join(out, 'finding-sheets', name), encoding='utf-8') as file:
                add_sheet(json.load(file), units, pairs)
    population = {(row['step'], row['reason_code']): (row['solutions'], row['portals']) for row in rows_of(out, 'population')}
    return units, pairs, population


def identity(row, codes):
    """Parties that are only listed stand apart by their kind."""
    return row['entity'] or '', row['service'] or '', row['party_view'] if 'V-NA' in codes else ''


def add_sheet(sheet, units, pairs):
    units[sheet['unit_id']]['sheet'] = sheet['verdict'], ';'.join(sheet['measurement']['failed_criteria'])
    for row in sheet['findings']:
        pairs[sheet['unit_id']][identity(row, row['codes'])]['sheet'] = (
            row['verdict'], ';'.join(row['codes']), ';'.join(row['hosts'] or []))


def said_by_rules(judged):
    units, pairs = {}, {}
    for name, unit in judged.items():
        row = {'scope': ';'.join(unit.scope.codes), 'verdict': unit.verdict, 'nothing': unit.row == 7, 'counts': ('', '', ''), 'class': ''}
        if unit.measured:
            row.update({'class': unit.measured.grade, 'failed': ';'.join(unit.measured.failed), 'pages': str(unit.measured.pages),
                        'captures': str(unit.measured.captures),
                        'coverage': None if unit.measured.coverage is None else round(unit.measured.coverage, 4), 'counts': counts(unit)})
            row['sheet'] = unit.verdict, row['failed']
        units[name] = row
        pairs[name] = {key: {
            'verdict': pair.verdict, 'codes': ';'.join(pair.codes), 'bases': ';'.join(pair.bases), 'grade': pair.grade, 'pages': str(pair.pages),
            'captures': str(pair.captures), 'party': pair.view, 'sheet': (pair.verdict, ';'.join(pair.codes), ';'.join(pair.hosts))}
            for key, pair in unit.pairs.items()}
    return units, pairs


def counts(unit):
    verdicts = [pair.verdict for pair in unit.pairs.values()]
    judged = sum(verdict in ('compliant', 'unresolved', 'non_compliant') for verdict in verdicts)
    return str(judged), str(verdicts.count('unresolved')), str(verdicts.count('non_compliant'))


def differences(name, program_says, rules_say):
    """What one unit or pair differs in."""
    return [f'{name} {what}: program {program_says.get(what)!r}, rules {rules_say.get(what)!r}'
            for what in sorted(set(program_says) | set(rules_say)) if program_says.get(what) != rules_say.get(what)]


def population_of(judged, registers):
    found = collections.defaultdict(lambda: [0, 0])

    def count(step, code, unit):
        found[step, code][unit['unit_type'] == 'portal'] += 1

    for name, unit in judged.items():
        row = registers.unit_of[name]
        count('registered', '', row)
        count(unit.scope.result, unit.scope.codes[0].split(':')[0], row)
        if unit.row >= 4:
            count('assessed', '', row)
    return {key: tuple(map(str, value)) for key, value in found.items()}


def compare(seed, folder, reached):
    lot = lots.Lot(random.Random(seed), UNITS)
    out, place = program(folder, lot)
    registers = rules_register.Registers(place, lot.year)
    judged = rules.judge(registers, lot.visits, datetime.date.fromisoformat(lot.as_of) if lot.as_of else None)
    units, pairs, population = said_by_program(out)
    own_units, own_pairs = said_by_rules(judged)
    wrong = differences('population', population, population_of(judged, registers))
    for name in sorted(set(units) | set(own_units)):
        wrong += differences(name, units.get(name, {}), own_units.get(name, {}))
        theirs, ours = pairs.get(name, {}), own_pairs.get(name, {})
        for key in sorted(set(theirs) | set(ours)):
            wrong += differences(f'{name} {"|".join(key)}', theirs.get(key, {}), ours.get(key, {}))
    count_codes(judged, reached)
    return [f'seed {seed}: {line}' for line in wrong]


def count_codes(judged, reached):
    for unit in judged.values():
        reached['units'] += 1
        reached[f'row {unit.row}'] += 1
        reached.update(code.split(':')[0] for code in unit.scope.codes)
        if unit.measured:
            reached[unit.measured.grade] += 1
            reached.update('fails ' + name for name in unit.measured.failed)
        for pair in unit.pairs.values():
            reached['pairs'] += 1
            reached.update(pair.codes)
            reached['grade ' + pair.grade] += bool(pair.grade)
            reached['party ' + pair.view] += 1


WANTED = (
    'S-NOTLIVE S-BUSINESS S-INFO S-LOCAL S-PRIVATE S-NOTPRIMARY S-STATE S-SHARED S-OUTSOURCED S-PORTAL S-PORTAL-NOSTATE S-PORTAL-NOTNATIONAL '
    'S-UNKNOWN adequate limited none V-MANUAL V-NA V-DECLARED V-WEAK V-OK-N V-OK-G V-OK-O V-OK-LATE V-UNKNOWN V-UNPROVEN V-FAIL-BASIS V-AWAIT '
    'V-NOBASIS B-REJECTED B-EXPIRED B-NOTYET B-NODOC B-PENDING O-NOSETTING O-NOTACTIVE O-INEFFECTIVE O-PARTIAL O-OK O-UNKNOWN G-OWNUSE G-ANON '
    'G-UNWRITTEN G-OK G-UNCLEAR N-OWNUSE N-NOTNECESSARY N-EXCESS N-UNKNOWN N-OK N-REVIEW').split()
WANTED += [f'row {n}' for n in range(1, 9)] + [f'grade {g}' for g in 'ABCD'] + ['fails ' + name for name in (
    'entry', 'pages', 'flow', 'failed_share', 'coverage', 'scripts', 'app')] + ['party ' + name for name in (
        'third', 'third_unidentified', 'third_cookie', 'third_disguised', 'third_operator', 'infrastructure', 'operator', 'public')]


def main():
    wrong, reached = [], collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for run in range(RUNS):
            wrong += compare(SEED + run, folder, reached)
    for line in wrong[:SHOWN]:
        print('# ' + line)
    print(f'# seed {SEED}: {reached["units"]} units, {reached["pairs"]} pairs in {RUNS} runs')
    print('# ' + ', '.join(f'{name} {reached[name]}' for name in WANTED))
    print(f'not ok second implementation of the rules: {len(wrong)} differences' if wrong else 'ok second implementation of the rules')
    never = [name for name in WANTED if not reached[name]]
    print(f'not ok every code of the rules is reached: never {" ".join(never)}' if never else 'ok every code of the rules is reached')


if __name__ == '__main__':
    main()
