#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""complete.py [--seed N] [--files N]: tables are the same whether bodies nobody needs are skipped or inflated.

On every archive of the shared corpus and crawls, and on generated ones: all framings, levels and line ends, and downloads crafted to hide
or forge records - a stored body that holds a whole archive, with the trailer length of its own member before each of the inner ones, once
and many times, with and without something else behind the true end. Of the counters only those that count skips may differ.
"""
import argparse
import os
import random
import struct
import subprocess
import tempfile
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
SHARED = os.environ.get('TREDJEPART_SHARED', os.path.join(ROOT, '..', 'shared'))
FORGED = 'forged.example'
TABLES = ('visits', 'contacts', 'cookies', 'jar', 'signals', 'aliases', 'archives', 'faults')
TYPES = ('image/jpeg', 'image/png', 'video/mp4', 'font/woff2', 'application/pdf', 'text/html', 'text/css', 'text/javascript', '')


def member(data, level=6):
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return (b'\x1f\x8b\x08\0\0\0\0\0\0\xff' + packer.compress(data) + packer.flush()
            + struct.pack('<II', zlib.crc32(data), len(data) & 0xffffffff))


def record(kind, url, block, line_ends=b'\r\n\r\n', **more):
    fields = {'WARC-Type': kind, 'WARC-Record-ID': f'<urn:x:{zlib.crc32(url.encode() + block):08x}>', 'WARC-Target-URI': url,
              'WARC-Date': '2026-10-01T08:00:00Z', 'Content-Type': f'application/http; msgtype={kind}', **more,
              'Content-Length': len(block)}
    return 'WARC/1.1\r\n'.encode() + ''.join(f'{k}: {v}\r\n' for k, v in fields.items()).encode() + b'\r\n' + block + line_ends


def answer(url, mime, body, **more):
    head = 'HTTP/1.1 200 OK\r\nSet-Cookie: a=1; Secure\r\n' + (f'Content-Type: {mime}\r\n' if mime else '') + '\r\n'
    return record('response', url, head.encode() + body, **more)


def page(host):
    return f'<!DOCTYPE html><title>x</title><img src="https://{host}/i.png"><p>{"text " * 40}</p>'.encode()


def body_of(dice, mime):
    size = dice.choice((100, 5000, 20000, 40000, 70000))
    if mime.startswith('text/'):
        return (page(f'h{dice.randrange(50)}.example') + b'<p>filler</p>' * (size // 13))[:size + 200]
    return dice.randbytes(size // 2) + bytes(dice.choices(range(40), k=size // 2))


def ordinary(dice, number):
    """Every framing that is allowed, mixed."""
    out, held = [member(record('warcinfo', 'x', b'software: browser\r\n'))], b''
    for turn in range(dice.randrange(3, 9)):
        mime = dice.choice(TYPES)
        url = f'https://s{number}.example/{turn}'
        data = answer(url, mime, body_of(dice, mime), line_ends=dice.choice((b'', b'\r\n', b'\r\n\r\n', b'\r\n\r\n', b'\n\n')))
        held += data if held.endswith(b'\n') or not held else b'\r\n\r\n' + data
        if dice.random() < 0.85:
            out.append(member(held, dice.choice((0, 1, 6, 9))))
            held = b''
        if dice.random() < 0.1:
            out.append(dice.choice((b'\0' * dice.randrange(1, 600), member(b''), dice.randbytes(40))))
    return b''.join(out) + (member(held) if held else b'')


def crafted(dice, number):
    """A stored download whose bytes claim, before each inner member, that the outer one ends there."""
    times, behind = dice.choice((1, 2, 20)), dice.choice((b'', b'\0' * 64, b'no archive'))
    inner = member(record('request', f'https://{FORGED}/', f'GET / HTTP/1.1\r\nHost: {FORGED}\r\n\r\n'.encode())
                   + answer(f'https://{FORGED}/', 'text/html', page('t.' + FORGED)))
    url, line_ends = f'https://s{number}.example/load', dice.choice((b'', b'\r\n', b'\r\n\r\n'))
    filler = dice.randbytes(dice.randrange(20000, 30000))
    blank = filler + (b'----' + inner) * times
    length = len(answer(url, 'application/zip', blank, line_ends=line_ends))
    body = filler + (struct.pack('<I', length) + inner) * times
    outer = answer(url, 'application/zip', body, line_ends=line_ends)
    assert len(outer) == length
    return (member(record('warcinfo', 'x', b'software: browser\r\n')) + member(outer, 0) + behind
            + member(answer(f'https://s{number}.example/', 'text/html', page(f'after{number}.example'))))


def tables(paths, folder, mode):
    index = os.path.join(folder, 'i' + mode)
    subprocess.run([PROGRAM, 'index', '-q', '--restart', '--progress', 'never', '--year', '2026', '-o', index] + ([mode] if mode else [])
                   + paths, check=True, stderr=subprocess.DEVNULL)
    return {table: subprocess.run([PROGRAM, 'show', table, index], check=True, stdout=subprocess.PIPE).stdout.decode('utf-8', 'replace')
            for table in TABLES + ('counters',)}


def compare(name, paths, folder):
    got, whole = tables(paths, folder, ''), tables(paths, folder, '--complete')
    bad = [table for table in TABLES if got[table] != whole[table]]
    lines = [set(t['counters'].splitlines()) for t in (got, whole)]
    bad += sorted(line for line in lines[0] ^ lines[1] if not line.startswith(('members w', 'archive bytes of members')))
    print(f'ok {name}' if not bad else f'not ok {name}: differs: ' + '; '.join(bad)[:300])
    for line in sorted(lines[0]):
        if ' end' in line and line.startswith('members'):
            print(f'# {name}: ' + line.replace('\t', ' '))
    return got


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('--seed', type=int, default=int(os.environ.get('SEED', 1)))
    parser.add_argument('--files', type=int, default=1000)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        shared = [p for p in (os.path.join(SHARED, 'corpus'), os.path.join(SHARED, 'crawl')) if os.path.isdir(p)]
        if shared:
            compare('skipping and inflating: shared archives', shared, folder)
        else:
            print('skip skipping and inflating: shared archives: none here')
        made = os.path.join(folder, 'made')
        os.mkdir(made)
        for number in range(options.files):
            make = crafted if number % 10 == 0 else ordinary
            with open(os.path.join(made, f'{number:04}.warc.gz'), 'wb') as out:
                out.write(make(dice, number))
        got = compare(f'skipping and inflating: {options.files} generated archives (seed {options.seed})', [made], folder)
        crafted_count = sum(f'https://after{n}.example/' in got['contacts'] for n in range(0, options.files, 10))
        wanted = len(range(0, options.files, 10))
        forged = FORGED in got['contacts'] or FORGED in got['visits']
        print('not ok crafted downloads: a forged record was read' if forged else
              f'not ok crafted downloads: {wanted - crafted_count} pages behind them are missing' if crafted_count != wanted else
              'ok crafted downloads')


main()
