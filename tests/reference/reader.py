#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""reader.py [--urls] FILE... - a second reader of WARC files, to hold the first one against.

Prints per file: path, records, responses, damaged places. --urls prints instead a line per record: type, target URI.
Reads .warc, .warc.gz (a member per record, or one for all) and the archives inside a WACZ. It shares no code and no
idea with the program it checks: whole files in memory, the standard library, and simplicity before speed.
"""
import re
import sys
import zipfile
import zlib

HEAD = re.compile(rb'WARC/\d+\.\d+\r?\n')
BLANK = re.compile(rb'\r?\n\r?\n')
MAGIC = b'\x1f\x8b\x08'
STEP = 1 << 16


def inflate_member(data, at):
    """(plain bytes, where the member ends); the end is 0 when it does not inflate to its checksum."""
    engine = zlib.decompressobj(31)
    plain = []
    try:
        while not engine.eof and at < len(data):
            plain.append(engine.decompress(data[at:at + STEP]))
            at += STEP
    except zlib.error:
        return b'', 0
    return b''.join(plain), min(at, len(data)) - len(engine.unused_data) if engine.eof else 0


def inflate(data):
    """Yields (plain bytes of a member, whether it was whole); goes on at the next member that opens after damage."""
    at = data.find(MAGIC)
    while 0 <= at < len(data):
        plain, end = inflate_member(data, at)
        yield plain if end else b'', end > 0
        at = data.find(MAGIC, end) if end else next_member(data, at + 1)


def next_member(data, at):
    """The next place where a member opens that begins a record."""
    while True:
        at = data.find(MAGIC, at)
        if at < 0:
            return len(data)
        try:
            if zlib.decompressobj(31).decompress(data[at:at + 4096], 16).startswith(b'WARC/'):
                return at
        except zlib.error:
            pass
        at += 1


def fields_of(head):
    """{lower-case name: first value}."""
    found = {}
    for line in re.split(rb'\r?\n', head)[1:]:
        name, colon, value = line.partition(b':')
        if colon:
            found.setdefault(name.strip().lower().decode('latin-1'), value.strip().decode('utf-8', 'replace'))
    return found


def plain_records(plain):
    """Yields (fields, block, whole) of the records in uncompressed bytes."""
    at = 0
    while True:
        begin = HEAD.search(plain, at)
        if not begin:
            return
        end = BLANK.search(plain, begin.start())
        if not end:
            return
        fields = fields_of(plain[begin.start():end.start()])
        length = fields.get('content-length', '')
        at = end.end() + (int(length) if length.isdigit() else 0)
        yield fields, plain[end.end():at], length.isdigit() and at <= len(plain)


def read_bytes(data):
    """Yields (fields, block, whole) of a .warc or .warc.gz; (None, b'', False) for a member that does not inflate."""
    if not data.startswith(MAGIC):
        yield from plain_records(data)
        return
    for plain, whole in inflate(data):
        if not whole:
            yield None, b'', False
        yield from plain_records(plain)


def records(data):
    """Yields (fields, block) of every record that can be read."""
    for fields, block, _ in read_bytes(data):
        if fields is not None:
            yield fields, block


def parts(path):
    """The byte strings that hold records: a file, or the archives of a WACZ."""
    with open(path, 'rb') as file:
        data = file.read()
    if data.startswith(b'PK'):
        with zipfile.ZipFile(path) as container:
            return [container.read(name) for name in sorted(container.namelist()) if name.startswith('archive/')]
    return [data]


def main():
    urls = '--urls' in sys.argv[1:]
    names = [name for name in sys.argv[1:] if name != '--urls']
    if not names:
        raise SystemExit(__doc__)
    if not urls:
        print('path\trecords\tresponses\tdamaged')
    for name in names:
        count = responses = damaged = 0
        for fields, _, whole in (record for data in parts(name) for record in read_bytes(data)):
            damaged += not whole
            if fields is None:
                continue
            kind = fields.get('warc-type', '').lower()
            count += 1
            responses += kind == 'response'
            if urls:
                print(f'{kind}\t{fields.get("warc-target-uri", "").strip("<>")}')
        if not urls:
            print(f'{name}\t{count}\t{responses}\t{damaged}')


if __name__ == '__main__':
    main()
