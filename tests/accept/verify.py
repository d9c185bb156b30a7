#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""verify against a second implementation: Python's hashlib over every undamaged archive of the shared corpus and crawl.

Per file: as many digests good, bad and not checkable, and the same list of bad ones with the same computed values. Every
error that verify finds in a file the manifest calls undamaged is one that this program finds, too, or is printed.
Damaged files: verify ends with exit status 0 or 3 and says the same for other numbers of threads and chunk sizes.
"""
import base64
import collections
import csv
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get('TREDJEPART_SHARED', os.path.join(ROOT, '..', 'shared'))
PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'reference'))
import reader  # noqa: E402

csv.field_size_limit(10 ** 9)
KNOWN = {'md5': 'md5', 'md-5': 'md5', 'sha1': 'sha1', 'sha-1': 'sha1', 'sha256': 'sha256', 'sha-256': 'sha256'}
SIZE_LINE = re.compile(rb'([0-9A-Fa-f]{1,16})[ \t]*(;[^\n]*)?\r*\n')
STATUS_LINE = re.compile(rb'[\r\n]*(HTTP/[\d.]+[ \t]+\d|[A-Z]+ [^\r\n]+ HTTP/)')
# Errors of structure that the manifest does not know of, each looked at by hand.
ERROR_KINDS = ('block-digest', 'payload-digest', 'resource-hash')


def declared(text):
    """(algorithm, bytes), or None when it cannot be checked."""
    label, _, value = text.partition(':')
    name = KNOWN.get(label.strip().lower())
    value = value.strip().rstrip('=')
    if not name:
        return None
    size = hashlib.new(name).digest_size
    try:
        if len(value) == 2 * size:
            return name, bytes.fromhex(value)
        if len(value) == -(-size * 8 // 5):
            return name, base64.b32decode(value.upper() + '=' * (-len(value) % 8))
        if len(value) == -(-size * 8 // 6):
            return name, base64.b64decode(value.replace('-', '+').replace('_', '/') + '=' * (-len(value) % 4), validate=True)
    except ValueError:
        pass
    return None


def unchunked(body):
    """The body without framing, or None when there is no whole framing."""
    out, at = [], 0
    while True:
        line = SIZE_LINE.match(body, at)
        if not line:
            return None
        size, at = int(line[1], 16), line.end()
        if size == 0:
            return b''.join(out)
        out.append(body[at:at + size])
        end = re.compile(rb'\r?\n').match(body, at + size)
        if not end:
            return None
        at = end.end()


def payload_readings(kind, block):
    if kind not in ('response', 'request') or not STATUS_LINE.match(block):
        return [block]
    end = re.search(rb'\r?\n\r?\n', block)
    body = block[end.end():] if end else b''
    plain = unchunked(body)
    return [body] if plain is None else [plain, body]


def judge(fields, block, tally, bad):
    kind = fields.get('warc-type', '').lower()
    for name in ('warc-block-digest', 'warc-payload-digest'):
        text = fields.get(name)
        if text is None:
            continue
        wanted = declared(text)
        elsewhere = kind in ('revisit', 'continuation') or 'warc-segment-number' in fields
        if not wanted or (name == 'warc-payload-digest' and elsewhere):
            tally['unknown'] += 1
            continue
        readings = [block] if name == 'warc-block-digest' else payload_readings(kind, block)
        if any(hashlib.new(wanted[0], r).digest() == wanted[1] for r in readings):
            tally['good'] += 1
        else:
            tally['bad'] += 1
            bad.append((name[5:], text, '%s:%s' % (wanted[0], hashlib.new(wanted[0], readings[-1]).hexdigest())))


def judge_package(path, tally, bad):
    with zipfile.ZipFile(path) as container:
        names = set(container.namelist())
        if 'datapackage.json' not in names:
            return
        items = [(r['path'], r.get('hash')) for r in json.loads(container.read('datapackage.json'))['resources']]
        if 'datapackage-digest.json' in names:
            items.append(('datapackage.json', json.loads(container.read('datapackage-digest.json')).get('hash')))
        for name, text in items:
            if text and name in names:
                wanted = declared(text)
                found = hashlib.new(wanted[0], container.read(name))
                tally['good' if found.digest() == wanted[1] else 'bad'] += 1
                if found.digest() != wanted[1]:
                    bad.append(('resource-hash', text, wanted[0] + ':' + found.hexdigest()))


def expected(path):
    tally, bad = collections.Counter(), []
    for data in reader.parts(path):
        for fields, block in reader.records(data):
            judge(fields, block, tally, bad)
    if zipfile.is_zipfile(path):
        judge_package(path, tally, bad)
    return (tally['good'], tally['bad'], tally['unknown']), sorted(bad)


def run(paths, *flags):
    with tempfile.NamedTemporaryFile('w', suffix='.txt') as listing:
        listing.write(''.join(path + '\n' for path in paths))
        listing.flush()
        return subprocess.run([PROGRAM, 'verify', '--progress', 'never', '--format', 'jsonl', *flags, '@' + listing.name],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=280)


def verdicts(paths):
    """{file: [(good, bad, unknown), bad ones, kinds of errors]}; the archives of a WACZ count with it."""
    found = collections.defaultdict(lambda: [(0, 0, 0), [], collections.Counter()])
    done = run(paths, '--max-lines', '1000000')
    if done.returncode not in (0, 3):
        print('# exit status %d: %s' % (done.returncode, done.stderr.decode('utf-8', 'replace')[-500:]))
    for line in done.stdout.decode('utf-8', 'replace').splitlines():
        row = json.loads(line)
        if 'archive' in row:
            entry = found[row['archive'].split('!')[0]]
            entry[0] = tuple(a + row['digests_' + b] for a, b in zip(entry[0], ('good', 'bad', 'unknown')))
            continue
        entry = found[row['file'].split('!')[0]]
        entry[2][row['kind']] += row['level'] == 'error'
        bad = re.search(r'declared (\S+), computed (\S+?);?( |$)', row['text'])
        if row['kind'] in ERROR_KINDS and bad:
            entry[1].append((row['kind'], bad[1], bad[2]))
    return found


def undamaged():
    corpus = os.path.join(SHARED, 'corpus')
    sound, damaged = [], []
    with open(os.path.join(corpus, 'MANIFEST.tsv'), encoding='utf-8') as file:
        for row in csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE):
            path = os.path.join(corpus, row['path'])
            if row['path'].endswith(('.warc', '.warc.gz')) or row['container'] == 'wacz' or '.wacz' in row['path']:
                (damaged if row['malformed'] != 'no' else sound).append(path)
    crawl = os.path.join(SHARED, 'crawl')
    for folder, _, names in os.walk(crawl):
        sound += [os.path.join(folder, name) for name in sorted(names) if name.endswith(('.warc.gz', '.wacz'))]
    return sound, damaged


def check_sound(sound):
    found, wrong, total, kinds = verdicts(sound), [], collections.Counter(), collections.Counter()
    for path in sound:
        try:
            counts, bad = expected(path)
        except (zipfile.BadZipFile, KeyError, ValueError) as error:
            print('# %s: not read by the second implementation: %r' % (os.path.relpath(path, SHARED), error))
            continue
        got = found[path]
        if got[0] != counts or sorted(got[1]) != bad:
            wrong.append('%s: good, bad, unknown %s; second implementation %s' % (os.path.relpath(path, SHARED), got[0], counts))
        total.update(good=counts[0], bad=counts[1], unknown=counts[2], files=1)
        for kind, count in got[2].items():
            if count and kind not in ERROR_KINDS:
                kinds[kind] += count
                print('# %s: %d errors %s' % (os.path.relpath(path, SHARED), count, kind))
    for line in wrong[:20]:
        print('# ' + line)
    print('# %(files)d files, digests: %(good)d good, %(bad)d bad, %(unknown)d not checkable' % total)
    print('ok verify digests' if not wrong and total['good'] else 'not ok verify digests: %d files' % len(wrong))


def check_damaged(damaged):
    runs = [run(damaged, *flags.split()) for flags in ('-j 1', '-j 4 --chunk 64K', '-j 2 --chunk 4097')]
    same = all(r.stdout == runs[0].stdout for r in runs)
    good = same and all(r.returncode == 3 for r in runs)
    print('ok verify damaged' if good else 'not ok verify damaged: exit %s, %s' % (
        [r.returncode for r in runs], 'same output' if same else 'output differs'))


def main():
    if not os.path.isdir(os.path.join(SHARED, 'corpus')):
        print('skip verify digests: no shared corpus here')
        print('skip verify damaged: no shared corpus here')
        return
    sound, damaged = undamaged()
    check_sound(sound)
    check_damaged(damaged)


main()
