#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Every WARC and ARC of the shared corpus, plain, in gzip or zstd: no crash, no hang; undamaged ones count exactly as the manifest says."""
import csv
import os
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get('TREDJEPART_SHARED', os.path.join(ROOT, '..', 'shared'))
PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
csv.field_size_limit(10 ** 9)


def count(folder, path):
    index = os.path.join(folder, 'one.index')
    run = subprocess.run([PROGRAM, 'index', '-q', '--restart', '--progress', 'never', '--year', '2020', '-o', index, path],
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    if run.returncode:
        return 'exit status %d: %s' % (run.returncode, run.stderr.decode('utf-8', 'replace').strip()[-200:])
    out = subprocess.run([PROGRAM, 'show', 'archives', index], check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
    rows = list(csv.DictReader(out, delimiter='\t', quoting=csv.QUOTE_NONE))
    return (rows[0]['records'], rows[0]['responses']) if rows else ('0', '0')


def main():
    corpus = os.path.join(SHARED, 'corpus')
    if not os.path.isdir(corpus):
        print('skip corpus_counts: no shared corpus here')
        return
    wrong, exact, damaged = [], 0, 0
    with open(os.path.join(corpus, 'MANIFEST.tsv'), encoding='utf-8') as f, tempfile.TemporaryDirectory() as folder:
        for row in csv.DictReader(f, delimiter='\t', quoting=csv.QUOTE_NONE):
            if row['kind'] not in ('warc', 'arc') or row['container'] not in ('raw', 'gzip', 'zstd'):
                continue
            try:
                got = count(folder, os.path.join(corpus, row['path']))
            except subprocess.TimeoutExpired:
                got = 'hangs'
            if isinstance(got, str):
                wrong.append('%s: %s' % (row['path'], got))
            elif row['malformed'] != 'no':
                damaged += 1
            elif got == (row['records'], row['n_response']):
                exact += 1
            else:
                wrong.append('%s: %s records and %s responses, the manifest says %s and %s' % (
                    row['path'], *got, row['records'], row['n_response']))
    for line in wrong[:20]:
        print('# ' + line)
    print('# %d undamaged archives equal the manifest, %d damaged ones read without a crash' % (exact, damaged))
    print('ok corpus_counts' if not wrong and exact else 'not ok corpus_counts: %d archives' % len(wrong))


main()
