#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""An archive in a container or a wrapping gives the rows of the archive itself, whatever the container; damage to it stays local.

Rows are compared after the archive's name was replaced; `record` must take the names and offsets as they are printed. Runs on the
demonstration estate, which is made here.
"""
import collections
import os
import random
import shutil
import signal
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
for place in ('reference', 'make'):
    sys.path.insert(0, os.path.join(ROOT, 'tests', place))
import containers as make  # noqa: E402
import tables  # noqa: E402

TABLES = ('visits', 'contacts', 'cookies', 'jar', 'signals', 'aliases')
KILLS = 6
BOMB_MIB, BOMB_PEAK_MIB = 600, 160
FIRST, SECOND = 'wget/U18-wget-00000.warc.gz', 'capture/U05-20261009-0.warc.gz'
DEEP = 12

Variant = collections.namedtuple('Variant', 'name content faults', defaults=([],))
NO_DIRECTORY = ['DIRECTORY']


def rows(index, names):
    """Rows of all tables; archive names are replaced by the one of `names` they end in."""
    out = []
    for table in TABLES:
        for row in tables.rows_of(index, table):
            row['archive'] = next((name for name in names if row['archive'].endswith(name)), names[0])
            out.append((table,) + tuple(row.values()))
    return sorted(out)


def record(archive, offset, given=None):
    command = [tables.PROGRAM, 'record', archive, offset]
    return subprocess.run(command, input=given, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False).stdout


def write(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, 'wb') as file:
        file.write(data)
    return path


def plain(data):
    out = b''
    while data:
        unpacker = zlib.decompressobj(31)
        try:
            out += unpacker.decompress(data)
        except zlib.error:  # the estate has a damaged archive, too
            break
        data = unpacker.unused_data
    return out


def singles(packed, bare):
    """One archive in one wrapping, or as the one member of a container: names end in what the plain file is called."""
    for suffix, wrap in make.WRAPPINGS.items():
        yield Variant(f'warc.{suffix}', wrap(bare) if suffix != 'gz' else wrap(packed))
        yield Variant(f'warc.gz.{suffix}', wrap(packed))
    half = len(bare) // 2
    yield Variant('two streams.bz2', make.WRAPPINGS['bz2'](bare[:half]) + make.WRAPPINGS['bz2'](bare[half:]))
    yield Variant('bz2 in xz', make.WRAPPINGS['xz'](make.WRAPPINGS['bz2'](bare)))
    for name, data in (('a.warc.gz', packed), ('a.warc', bare)):
        files = [(name, data)]
        yield Variant(f'{name} in a WACZ', make.wacz(files))
        yield Variant(f'{name} deflated in a WACZ', make.wacz(files, method=zipfile.ZIP_DEFLATED))
        yield Variant(f'{name} in a ZIP64', make.wacz(files, zip64=True))
        yield Variant(f'{name} in a ZIP', make.zipped([('notes.txt', b'x' * 5000)] + files))
        yield Variant(f'{name} in a WACZ without directory', make.without_directory(make.wacz(files)), NO_DIRECTORY)
        for method in (0, 8):
            for signature in (True, False):
                streamed = make.streamed_zip([('archive/' + name, data), ('fuzzy.json', b'{}')], signature, method)
                yield Variant(f'{name} in a streamed WACZ without directory, method {method}, signature {signature}', streamed, NO_DIRECTORY)
        yield Variant(f'{name} in a tar of before POSIX', make.old_tar(files))
        yield Variant(f'{name} in a WACZ in a WACZ', make.zipped([('a.wacz', make.wacz(files)), ('datapackage.json', b'{}')]))
        yield Variant(f'{name} in a WACZ in a tar.xz', make.WRAPPINGS['xz'](make.tar([('b/a.wacz', make.wacz(files))])))
        yield Variant(f'{name}.bz2 in a tar', make.tar([(name + '.bz2', make.WRAPPINGS['bz2'](data))]))


def packs(files):
    """Several archives in one tar; more in it is no news."""
    others = [('README', b'about these files\n' * 50), ('image.png', b'\x89PNG\r\n\x1a\n' + bytes(3000)), ('empty', b'')]
    long_names = [('x' * 150 + '/' + name, data) for name, data in files]
    styles = (('ustar', tarfile.USTAR_FORMAT, files), ('GNU', tarfile.GNU_FORMAT, long_names), ('pax', tarfile.PAX_FORMAT, long_names))
    for name, style, given in styles:
        yield Variant(f'{name} tar', make.tar(others + given, style))
    whole = make.tar(files + others)
    for suffix, wrap in make.WRAPPINGS.items():
        yield Variant(f'tar.{suffix}', wrap(whole))
    if shutil.which('zstd'):
        yield Variant('tar.zst', subprocess.run(['zstd', '-q', '-c'], input=whole, stdout=subprocess.PIPE, check=True).stdout)
    yield Variant('two tars, one behind the other', make.tar(files[:1]) + make.tar(files[1:]))
    yield Variant('ZIP', make.zipped(files + others, method=zipfile.ZIP_DEFLATED))


def compare(folder, variant, wanted, names, records):
    """What differs between a container and its content read as it is; None when nothing does."""
    path = write(folder, 'container', variant.content)
    index = os.path.join(folder, 'container.index')
    said = tables.make_index(index, [path])
    if said.count('\n') > 1 + len(variant.faults):
        return said
    got = rows(index, names)
    if got != wanted:
        return f'{len(got)} rows instead of {len(wanted)}, {len(set(got) ^ set(wanted))} differ'
    faults = [row['kind'] for row in tables.rows_of(index, 'faults')]
    if faults != variant.faults:
        return f'faults are {faults}'
    for row in tables.rows_of(index, 'visits')[:DEEP]:
        if record(row['archive'], row['offset']) not in records:
            return f'record {row["archive"]} {row["offset"]} prints something else'
    return None


def read_plain(folder, files):
    """(rows, what `record` prints of every visit) of files as they are."""
    place = os.path.join(folder, 'plain')
    shutil.rmtree(place, ignore_errors=True)
    os.mkdir(place)
    paths = [write(place, name, data) for name, data in files]
    index = os.path.join(folder, 'plain.index')
    tables.make_index(index, paths)
    return (rows(index, [name for name, _ in files]),
            {record(row['archive'], row['offset']) for row in tables.rows_of(index, 'visits')})


def check(name, wrong):
    wrong = [line for line in wrong if line]
    for line in wrong[:10]:
        print('# ' + line.strip()[:300])
    print(f'not ok {name}: {len(wrong)} differ' if wrong else f'ok {name}')


def check_singles(folder, packed):
    bare = plain(packed)
    wanted = {}
    for name, data in (('a.warc.gz', packed), ('a.warc', bare)):
        wanted[name] = read_plain(folder, [(name, data)])
    wrong, count = [], 0
    for variant in singles(packed, bare):
        name = 'a.warc.gz' if 'warc.gz' in variant.name or variant.name == 'warc.gz' else 'a.warc'
        why = compare(folder, variant, wanted[name][0], [name], wanted[name][1])
        wrong.append(why and f'{variant.name}: {why}')
        count += 1
    check(f'an archive in {count} containers and wrappings gives its own rows', wrong)


def check_packs(folder, files):
    names = [name for name, _ in files]
    wanted, records = read_plain(folder, files)
    variants = list(packs(files))
    wrong = [(lambda why: why and f'{v.name}: {why}')(compare(folder, v, wanted, names, records)) for v in variants]
    check(f'{len(files)} archives in {len(variants)} containers give the rows of a folder', wrong)


def check_input(folder, packed):
    """Standard input, and `record` from it."""
    wanted, records = read_plain(folder, [('-', packed)])
    index = os.path.join(folder, 'input.index')
    command = [tables.PROGRAM, 'index', '-q', '--progress', 'never', '--year', '2026', '-o', index, '-']
    wrong = []
    for _ in range(2):  # a finished index of another stream is no reason not to read this one
        subprocess.run(command, input=packed, check=True)
    if rows(index, ['-']) != wanted:
        wrong.append('other rows')
    for row in tables.rows_of(index, 'visits')[:DEEP]:
        if record(row['archive'], row['offset'], packed) not in records:
            wrong.append(f'record {row["archive"]} {row["offset"]} prints something else')
    check('standard input', wrong)


def summary(folder, data):
    """(set of rows, faults by kind, sum of bytes that were not understood)."""
    index = os.path.join(folder, 'damaged.index')
    tables.make_index(index, [write(folder, 'container', data)])
    counters = tables.counters_of(index)
    return (set(rows(index, ['a.warc.gz', 'b.warc.gz'])), {row['kind'] for row in tables.rows_of(index, 'faults')},
            counters['archive bytes not understood'], counters)


def check_damage(folder, first, second):
    files = [('a.warc.gz', first), ('b.warc.gz', second)]
    whole = make.tar(files, folder=False)
    both, none, _, _ = summary(folder, whole)
    only_first = {row for row in both if 'a.warc.gz' in row}
    wrong = [none and f'the sound one: {none}']
    second_at = 512 + (len(first) + 511) // 512 * 512
    flipped = bytearray(whole)
    flipped[second_at + 3] ^= 0xff
    got, faults, _, _ = summary(folder, bytes(flipped))
    wrong.append(None if len(got) == len(both) and 'DIRECTORY' in faults else f'a damaged header: {len(got)} of {len(both)}, {faults}')
    got, faults, _, _ = summary(folder, whole[:second_at + 512 + len(second) // 2])
    wrong.append(None if only_first <= got and 'TRUNCATED' in faults else f'a cut tar: {faults}')
    zipped = make.wacz(files)
    got, faults, _, _ = summary(folder, zipped[:zipped.index(b'archive/b') + len(second) // 2])
    wrong.append(None if only_first <= got and faults >= {'DIRECTORY', 'TRUNCATED'} else f'a cut WACZ: {faults}')
    got, faults, lost, _ = summary(folder, make.encrypted(zipped, 'archive/b.warc.gz'))
    wrong.append(None if got == only_first and faults == {'CONTAINER'} and lost == len(second) else f'an encrypted member: {faults}, {lost}')
    wrong.append(None if summary(folder, whole + b'garbage' * 100)[2] == 700 else 'garbage behind a tar is not counted')
    check('damage to a container is named, and what it does not touch is read', wrong)


def check_cut_wrappings(folder, bare):
    """libarchive keeps the last 64 KiB before damage to itself, bzip2 a whole block of 900 kB."""
    wrong = []
    for suffix in ('bz2', 'xz', 'lz4'):
        packed = make.WRAPPINGS[suffix](bare)
        counters, faults = summary(folder, packed)[3], summary(folder, packed)[1]
        wrong.append(faults and f'sound {suffix}: {faults}')
        _, faults, lost, cut = summary(folder, packed[:len(packed) * 3 // 4])
        good = counters['records'] // 8 < cut['records'] < counters['records'] and faults & {'TRUNCATED', 'CORRUPT'}
        wrong.append(None if good else f'cut {suffix}: {cut["records"]} of {counters["records"]} records, {faults}')
        _, faults, lost, more = summary(folder, packed + b'trailing garbage')
        good = more['records'] > counters['records'] * 9 // 10 and lost and faults
        wrong.append(None if good else f'garbage behind {suffix}: {more["records"]} of {counters["records"]} records, {faults}, {lost}')
    check('damaged wrappings give what was unpacked before', wrong)


def check_kills(folder, files):
    """Killed in the middle of a tar.xz and started again: as if nothing had happened."""
    path = write(folder, 'all.tar.xz', make.WRAPPINGS['xz'](make.tar(files)))
    index, seed = os.path.join(folder, 'killed.index'), random.randrange(1 << 20)
    command = [tables.PROGRAM, 'index', '-q', '--progress', 'never', '--chunk', '64K', '-j2', '--year', '2026', '-o', index, path]
    begin = time.monotonic()
    subprocess.run(command + ['--restart'], check=True)
    whole, wanted, rng, wrong, hit = time.monotonic() - begin, tables.text_of(index, 'contacts'), random.Random(seed), [], 0
    for _ in range(KILLS):
        child = subprocess.Popen(command + ['--restart'])
        time.sleep(rng.uniform(0.2, 0.9) * whole)
        child.send_signal(signal.SIGKILL)
        hit += child.wait() == -signal.SIGKILL
        subprocess.run(command, check=True)
        wrong.append(None if tables.text_of(index, 'contacts') == wanted else 'other contacts')
    check(f'a tar.xz killed {KILLS} times goes on (seed {seed}, {hit} hit it running)', wrong)


def check_bomb(folder):
    """A small bzip2 of a huge record: the disk holds it, memory does not."""
    body = BOMB_MIB << 20
    head = (b'WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:1>\r\nWARC-Target-URI: https://a.example/\r\n'
            b'WARC-Date: 2026-10-01T08:00:00Z\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n')
    http = b'HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n'
    packer = make.bz2.BZ2Compressor()
    packed = packer.compress(head % (len(http) + body) + http)
    for _ in range(BOMB_MIB):
        packed += packer.compress(bytes(1 << 20))
    path = write(folder, 'bomb.warc.bz2', packed + packer.compress(b'\r\n\r\n') + packer.flush())
    index = os.path.join(folder, 'bomb.index')
    child = subprocess.Popen([tables.PROGRAM, 'index', '-q', '--progress', 'never', '-j2', '--year', '2026', '-o', index, path])
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = status
    peak = usage.ru_maxrss >> 10
    print(f'# {os.path.getsize(path)} bytes of bzip2 to {body}: peak {peak} MiB')
    good = status == 0 and peak <= BOMB_PEAK_MIB and tables.counters_of(index)['records'] == 1
    check('memory does not grow with what is unpacked', [None if good else f'status {status}, peak {peak} MiB'])


def main():
    with tempfile.TemporaryDirectory() as folder:
        estate = os.path.join(folder, 'estate')
        subprocess.run([sys.executable, os.path.join(ROOT, 'tests', 'make', 'estate.py'), estate], check=True, stdout=subprocess.DEVNULL)
        files = {name: open(os.path.join(estate, '2026', name), 'rb').read() for name in (FIRST, SECOND)}
        below = [os.path.join(at, name) for at, _, names in os.walk(os.path.join(estate, '2026')) for name in names if name.endswith('.warc.gz')]
        check_singles(folder, files[FIRST])
        check_packs(folder, [('a.warc.gz', files[FIRST]), ('b.warc', plain(files[SECOND]))])
        check_input(folder, files[FIRST])
        check_damage(folder, files[FIRST], files[SECOND])
        check_cut_wrappings(folder, b''.join(plain(open(path, 'rb').read()) for path in sorted(below)) * 3)
        check_kills(folder, [(os.path.basename(path), open(path, 'rb').read()) for path in sorted(below)])
        check_bomb(folder)


main()
