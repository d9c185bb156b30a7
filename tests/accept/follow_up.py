#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""follow_up.py: findings over three years through the program, and the hearing there and back.

tests/make/years.py makes the archives and says what is right: all eight states, scenarios 36 to 38, the ladder. Then the hearing: while it
is open an authority's file names its findings; filled in and put among the registers it changes verdicts and states; faults in it are
told with file, line and column. A public report keeps what is internal.
"""
import csv
import io
import json
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import tables  # noqa: E402
import years  # noqa: E402


def say(name, wrong):
    for line in wrong[:20]:
        print('# ' + line)
    print(f'not ok follow_up {name}: {len(wrong)} differences' if wrong else f'ok follow_up {name}')


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    return path


def read(*path, separator=','):
    with open(os.path.join(*path), encoding='utf-8-sig', newline='') as file:
        return list(csv.DictReader(file, delimiter=separator))


def report(folder, out, indexes, *options):
    """(exit status, what it said)"""
    command = [tables.PROGRAM, 'report', '--registers', os.path.join(folder, 'registers'), '-o', out, *options, *indexes]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout.decode('utf-8', 'replace')


def different(name, got, wanted):
    return [] if got == wanted else [f'{name}: {got}, not {wanted}']


def make(folder):
    indexes = []
    for year in years.YEARS:
        archive = write(folder, f'{year}.warc.gz', years.crawl(year))
        indexes.append(os.path.join(folder, f'{year}.index'))
        tables.make_index(indexes[-1], [archive], year=year)
    for name, text in years.registers().items():
        write(folder, f'registers/{name}', text)
    return indexes


def check_states(out, said):
    rows = read(out, 'data', 'finding_states.csv')
    got = {row['unit_id']: (row['state'], row['state_da'], row['years_non_compliant'], row['last_seen_year']) for row in rows}
    wrong = [f'{unit}: {got.get(unit)}, not {years.STATES.get(unit)}' for unit in sorted(set(got) | set(years.STATES))
             if got.get(unit) != years.STATES.get(unit)]
    if len({state for state, *_ in got.values()}) != 8:
        wrong.append('not all eight states')
    units = {row['unit_id']: row['state'] for row in read(out, 'data', 'units.csv')}
    wrong += [f'units.csv {unit}: {state}' for unit, state in units.items() if state != years.STATES.get(unit, ('',))[0]]
    findings = {row['unit_id']: row for row in read(out, 'data', 'findings.csv')}
    for unit, (state, _, count, year) in years.STATES.items():
        if year == '2026':
            row = findings[unit]
            wrong += different(f'findings.csv {unit}', (row['state'], row['years_non_compliant']), (state, count))
    if "cases.csv:5: column finding_id: '2026-nobody-x' is no finding of the years given" not in said:
        wrong.append('a case of no finding is not told')
    say('eight states over three years', wrong)


def check_lineage(out):
    wrong = different('lineage.csv', [tuple(row.values()) for row in read(out, 'data', 'lineage.csv')], [('merge', 'half1;half2', 'whole')])
    with open(os.path.join(out, 'summary.json'), encoding='utf-8') as file:
        summary = json.load(file)
    # 16 before: whole is new, half1, half2 and closed are gone
    wrong += different('cohorts', (summary['in_scope'], summary['entered'], summary['left']), (14, 1, 3))
    text = open(os.path.join(out, 'index.html'), encoding='utf-8').read()
    if 'half1;half2' not in text or 'Lagt sammen' not in text:
        wrong.append('the merge is not shown')
    say('renamed, moved, merged', wrong)


def check_levels(out):
    rows = {row['unit_id']: row for row in read(out, 'data', 'follow_up.csv')}
    wrong = [f'{unit}: {rows.get(unit)}' for unit in sorted(set(rows) | set(years.LEVELS))
             if unit not in rows or (rows[unit]['level'], rows[unit]['reason']) != years.LEVELS.get(unit)]
    asked = {unit: (row['last_contact'], row['deadline'], row['answer']) for unit, row in rows.items() if row['answer']}
    wrong += different('cases', asked, {'disputed': ('2026-11-01', '2026-11-20', 'answered'), 'whole': ('2026-11-01', '2026-11-20', 'unanswered'),
                                        'repeat3': ('2026-03-01', '2026-04-01', 'answered')})
    everyone = read(out, 'data', 'bases.csv')[-1]
    wrong += different('answers', (everyone['answer_rate'], everyone['answer_days_median']), ('0.5', '15'))
    say('levels, cases, answers', wrong)


def check_pages(out, public):
    text = open(os.path.join(out, 'index.html'), encoding='utf-8').read()
    wrong = [] if 'Foreslået opfølgning' in text and 'Løsninger, der foreslås fulgt op' in text else ['chapter 8 lacks its tables']
    counts = dict(re.findall(r'<th scope="row">(Ny|Genopstået|Gentagen \(2\. år\)|Gentagen \(3\. år eller mere\)|Dokumenteret|Fjernet|Ikke genmålt|'
                             r'Udgået|Bestridt)</th>\s*<td class="n">(\d+)</td>', text))
    wrong += different('counts', counts, {'Ny': '2', 'Gentagen (2. år)': '3', 'Gentagen (3. år eller mere)': '1', 'Genopstået': '1',
                                          'Dokumenteret': '1', 'Fjernet': '2', 'Ikke genmålt': '2', 'Udgået': '3', 'Bestridt': '1'})
    for unit, label in (('repeat3', 'Gentagen (3. år)'), ('otherpage', 'Ikke genmålt'), ('disputed', 'Bestridt')):
        if label not in open(os.path.join(out, 'finding-sheets', f'{unit}.html'), encoding='utf-8').read():
            wrong.append(f'the sheet of {unit} does not say {label}')
    with open(os.path.join(out, 'finding-sheets', 'otherpage.json'), encoding='utf-8') as file:
        earlier = json.load(file)['earlier_findings']
    wrong += different('earlier findings', [(row['finding_id'], row['state']) for row in earlier],
                       [('2025-otherpage-x-otherpage.example', 'not_remeasured')])
    open_text = open(os.path.join(public, 'index.html'), encoding='utf-8').read()
    if 'Løsninger, der foreslås fulgt op' in open_text or 'Foreslået opfølgning' not in open_text:
        wrong.append('the public chapter 8 is not right')
    wrong += different('public levels', [tuple(row.values())[::2] for row in read(public, 'data', 'follow_up.csv')],
                       [('0', '6'), ('1', '1'), ('2', '1'), ('3', '5'), ('4', '1')])
    say('pages and sheets, public and not', wrong)


def fill(rows, answers):
    """A hearing file with answers, as a Danish spreadsheet saves it."""
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys(), delimiter=';', lineterminator='\r\n')
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, **answers})
    return '\ufeff' + out.getvalue()


AGREEMENT = {'answer': 'basis', 'answered_on': '2026-11-15', 'basis_type': 'agreement', 'own_use_clause': 'bans', 'written': 'yes',
             'anonymised_exempt': 'no', 'evidence_ref': 'aftale.pdf'}
ANSWERS = {  # unit: (what is filled in, code and state then)
    'new': (AGREEMENT, 'V-OK-G', ''),
    'repeat2': ({**AGREEMENT, 'evidence_ref': ''}, 'V-UNPROVEN', ''),
    'repeat3': ({'answer': 'dispute', 'answered_on': '2026-11-16', 'note': 'Det er vores egen'}, 'V-UNKNOWN', 'disputed'),
    'relapsed': ({'answer': 'removed', 'answered_on': '2026-11-16'}, 'V-UNKNOWN', ''),
}


def check_hearing(folder, indexes):
    """Open: files. Filled in: bases and disputes. Closed: no files."""
    out, wrong = os.path.join(folder, 'hearing'), []
    status, said = report(folder, out, indexes, '--as-of', '2026-11-25')
    wrong += different('exit status', status, 0)
    if 'the hearing is open until 2026-12-01' not in said:
        wrong.append(f'it does not say that the hearing is open: {said}')
    files = sorted(os.listdir(os.path.join(out, 'hearing'))) if os.path.isdir(os.path.join(out, 'hearing')) else []
    wanted = sorted(f'A-{unit}.csv' for unit in ('new', 'repeat2', 'repeat3', 'relapsed', 'moved', 'newname', 'whole'))
    wrong += different('files', files, wanted)
    if files:
        wrong += fill_all(folder, out)
        status, said = report(folder, out, indexes, '--as-of', '2026-11-25')
        wrong += different('exit status with answers', status, 0)
        findings = {row['unit_id']: row for row in read(out, 'data', 'findings.csv')}
        for unit, (_, code, state) in ANSWERS.items():
            row = findings[unit]
            wrong += different(f'{unit} answered', (row['codes'].split(';')[0], row['state']), (code, state))
        wrong += different('basis', findings['new']['basis_ids'], 'H-2026-new-x-new.example')
        wrong += different('files left', sorted(os.listdir(os.path.join(out, 'hearing'))),
                           [name for name in wanted if name not in ('A-new.csv', 'A-repeat3.csv')])
    status, said = report(folder, out, indexes)
    if 'the hearing ended on 2026-12-01: no files for authorities are written' not in said or os.path.exists(os.path.join(out, 'hearing')):
        wrong.append(f'the hearing is over, but: {said}')
    final = {row['unit_id']: (row['codes'].split(';')[0], row['state']) for row in read(out, 'data', 'findings.csv')}
    wrong += different('after the deadline', [final[unit] for unit in ANSWERS],
                       [('V-OK-G', ''), ('V-UNPROVEN', ''), ('V-NOBASIS', 'disputed'), ('V-NOBASIS', 'relapsed')])
    say('the hearing there and back', wrong)


def fill_all(folder, out):
    wrong = []
    for unit, (answers, _, _) in ANSWERS.items():
        rows = read(out, 'hearing', f'A-{unit}.csv', separator=';')
        row = rows[0]
        wrong += different(f'hearing of {unit}', (len(rows), row['finding_id'], row['unit_id'], row['entity'], row['hosts'], row['first_seen'],
                                                  row['deadline'], row['answer']),
                           (1, f'2026-{unit}-x-{unit}.example', unit, f'x-{unit}.example', f'cdn.x-{unit}.example', '2026-10-01', '2026-12-01', ''))
        if not row['missing'] or not row['example_page'].startswith('https://www.'):
            wrong.append(f'hearing of {unit} lacks what is missing or where: {row}')
        write(folder, f'registers/answers/A-{unit}.csv', fill(rows, answers))
    return wrong


def check_faults(folder, indexes):
    """Answers that cannot be taken are told like any other register; a finding nobody made is a warning."""
    head = 'finding_id,unit_id,entity,service,answer,basis_type\n'
    wrong = []
    for text, status, message in ((head + '2026-new-x-new.example,new,x,,perhaps,\n', 2, "answers/z.csv:2: column answer: 'perhaps' is not one of"),
                                  (head + '2026-new-x-new.example,nobody,x,,removed,\n', 2, "answers/z.csv:2: column unit_id: 'nobody' is not in units"),
                                  (head + '2026-clean-y.example,clean,y.example,,removed,\n', 0,
                                   "warning: answers/z.csv:2: column finding_id: '2026-clean-y.example' is no finding of the years given"),
                                  (head + '2020-clean-y.example,clean,y.example,,removed,\n', 0, '')):
        write(folder, 'registers/answers/z.csv', text)
        got, said = report(folder, os.path.join(folder, 'faults'), indexes)
        wrong += different(message or text, got, status)
        if message not in said or (not message and 'z.csv' in said):
            wrong.append(f'{message}: {said}')
    os.remove(os.path.join(folder, 'registers/answers/z.csv'))
    say('answers that cannot be taken', wrong)


def everything(out):
    found = {}
    for path, _, names in os.walk(out):
        for name in names:
            if name != 'provenance.json':
                with open(os.path.join(path, name), 'rb') as file:
                    found[os.path.relpath(os.path.join(path, name), out)] = file.read()
    return found


def main():
    with tempfile.TemporaryDirectory() as folder:
        indexes = make(folder)
        out, public, again = (os.path.join(folder, name) for name in ('out', 'public', 'again'))
        status, said = report(folder, out, indexes)
        if status:
            print(said)
            sys.exit(1)
        report(folder, public, indexes, '--public')
        report(folder, again, indexes[::-1])
        check_states(out, said)
        check_lineage(out)
        check_levels(out)
        check_pages(out, public)
        first, second = everything(out), everything(again)
        say('the same bytes in any order of years', [name for name in set(first) | set(second) if first.get(name) != second.get(name)])
        check_hearing(folder, indexes)
        check_faults(folder, indexes)


main()
