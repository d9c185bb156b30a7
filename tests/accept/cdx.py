#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Indexes (CDX, CDXJ): read as a second parser reads them, held against the archives, and without power over what is read.

Generated archives always; every index and WACZ of the shared data where it exists. Expected faults come from a member walk of
Python's own zlib.
"""
import collections
import gzip
import io
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import zipfile
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'reference'))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'make'))
import tables  # noqa: E402
from index_lines import CDX11, Line, differences, parse_index, unpacked  # noqa: E402
from warc import Archive, gzip_member, pseudo_bytes  # noqa: E402

SHARED = tables.SHARED
BENCH = os.path.join(ROOT, 'build', 'bench', 'bench')
TABLES = ('visits', 'contacts', 'cookies', 'jar', 'signals', 'aliases', 'archives', 'faults', 'counters')
UNLISTED = 'responses that the index of their archive does not list'
CHUNKS = ('64K', '128K', '192K', '64M')


def check(name, good, why=''):
    print('ok %s' % name if good else 'not ok %s: %s' % (name, why))


# --- the program ---

def program_lines(folder, text):
    path = os.path.join(folder, 'one.cdx')
    with open(path, 'wb') as f:
        f.write(text)
    out = subprocess.run([BENCH, 'cdx', '--list', path], check=True, stdout=subprocess.PIPE).stdout
    rows = [row.split('\t') for row in out.decode('utf-8', 'surrogateescape').split('\n')[:-1]]
    good = [Line(r[0], int(r[1]), int(r[2]) if r[2] else None, r[4]) for r in rows if r[0] != 'bad']
    return good, len(rows) - len(good)


def index_faults(index):
    return [(r['archive'], r['kind'], int(r['count']), int(r['offset'])) for r in tables.rows_of(index, 'faults') if r['stage'] == 'cdx']


def other_tables(index):
    """All tables without what an index adds to them."""
    extra = collections.Counter()
    for archive, _, count, _ in index_faults(index):
        extra[archive] += count
    rows = {table: tables.rows_of(index, table) for table in TABLES}
    rows['faults'] = [r for r in rows['faults'] if r['stage'] != 'cdx']
    rows['counters'] = [r for r in rows['counters'] if r['name'] != UNLISTED]
    for row in rows['archives']:
        row['faults'] = int(row['faults']) - extra[row['archive']]
    return rows


def unlisted(index):
    return tables.counters_of(index)[UNLISTED]


# --- generated ---

def make_member(archive, kind, number, block):
    archive.add([('WARC-Type', kind), ('WARC-Record-ID', archive.new_id()), ('WARC-Date', '2025-03-01T10:00:00Z'),
                 ('WARC-Target-URI', url_of(number)), ('Content-Type', 'application/http;msgtype=' + kind)], block)


def stored_member(data):
    """A gzip member whose content lies in it as it is, so that members inside look like members of the archive."""
    packer = zlib.compressobj(0, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def url_of(number):
    return 'http://www.borger-eksempel.dk/%d' % number


def make_archive(seed, count):
    """Requests and responses; sizes from a few hundred bytes to 100 kB; some hold an archive as a stored body."""
    rng, archive = random.Random(seed), Archive('cdx%d' % seed, '1.0')
    for number in range(count):
        make_member(archive, 'request', number, b'GET /%d HTTP/1.1\r\nHost: www.borger-eksempel.dk\r\n\r\n' % number)
        body = pseudo_bytes('%d/%d' % (seed, number), rng.choice((200, 3000, 20000, 100000)))
        if number % 7 == 3:
            body = nested()
        head = b'HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n' % (
            b'application/gzip' if number % 7 == 3 else rng.choice((b'text/html', b'image/png')), len(body))
        make_member(archive, 'response', number, head + body)
        if number % 7 == 3:
            archive.members[-1] = stored_member(gzip.decompress(archive.members[-1]))
    return archive


def nested():
    inner = Archive('inner', '1.0')
    for number in range(400):
        make_member(inner, 'request', number, b'GET / HTTP/1.1\r\n\r\n')
    return inner.bytes()


def right_lines(archive):
    lines, at = [], 0
    for i, member in enumerate(archive.members):
        if i % 2:
            lines.append(Line('made.warc.gz', at, len(member), url_of(i // 2)))
        at += len(member)
    return lines


def as_cdx(lines):
    return ('\n'.join([CDX11] + ['dk,borger-eksempel)/ 20250301100000 %s text/html 200 - - - %s %d %s' % (
        line.url, line.bytes or '-', line.at, line.file) for line in lines]) + '\n').encode()


def as_cdxj(lines):
    return ''.join('dk,borger-eksempel)/ 20250301100000 %s\n' % json.dumps(
        {'url': line.url, 'length': str(line.bytes), 'offset': line.at, 'filename': line.file}) for line in lines).encode()


def in_members(text, step):
    """Members that end anywhere, as block compressors make them."""
    return b''.join(gzip_member(text[at:at + step]) for at in range(0, len(text), step))


def encodings(lines):
    text = as_cdxj(lines)
    return {'CDX': as_cdx(lines), 'CDXJ': text, 'CDX in one gzip member': gzip_member(as_cdx(lines)),
            'CDXJ in members that cut lines': in_members(text, 1000), 'CDX without header': as_cdx(lines).split(b'\n', 1)[1]}


def inner_lines(made, lines):
    """Lines for the members that lie in the stored bodies: something begins there, but nothing of this archive."""
    data = made.bytes()
    for line in lines:
        member = data[line.at:line.at + line.bytes]
        if int(line.url.rsplit('/', 1)[1]) % 7 == 3:
            yield from (line._replace(at=line.at + found.start()) for found in re.finditer(rb'\x1f\x8b\x08', member) if found.start())


def wrong_indexes(made, lines, size):
    middle = lines[len(lines) // 2]
    inner = list(inner_lines(made, lines))

    def replaced(**changes):
        return [line._replace(**changes) if line == middle else line for line in lines]
    shuffled = lines[:]
    random.Random(5).shuffle(shuffled)
    return {
        'unsorted': (shuffled, []),
        'twice the same': (lines + lines, []),
        'half of the lines': (lines[::2], []),
        'another archive': (lines + [middle._replace(file='elsewhere.warc.gz', at=7)], []),
        'a path for the name': ([line._replace(file='/data/%s' % line.file) for line in lines], []),
        'one offset wrong': (replaced(at=middle.at + 1), [('CDX_PLACE', 1, middle.at + 1)]),
        'one length wrong': (replaced(bytes=middle.bytes + 1), [('CDX_LENGTH', 1, middle.at)]),
        'one URL wrong': (replaced(url='http://other.dk/'), [('CDX_URL', 1, middle.at)]),
        'an offset at the end': (lines + [middle._replace(at=size)], [('CDX_PLACE', 1, size)]),
        'an offset beyond the end': (lines + [middle._replace(at=size + 10 ** 12)], [('CDX_PLACE', 1, size + 10 ** 12)]),
        'members of archives in stored bodies': (inner, [('CDX_PLACE', len(inner), inner[0].at)]),
        'every offset wrong': ([line._replace(at=line.at + 3) for line in lines], [('CDX_PLACE', len(lines), lines[0].at + 3)]),
    }


def check_wrong(folder, name, text, archive, wanted, plain):
    path = os.path.join(folder, 'made.cdx')
    index = os.path.join(folder, 'with.index')
    with open(path, 'wb') as f:
        f.write(text)
    wrong = []
    for chunk in CHUNKS:
        tables.make_index(index, [archive, path], '-j2', '--chunk', chunk)
        got = [fault[1:] for fault in index_faults(index)]
        if got != wanted:
            wrong.append('--chunk %s: faults %r, not %r' % (chunk, got, wanted))
        if other_tables(index) != plain:
            wrong.append('--chunk %s: other tables than without the index' % chunk)
    check('index: ' + name, not wrong, '; '.join(wrong[:3]))


def check_generated(folder):
    made = make_archive(1, 60)
    archive, index = os.path.join(folder, 'made.warc.gz'), os.path.join(folder, 'plain.index')
    with open(archive, 'wb') as f:
        f.write(made.bytes())
    lines, size = right_lines(made), len(made.bytes())
    tables.make_index(index, [archive], '--chunk', '64M')
    plain = other_tables(index)
    for name, text in encodings(lines).items():
        check_wrong(folder, 'right, ' + name, text, archive, [], plain)
    for name, (wrong, wanted) in wrong_indexes(made, lines, size).items():
        check_wrong(folder, name, as_cdxj(wrong), archive, wanted, plain)
    with open(os.path.join(folder, 'made.cdx'), 'wb') as f:
        f.write(as_cdx(lines[:-5]))
    said = tables.make_index(index, [folder])
    check('index: responses it does not list are counted', unlisted(index) == 5, '%d' % unlisted(index))
    with open(os.path.join(folder, 'made.cdx'), 'wb') as f:
        f.write(as_cdx(lines) + b'hello\n' + as_cdx([line._replace(file='no.warc.gz') for line in lines[:3]]) + b'x y\n')
    said = tables.make_index(index, [folder])
    check('index: bad and foreign lines are said', '2 lines are no index lines, the first at offset %d' % len(as_cdx(lines)) in said
          and '3 lines are about archives' in said, said)


def check_nearest(folder):
    """Archives of one name: the index means the one it lies nearest to, and none when two are as near."""
    left, right = make_archive(2, 6), make_archive(3, 6)
    for name, made in (('left', left), ('right', right)):
        for sub in ('archive', 'indexes'):
            os.makedirs(os.path.join(folder, name, sub))
        with open(os.path.join(folder, name, 'archive', 'made.warc.gz'), 'wb') as f:
            f.write(made.bytes())
        with open(os.path.join(folder, name, 'indexes', 'index.cdxj'), 'wb') as f:
            f.write(as_cdxj(right_lines(made)))
    index = os.path.join(folder, 'near.index')
    tables.make_index(index, [folder])
    check('index: the nearest archive of a name is meant', not index_faults(index) and unlisted(index) == 0, repr(index_faults(index)))
    with open(os.path.join(folder, 'index.cdxj'), 'wb') as f:
        f.write(as_cdxj([Line('made.warc.gz', 5, 5, 'x')]))
    said = tables.make_index(index, [folder])
    check('index: of two as near none is meant', not index_faults(index) and '1 lines are about archives' in said, said)


def write_wacz(path, made, parts, method):
    with zipfile.ZipFile(path, 'w') as z:
        z.writestr('archive/made.warc.gz', made.bytes(), zipfile.ZIP_STORED)
        for name, data in parts.items():
            z.writestr('indexes/' + name, data, method)


def check_wacz(folder):
    """Indexes inside WACZ files: each is about its own archive, though all have the same name."""
    ways, wanted = {}, set()
    for number, method in enumerate((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)):
        made = make_archive(4 + number, 12)
        lines = right_lines(made)
        wrong = lines[number]._replace(at=lines[number].at + 1)
        lines[number] = wrong
        text = as_cdxj(lines)
        blocks = in_members(text, len(text) // 3)
        meta = '!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}\ndk,borger-eksempel)/ 20250301100000 {"offset": 0, "length": 9}\n'
        ways[f'{number}-plain.wacz'] = made, {'index.cdxj': text}, method, wrong.at
        ways[f'{number}-blocks.wacz'] = made, {'index.cdx.gz': blocks, 'index.idx': meta.encode()}, method, wrong.at
    for name, (made, parts, method, at) in ways.items():
        write_wacz(os.path.join(folder, name), made, parts, method)
        wanted.add((os.path.join(folder, name) + '!archive/made.warc.gz', 'CDX_PLACE', 1, at))
    index = os.path.join(folder, 'wacz.index')
    said = tables.make_index(index, sorted(os.path.join(folder, name) for name in ways))
    got = index_faults(index)
    check('index: inside a WACZ, stored and deflated, plain and in blocks', set(got) == wanted and len(got) == len(wanted), repr(got))
    check('index: nothing to say of a WACZ', 'lines' not in said, said)


# --- shared data ---

def index_texts():
    """(name, text) of every index in the shared data."""
    for top in ('corpus', 'crawl'):
        for at, _, names in sorted(os.walk(os.path.join(SHARED, top))):
            for name in sorted(names):
                path = os.path.join(at, name)
                if re.search(r'\.(cdxj?|idx)(\.gz)?$', name):
                    with open(path, 'rb') as f:
                        yield path, unpacked(f.read())
                elif name.endswith('.wacz') and zipfile.is_zipfile(path):
                    with zipfile.ZipFile(path) as z:
                        for part in z.namelist():
                            if re.search(r'\.(cdxj?|idx)(\.gz)?$', part):
                                yield '%s!%s' % (path, part), unpacked(z.read(part))


def check_second_parser(folder):
    wrong, files, count, bad_count = [], 0, 0, 0
    for name, text in index_texts():
        wanted, bad = parse_index(text)
        got, got_bad = program_lines(folder, text)
        files, count, bad_count = files + 1, count + len(wanted), bad_count + bad
        if got != wanted or got_bad != bad:
            wrong.append('%s: %d lines and %d bad, a second parser %d and %d' % (name, len(got), got_bad, len(wanted), bad))
    print('# %d indexes, %d lines, %d bad' % (files, count, bad_count))
    for line in wrong[:10]:
        print('# ' + line)
    check('shared indexes as a second parser reads them', files and not wrong, '%d differ' % len(wrong))


def below(folder, pattern):
    for at, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if re.search(pattern, name):
                with open(os.path.join(at, name), 'rb') as f:
                    yield os.path.join(at, name), f.read()


def wanted_of_folder(folder):
    archives = {os.path.basename(path): (path, data) for path, data in below(folder, r'\.warc(\.gz)?$')}
    lines = [line for path, data in below(folder, r'\.cdxj?(\.gz)?$') for line in parse_index(unpacked(data))[0]]
    return wanted_of(archives, lines)


def wanted_of(archives, lines):
    wanted, checked = {}, 0
    for base, (name, data) in archives.items():
        mine = [line for line in lines if os.path.basename(line.file) == base]
        checked += len(mine)
        for kind, count in differences(data, mine).items():
            wanted[name, kind] = count
    return wanted, checked


def groups_of_shared():
    """Folders in which names of archives are unique, with what their indexes get wrong."""
    corpus = os.path.join(SHARED, 'corpus')
    folders = ['webrecorder+pywb/sample_archive', 'ukwa+ukwa-pywb/integration-test/test-data']
    servo = os.path.join(corpus, 'servo+servo-warc-tests', 'collections')
    folders += [os.path.join('servo+servo-warc-tests/collections', name) for name in sorted(os.listdir(servo))]
    for folder in folders:
        yield folder, os.path.join(corpus, folder), *wanted_of_folder(os.path.join(corpus, folder))


def groups_of_wacz():
    for top in ('corpus', 'crawl'):
        for path, data in below(os.path.join(SHARED, top), r'\.wacz$'):
            if zipfile.is_zipfile(io.BytesIO(data)):
                with zipfile.ZipFile(io.BytesIO(data)) as z:
                    parts = {name: z.read(name) for name in z.namelist()}
                archives = {os.path.basename(name): (f'{path}!{name}', part) for name, part in parts.items()
                            if re.search(r'\.warc(\.gz)?$', name)}
                lines = [line for name, part in parts.items() if re.search(r'\.cdxj?(\.gz)?$', name)
                         for line in parse_index(unpacked(part))[0]]
                yield path, path, *wanted_of(archives, lines)


def check_group(index, path, wanted):
    wrong = []
    for chunk in ('64K', '64M'):
        tables.make_index(index, [path], '--chunk', chunk)
        got = {(archive, kind): count for archive, kind, count, _ in index_faults(index)}
        if got != wanted:
            wrong.append('%s, --chunk %s: %r, not %r' % (path, chunk, got, wanted))
    return wrong


def check_shared(folder, name, groups):
    wrong, checked, found = [], 0, 0
    for _, path, wanted, count in groups:
        wrong += check_group(os.path.join(folder, 'shared.index'), path, wanted)
        checked, found = checked + count, found + sum(wanted.values())
    print('# %s: %d lines held against their archives, %d of them wrong' % (name, checked, found))
    for line in wrong[:10]:
        print('# ' + line)
    check('%s: indexes and archives agree but where a second reader says so' % name, checked and not wrong, '%d differ' % len(wrong))


def main():
    subprocess.run(['make', '-s', 'build/bench/bench'], cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as folder:
        check_generated(folder)
    with tempfile.TemporaryDirectory() as folder:
        check_nearest(folder)
    with tempfile.TemporaryDirectory() as folder:
        check_wacz(folder)
    if not os.path.isdir(os.path.join(SHARED, 'corpus')):
        print('skip cdx: no shared corpus here')
        return
    with tempfile.TemporaryDirectory() as folder:
        check_second_parser(folder)
        check_shared(folder, 'files', groups_of_shared())
        check_shared(folder, 'WACZ', groups_of_wacz())


main()
