#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""memory.py [WORD...] - peak memory of hostile inputs (those with one of the words in their name) at -j2.

Each would need far more if it were held: it must stay below the bound.

The bound without --memory: for each worker and the spare one a window of an inflated member (72 MiB) and two stages of a decoded body
(64 MiB each), and 96 MiB for everything else, of which the archive's own pages that are being read are the larger part. With --memory
SIZE: SIZE and those 96 MiB.
"""
import bz2
import os
import resource
import struct
import subprocess
import sys
import tempfile
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
MIB = 1 << 20
REST, WORKERS = 96, 3
BOUND = WORKERS * (72 + 64 + 64) + REST
SMALL = ('--memory', '120M')
HEAD = 'WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:x:{0}>\r\nWARC-Target-URI: https://a.example/{0}\r\n' \
       'WARC-Date: 2026-10-01T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: {1}\r\n\r\n'
MANY_REFERENCES = b''.join(b'<img src=//h%d.dk/>' % number for number in range(66000))
PAGE = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>hello<img src="https://t.example/x.png">'


def member(pieces, level=6):
    """A gzip member of bytes that are never held at once."""
    packer, crc, length = zlib.compressobj(level, zlib.DEFLATED, -15), 0, 0
    out = [b'\x1f\x8b\x08\0\0\0\0\0\0\xff']
    for piece in pieces:
        crc, length = zlib.crc32(piece, crc), length + len(piece)
        out.append(packer.compress(piece))
    return b''.join(out + [packer.flush(), struct.pack('<II', crc, length & 0xffffffff)])


def record(name, head, piece, count):
    yield HEAD.format(name, len(head) + len(piece) * count).encode() + head
    for _ in range(count):
        yield piece
    yield b'\r\n\r\n'


def answer(mime, extra=''):
    return f'HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\n{extra}\r\n'.encode()


def last():
    return member(record('last', PAGE, b'', 0))


def write_sparse(path):
    """A plain record of 6 GiB that takes no room on the disk."""
    body, head = 6 << 30, answer('video/mp4')
    with open(path, 'wb') as out:
        out.write(HEAD.format('huge', len(head) + body).encode() + head)
        out.seek(body, os.SEEK_CUR)
        out.write(b'\r\n\r\n' + b''.join(record('last', PAGE, b'', 0)))


def write_long_member(path):
    """A member of more than 4 GiB, row 16 of formats.md: its ISIZE has wrapped. The deflate of its body is one block again and again."""
    head, body, count = answer('video/mp4'), bytes(MIB), 4100
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    start = HEAD.format('long', len(head) + MIB * count).encode() + head
    out = [b'\x1f\x8b\x08\0\0\0\0\0\0\xff', packer.compress(start), packer.flush(zlib.Z_FULL_FLUSH)]
    out += [packer.compress(body) + packer.flush(zlib.Z_FULL_FLUSH)] * count
    out += [packer.compress(b'\r\n\r\n'), packer.flush()]
    crc = zlib.crc32(start)
    for _ in range(count):
        crc = zlib.crc32(body, crc)
    length = len(start) + MIB * count + 4
    write(path, b''.join(out) + struct.pack('<II', zlib.crc32(b'\r\n\r\n', crc), length & 0xffffffff) + last())


def write(path, data):
    with open(path, 'wb') as out:
        out.write(data)


def bomb():
    """HTML that is gzip of gzip of zeros: small in every stage but the last."""
    return member([member(b'<p>' * 100000 for _ in range(1400))])


def write_bzip2(path):
    """Half a GB of zeros behind a record, in a few hundred bytes."""
    packer = bz2.BZ2Compressor()
    with open(path, 'wb') as out:
        for piece in (*record('last', PAGE, b'', 0), *record('zeros', answer('text/html'), bytes(MIB), 512)):
            out.write(packer.compress(piece))
        out.write(packer.flush())


CASES = {  # name: (how to write it, what must be there)
    '431 MB of HTML in a member of a MB': lambda p: write(p, member(record('big', answer('text/html'), b'<p>x</p>' * 1000, 53875)) + last()),
    '431 MB of image in a member of a MB': lambda p: write(p, member(record('big', answer('image/png'), b'<p>x</p>' * 1000, 53875)) + last()),
    'a plain record of 6 GiB': write_sparse,
    'a gzip member of 4100 MiB': write_long_member,
    'a bzip2 of 537 MB': write_bzip2,
    'a body that inflates twice': lambda p: write(p, member(record('bomb', answer('text/html', 'Content-Encoding: gzip, gzip\r\n') + bomb(), b'', 0)) + last()),
    '96 Set-Cookie lines': lambda p: write(p, member(record('cookies', answer('text/html', ''.join(
        f'Set-Cookie: c{i}={"v" * 3000}; Path=/; Secure\r\n' for i in range(96))), b'<p>', 1)) + last()),
    '10 000 header lines': lambda p: write(p, member(record('lines', answer('text/html', ''.join(
        f'X-Line-{i}: {i}\r\n' for i in range(9990))), b'<p>', 1)) + last()),
    '300 MB of records in one member': lambda p: write(p, member(b''.join(piece) for piece in (
        record(n, answer('text/html'), b'<p>x</p>' * 1000, 40) for n in range(900)))),
    '120 pages of 66 000 references in one member': lambda p: write(p, last() + member((b''.join(
        record(n, answer('text/html'), MANY_REFERENCES, 1)) for n in range(120)), 1)),
}


def peak_mib(command):
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    return os.waitstatus_to_exitcode(status), usage.ru_maxrss / 1024


def shown(table, index):
    return subprocess.run([PROGRAM, 'show', table, index], stdout=subprocess.PIPE, check=False).stdout


def check(name, path, index, options, bound):
    command = [PROGRAM, 'index', '-q', '--restart', '-j2', '--progress', 'never', '--year', '2026', '-o', index, *options, path]
    status, peak = peak_mib(command)
    contacts = shown('contacts', index)
    there = name.startswith('300') or b'https://a.example/last\tt.example' in contacts
    is_cut = any(word in name for word in ('HTML', 'twice', 'bzip2', 'references'))  # what a limit cuts is a fault
    faults = shown('faults', index).count(b'\n') - 1
    why = f'exit status {status}' if status else 'the page behind it is missing' if not there else \
        f'{faults} faults' if (faults > 0) != is_cut else f'{peak:.0f} MiB, more than {bound}' if peak > bound else ''
    label = name + (' with ' + ' '.join(options) if options else '')
    print(f'not ok memory: {label}: {why}' if why else f'ok memory: {label}')
    print(f'# {peak:.0f} MiB of {bound} {label}')


def main():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory(dir=os.path.join(ROOT, 'build')) as folder:
        path, index = os.path.join(folder, 'hostile.warc.gz'), os.path.join(folder, 'i')
        for name, make in CASES.items():
            if sys.argv[1:] and not any(word in name for word in sys.argv[1:]):
                continue
            make(path)
            check(name, path, index, (), BOUND)
            if 'HTML' in name or 'inflates' in name:
                check(name, path, index, SMALL, 120 + REST)
            if '4100' in name:
                check(name, path, index, ('--complete',), BOUND)


sys.exit(main())
