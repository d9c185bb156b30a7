# SPDX-License-Identifier: MIT
"""Runs the program under test and gives its tables as rows."""
import csv
import os
import subprocess

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get('TREDJEPART_SHARED', os.path.join(ROOT, '..', 'shared'))
PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
TIMEOUT_S = 60
csv.field_size_limit(10 ** 9)


class Failed(Exception):
    """The program did not end as it must."""


def make_index(index, paths, *options, program=PROGRAM, year='2026'):
    """Indexes the paths; what it said on stderr. Anything but exit status 0 within the time is a failure."""
    listed = f'{index}.list'
    with open(listed, 'w', encoding='utf-8') as file:
        file.writelines(f'{path}\n' for path in paths)
    command = [program, 'index', '--restart', '--progress', 'never', '--year', year, '-o', index, *options, f'@{listed}']
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired as late:
        raise Failed(f'hangs: index still runs after {TIMEOUT_S} s') from late
    said = done.stderr.decode('utf-8', 'replace')
    if done.returncode:
        raise Failed(f'exit status {done.returncode}: {said.strip()[-300:]}')
    return said


def text_of(index, table, program=PROGRAM):
    done = subprocess.run([program, 'show', table, index], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=TIMEOUT_S, check=False)
    if done.returncode:
        raise Failed(f'show {table}: exit status {done.returncode}: {done.stderr.decode("utf-8", "replace").strip()[-300:]}')
    return done.stdout.decode('utf-8', 'surrogateescape')


def rows_of(index, table, program=PROGRAM):
    """A dictionary per row; fields as they are printed."""
    lines = text_of(index, table, program).split('\n')[:-1]
    return list(csv.DictReader(lines, delimiter='\t', quoting=csv.QUOTE_NONE))


def counters_of(index, program=PROGRAM):
    return {row['name']: int(row['value']) for row in rows_of(index, 'counters', program)}


def corpus():
    """(path, row of the manifest) of every file of the shared corpus; none where that is not there."""
    manifest = os.path.join(SHARED, 'corpus', 'MANIFEST.tsv')
    if not os.path.isfile(manifest):
        return []
    with open(manifest, encoding='utf-8') as file:
        rows = list(csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE))
    return [(os.path.join(SHARED, 'corpus', row['path']), row) for row in rows]
