#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""proofs.py: the command on every finding sheet of the demonstration estate prints what the finding rests on.

An observation: a record of that host, with its request where the archive has requests. A declaration: a line of markup that names it.
Nothing a cookie or a query held is printed.
"""
import glob
import json
import os
import re
import shlex
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
ESTATE = os.path.join(ROOT, 'build', 'demo', 'estate')
VALUES = re.compile(r'^(?:Cookie|Set-Cookie): (?:(?!\*\*\*)[^=;])*=(?!\*\*\*)', re.I | re.M)


def findings(folder):
    for path in sorted(glob.glob(os.path.join(folder, 'finding-sheets', '*.json'))):
        with open(path, encoding='utf-8') as file:
            yield from (row for row in json.load(file)['findings'] if 'command' in row)


def names(text, hosts):
    return [host for host in hosts if host in text]


def wrong_with(finding):
    words = shlex.split(finding['command'])
    done = subprocess.run([PROGRAM, *words[1:]], capture_output=True, check=False)
    text, rule = done.stdout.decode('utf-8', 'replace'), finding['rule']
    if done.returncode:
        return f'exit status {done.returncode}: {done.stderr.decode()}'
    if words[-2] != '--proof' or words[-1] not in finding['hosts']:
        return f'{words[-2:]} is no host of it'
    if VALUES.search(text):
        return 'the value of a cookie is printed'
    if rule.startswith('D') and not re.search(rf'^# {rule[:2]} .*(on line|named)', text, re.M):
        return f'no line of class {rule} names it'
    if rule.startswith('O') and not re.search(rf'^(WARC-Target-URI: |# named).*{re.escape(words[-1])}', text, re.M):
        return 'the record is of another host'
    if rule in ('O2', 'O3', 'O4') and '.har' not in words[2] and not re.search('^(# request at|# response at|# revisit at)', text, re.M):
        return 'the other half is missing'
    return ''


def main():
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, 'report')
        subprocess.run([PROGRAM, 'run', '-q', '--progress', 'never', '--registers', os.path.join(ESTATE, 'registers'), '-o', out,
                        '--year', '2025', os.path.join(ESTATE, '2025'), '--year', '2026', os.path.join(ESTATE, '2026')], check=True)
        rows = list(findings(out))
        wrong = [f'{row["finding_id"]}: {why}' for row in rows if (why := wrong_with(row))]
        rules = sorted({row['rule'] for row in rows})
        print(f'# {len(rows)} findings, by {", ".join(rules)}')
        if not rows or not any(rule.startswith('D') for rule in rules) or not any(rule.startswith('O') for rule in rules):
            print(f'not ok proofs: {len(rows)} findings by {rules} prove nothing of either kind')
        print(f'not ok proofs: {len(wrong)} of {len(rows)}: {"; ".join(wrong[:3])}' if wrong else 'ok proofs')


main()
