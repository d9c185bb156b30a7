#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The same inputs give the same bytes: any thread count, chunk size and order of inputs, and after being killed and restarted.

Runs on the shared crawls where they exist, else on the demonstration estate. The seed of the random moments is printed.
"""
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'make'))
from warc import Archive  # noqa: E402

SHARED = os.environ.get('TREDJEPART_SHARED', os.path.join(ROOT, '..', 'shared'))
PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
TABLES = ('visits', 'contacts', 'cookies', 'jar', 'signals', 'aliases', 'archives', 'faults', 'counters')
KILLS = 20


def make_estate(folder):
    subprocess.run([sys.executable, os.path.join(ROOT, 'tests', 'make', 'estate.py'), folder], check=True, stdout=subprocess.DEVNULL)
    return folder


def archives_below(folder):
    return sorted(os.path.join(at, name) for at, _, names in os.walk(folder) for name in names
                  if name.endswith(('.warc', '.warc.gz', '.wacz')))


def index_command(index, year, paths, *options):
    return [PROGRAM, 'index', '-q', '--progress', 'never', '--year', year, '-o', index, *options, *paths]


def tables(index):
    digest = hashlib.sha256()
    for table in TABLES:
        digest.update(subprocess.run([PROGRAM, 'show', table, index], check=True, stdout=subprocess.PIPE).stdout)
    return digest.hexdigest()


def folder_digest(folder):
    """All files of a report but provenance.json, which tells times and commands."""
    digest = hashlib.sha256()
    for path in sorted(os.path.join(at, n) for at, _, names in os.walk(folder) for n in names if n != 'provenance.json'):
        digest.update(os.path.relpath(path, folder).encode() + b'\0' + open(path, 'rb').read())
    return digest.hexdigest()


def report(folder, registers, indexes):
    out = os.path.join(folder, 'report')
    subprocess.run([PROGRAM, 'report', '-q', '--registers', registers, '-o', out, *indexes], check=True)
    return folder_digest(out)


def check(name, good, why=''):
    print('ok %s' % name if good else 'not ok %s: %s' % (name, why))


def variants(paths, seed):
    shuffled = paths[:]
    random.Random(seed).shuffle(shuffled)
    return [('-j1 --chunk 64K', ['-j1', '--chunk', '64K'], paths), ('-j8 --chunk 64K', ['-j8', '--chunk', '64K'], paths),
            ('-j1 --chunk 64M', ['-j1', '--chunk', '64M'], paths), ('-j8 --chunk 64M', ['-j8', '--chunk', '64M'], paths),
            ('inputs reversed', ['-j2'], paths[::-1]), ('inputs shuffled', ['-j3', '--chunk', '128K'], shuffled)]


def plain_warc(records):
    """As text: (URL, block of its response) each."""
    archive = Archive(len(records), '1.0')
    for url, block in records:
        archive.add([('WARC-Type', 'response'), ('WARC-Record-ID', archive.new_id()), ('WARC-Target-URI', url),
                     ('WARC-Date', '2026-10-01T08:00:00Z'), ('Content-Type', 'application/http; msgtype=response')], block)
    return b''.join(zlib.decompress(member, 31) for member in archive.members)


def archive_in_archive(folder):
    """What ranges in the midst of a record take for records of their own is forgotten again."""
    def page(n):
        return (b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<img src="https://t%d.example/x.png">' % n) + b'x' * 2000
    inner = plain_warc([('https://inner.example/%d' % n, page(n)) for n in range(400)])
    outer = [('https://outer.example/1', page(1)), ('https://outer.example/a.warc', b'HTTP/1.1 200 OK\r\nContent-Type: application/warc\r\n\r\n' + inner),
             ('https://outer.example/2', page(2))]
    path = os.path.join(folder, 'nested.warc')
    with open(path, 'wb') as file:
        file.write(plain_warc(outer))
    found = []
    for options in (['-j1', '--chunk', '64M'], ['-j2', '--chunk', '64K'], ['-j8', '--chunk', '128K']):
        index = os.path.join(folder, 'nested.index')
        done = subprocess.run(index_command(index, '2026', [path], '--restart', *options), check=False, stderr=subprocess.PIPE)
        found.append(tables(index) if done.returncode == 0 else done.stderr.decode()[-200:])
    check('an archive in an archive, several ranges long', len(set(found)) == 1, ' | '.join(found))


def kill_and_go_on(folder, paths, wanted, seed):
    rng = random.Random(seed)
    index = os.path.join(folder, 'killed.index')
    command = index_command(index, '2026', paths, '-j2', '--chunk', '64K')
    start = time.monotonic()
    subprocess.run(command + ['--restart'], check=True)
    whole = time.monotonic() - start
    wrong, hit = [], 0
    for i in range(KILLS):
        child = subprocess.Popen(command + ['--restart'])
        moment = rng.uniform(0, whole)
        time.sleep(moment)
        child.send_signal(signal.SIGKILL)
        hit += child.wait() == -signal.SIGKILL
        subprocess.run(command, check=True)
        if tables(index) != wanted:
            wrong.append('%.3f s' % moment)
    check('killed %d times at random moments and restarted (seed %d, %d hit it running)' % (KILLS, seed, hit),
          not wrong and hit > 0, 'differs after a kill at ' + ', '.join(wrong))


def interrupt(folder, paths):
    index = os.path.join(folder, 'stopped.index')
    command = index_command(index, '2026', paths * 1, '-j2', '--chunk', '64K', '--restart')
    child = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    while child.poll() is None and not os.path.exists(index + '.work'):  # it has begun
        time.sleep(0.001)
    start = time.monotonic()
    child.send_signal(signal.SIGINT)
    status = child.wait()
    took = time.monotonic() - start
    check('Ctrl-C ends within a second', status in (0, 130) and took < 1, 'status %d after %.2f s' % (status, took))


def main():
    seed = int(os.environ.get('SEED', random.SystemRandom().randrange(10 ** 6)))
    with tempfile.TemporaryDirectory() as folder:
        estate = make_estate(os.path.join(folder, 'estate'))
        shared = os.path.join(SHARED, 'crawl', '2026')
        paths = archives_below(shared if os.path.isdir(shared) else os.path.join(estate, '2026'))
        print('# %d archives of %s' % (len(paths), 'the shared crawls' if os.path.isdir(shared) else 'the demonstration estate'))
        index = os.path.join(folder, 'first.index')
        subprocess.run(index_command(index, '2026', paths), check=True)
        wanted, wanted_bytes = tables(index), open(index, 'rb').read()
        for name, options, order in variants(paths, seed):
            subprocess.run(index_command(index, '2026', order, '--restart', *options), check=True)
            check('same tables and index: ' + name, tables(index) == wanted and open(index, 'rb').read() == wanted_bytes, 'differ')
        kill_and_go_on(folder, paths, wanted, seed)
        interrupt(folder, paths)
        archive_in_archive(folder)
        reports = set()
        for options in (['-j1', '--chunk', '64K'], ['-j8', '--chunk', '64M']):
            indexes = []
            for year in ('2025', '2026'):
                indexes.append(os.path.join(folder, year + '.index'))
                subprocess.run(index_command(indexes[-1], year, [os.path.join(estate, year)], '--restart', *options), check=True)
            reports.add(report(folder, os.path.join(estate, 'registers'), indexes))
            reports.add(report(folder, os.path.join(estate, 'registers'), indexes[::-1]))
        check('same report for any threads, chunks and order of indexes', len(reports) == 1, '%d different ones' % len(reports))


main()
