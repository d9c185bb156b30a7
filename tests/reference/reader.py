#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""reader.py [--urls] FILE... - a second reader of web archives, to hold the first one against.

Prints a line per archive: name, records, responses, requests, gzip members or zstd frames, damaged places. --urls prints
instead a line per record: type, target URI. Reads WARC and ARC, plain, in gzip or zstd, whatever the framing; HAR; these in
a WACZ, ZIP or tar, also one in another; and all in gzip, bzip2 or xz. It shares no code and no idea with the program it
checks: whole files in memory, regular expressions, the standard library (zstd is unpacked by the command of that name), and
simplicity before speed.
"""
import bz2
import gzip
import io
import json
import lzma
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
import zlib

VERSION = re.compile(rb'WARC/\d{1,3}\.\d{1,3}[ \t\r]*\n', re.I)
END_OF_HEAD = re.compile(rb'\n\r*\n')
# Where nothing tells that a record begins: a version line and, before any empty line, a field that only records have.
TELLING = re.compile(rb'(?:\A|(?<=[\n\0]))' + VERSION.pattern
                     + rb'(?:(?!\r*\n|WARC/)[^\n]*\n){0,999}?WARC-(?:Type|Record-ID)[ \t]*:', re.I)
# The version line is missing: three fields that only records have.
BARE = re.compile(rb'(?:WARC-[^\n:]*:[^\n]*\n){3}', re.I)
# URL address date type length, not all of them as they should be, or whatever begins as an ARC does.
ARC_LINE = re.compile(rb'(?:filedesc:[^\n]*?|[a-zA-Z][\w+.-]*:[^\n]* (?:[\da-fA-F]*[.:][\da-fA-F.:]*|[0-]) \d{8}\S* [^\n]*?)'
                      rb'(-?\d+)?[ \r]*\n')
# The same where nothing tells that a record begins.
ARC_START = re.compile(rb'(?:\A|(?<=\n))[a-zA-Z][\w+.-]*:[^\n]* [\da-fA-F]*[.:][\da-fA-F.:]* \d{8,18} [^\n]*?-?\d+[ \r]*\n')
GZIP, ZSTD, ZSTD_DICTIONARY = b'\x1f\x8b\x08', b'\x28\xb5\x2f\xfd', b'\x5d\x2a\x4d\x18'
STEP = 1 << 16
NEAR = 4096  # how far before its end a block that is too long is searched for the next record


class Record:
    """Its block is `plain[begin:end]`."""

    def __init__(self, fields, plain=b'', begin=0, end=0):
        self.fields, self.plain, self.begin, self.end = fields, plain, begin, end

    @property
    def block(self):
        return self.plain[self.begin:self.end]

    @property
    def kind(self):
        return self.fields['warc-type'].lower()


class Unreadable(Exception):
    """There is nothing here to read this kind of file with."""


class Archive:
    """One archive: its records, gzip members or zstd frames, and how often something was wrong."""

    def __init__(self, data):
        self.records, self.members, self.damaged = [], 0, 0
        self.is_arc = bool(ARC_LINE.match(data) or ARC_LINE.match(first_bytes(data)))
        self.read(data)

    def count(self, kind):
        return sum(record.kind == kind for record in self.records)

    def read(self, data):
        at = 0
        while at < len(data):
            if is_packed(data, at):
                plain, at = self.unpack(data, at)
                self.read_plain(plain, 0, False)
            else:
                at = self.read_plain(data, at, True)

    def unpack(self, data, at):
        """(what the members from here on hold, one behind the other, where they end or where to go on behind damage)."""
        if not is_gzip(data, at):
            plain, whole = zstd(data[at:])
            self.members += zstd_frames(data, at)
            self.damaged += not whole
            return plain, len(data)
        plain = []
        while is_gzip(data, at):
            inflated, end, whole = inflate(data, at)
            plain.append(inflated)
            self.members += 1
            if not whole:
                self.damaged += 1
                return b''.join(plain), min(next_member(data, at + 1, self.is_arc), next_start(data, end, self.is_arc))
            at = end
        return b''.join(plain), at

    def read_plain(self, plain, at, may_be_packed):
        """Takes records; where they end: at the end of the bytes, or where packed ones begin."""
        while True:
            at = skip(plain, at)
            if at == len(plain) or (may_be_packed and is_packed(plain, at)):
                return at
            record = self.head_at(plain, at)
            if not record:
                self.damaged += 1
                at = self.next_start(plain, at + 1, may_be_packed)
                continue
            at = self.take(plain, *record, may_be_packed)

    def head_at(self, plain, at):
        """(fields, where the block begins), if a record begins here."""
        line = self.is_arc and ARC_LINE.match(plain, at)
        if line:
            kind = 'warcinfo' if line.group().startswith(b'filedesc:') else 'response'
            return {'warc-type': kind, 'warc-target-uri': line.group().split(b' ')[0].decode('latin-1'),
                    'content-length': (line.group(1) or b'').decode()}, line.end()
        if VERSION.match(plain, at) or BARE.match(plain, at):
            end = END_OF_HEAD.search(plain, at)
            if end:
                return fields_of(plain[at:end.start()]), end.end()
        return None

    def take(self, plain, fields, block_at, may_be_packed):
        text = fields.get('content-length', '')
        end = block_at + int(text) if text.isdigit() else self.next_start(plain, block_at, may_be_packed)
        whole = text.isdigit() and end <= len(plain)
        end = min(end, len(plain))
        if not (whole and self.leads_on(plain, end)):
            inside = next_start(plain, max(block_at, end - NEAR) if whole else block_at, self.is_arc)
            behind = self.next_start(plain, end, may_be_packed)
            whole, end = False, inside if inside < end else behind
        self.damaged += not whole
        self.records.append(Record(fields, plain, block_at, end))
        return end

    def next_start(self, plain, at, may_be_packed):
        found = next_start(plain, at, self.is_arc)
        return min(found, next_member(plain, at, self.is_arc)) if may_be_packed else found

    def leads_on(self, plain, at):
        """Whether a block can end here: before the end, another record, or at least the line ends that belong there."""
        behind, line = skip(plain, at), plain.rfind(b'\n', 0, at) + 1
        if self.is_arc and behind == at and line < at < len(plain) and ARC_START.match(plain, line):
            return False  # in the middle of a header line
        return behind == len(plain) or is_packed(plain, behind) or bool(self.head_at(plain, behind)) or \
            plain.startswith((b'\r\n\r\n', b'\n\n') + (b'\n',) * self.is_arc, at)


def begins(data, at, magic):
    """At the end of a file two bytes of it will do."""
    return data.startswith(magic, at) or (len(data) - at >= 2 and magic.startswith(data[at:at + len(magic)]))


def is_gzip(data, at=0):
    return begins(data, at, GZIP)


def is_packed(data, at=0):
    return any(begins(data, at, magic) for magic in (GZIP, ZSTD, ZSTD_DICTIONARY))


def skip(plain, at):
    """Behind line ends and padding."""
    while at < len(plain) and plain[at] in b'\r\n\0':
        at += 1
    return at


def first_bytes(data):
    """Some of what the first member that is not empty holds."""
    at = 0
    while is_gzip(data, at):
        plain, end, whole = inflate(data, at, STEP)
        if plain or not whole:
            return plain
        at = end
    return zstd(data)[0][:STEP] if is_packed(data, at) else b''


def inflate(data, at, most=None):
    """(plain bytes, where the member ends or is damaged, whether it inflates to its checksum). `most`: of its own bytes."""
    end = len(data) if most is None else min(len(data), at + most)
    engine = zlib.decompressobj(31)
    plain, step = [], STEP
    while not engine.eof and at < end:
        before = engine.copy()
        try:
            plain.append(engine.decompress(data[at:min(end, at + step)]))
            at += step
        except zlib.error:
            if step == 1:
                return b''.join(plain), at, False
            engine, step = before, 1  # the same again, so as to have all there is before the damage
    return b''.join(plain), min(at, end) - len(engine.unused_data), engine.eof


def next_start(data, at, is_arc):
    """The next place where a record begins for sure, or the end."""
    found = TELLING.search(data, at)
    end = found.start() if found else len(data)
    line = ARC_START.search(data, at, end) if is_arc else None
    return line.start() if line else end


def next_member(data, at, is_arc):
    """The next place where a gzip member begins that begins with a record, or the end."""
    while 0 <= (at := data.find(GZIP, at)):
        plain = inflate(data, at, NEAR)[0]
        plain = plain[skip(plain, 0):]
        if TELLING.match(plain) or (is_arc and ARC_START.match(plain)):
            return at
        at += 1
    return len(data)


def zstd(data):
    """(plain bytes of all frames, whether all was whole)."""
    if not shutil.which('zstd'):
        raise Unreadable('zstd is not installed')
    with tempfile.NamedTemporaryFile() as dictionary:
        options = []
        if data.startswith(ZSTD_DICTIONARY):
            content = data[8:8 + int.from_bytes(data[4:8], 'little')]
            dictionary.write(zstd(content)[0] if content.startswith(ZSTD) else content)
            dictionary.flush()
            options = ['-D', dictionary.name]
        done = subprocess.run(['zstd', '-q', '-d', '-c', *options], input=data, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, check=False)
    return done.stdout, done.returncode == 0


def zstd_frames(data, at):
    """How many frames begin from here on, by the sizes in their headers (RFC 8878, 3.1.1 and 3.1.2)."""
    count = 0
    while is_packed(data, at):
        count += 1
        if data.startswith(ZSTD_DICTIONARY, at):
            at += 8 + int.from_bytes(data[at + 4:at + 8], 'little')
            continue
        how, at = int.from_bytes(data[at + 4:at + 5], 'little'), at + 5
        single = how >> 5 & 1
        at += (not single) + (0, 1, 2, 4)[how & 3] + (single, 2, 4, 8)[how >> 6]
        last = False
        while not last and at < len(data):
            block = int.from_bytes(data[at:at + 3], 'little')
            last = block & 1
            at += 3 + (1 if block >> 1 & 3 == 1 else block >> 3)
        at += 4 * (how >> 2 & 1)
    return count


def fields_of(head):
    """{lower-case name: first value}."""
    found = {}
    for line in re.split(rb'\r*\n', re.sub(rb'\r*\n[ \t]+', b' ', head)):
        name, colon, value = line.partition(b':')
        if colon:
            found.setdefault(name.strip().lower().decode('latin-1'), value.strip().decode('utf-8', 'replace'))
    if 'warc-type' not in found:
        kind = re.search('msgtype=(request|response)', found.get('content-type', ''), re.I)
        found['warc-type'] = kind.group(1).lower() if kind else ''
    return found


class Har:
    """A HAR as an archive: every entry is an answer, or a request that got none."""

    def __init__(self, data):
        text = data.decode('utf-8-sig', 'replace')
        self.members = self.damaged = 0
        try:
            entries = json.loads(text)['log']['entries']
        except (ValueError, LookupError, TypeError):
            entries = objects(text)
            self.damaged = 1
        self.records = [Record({'warc-type': 'response' if entry.get('response', {}).get('status') else 'request',
                                'warc-target-uri': entry['request'].get('url', '')})
                        for entry in entries if 'request' in entry]

    count = Archive.count


def objects(text):
    """The objects in damaged JSON, each the outermost that can be read and is an entry."""
    at = 0
    while 0 <= (at := text.find('{', at)):
        try:
            found, end = json.JSONDecoder().raw_decode(text, at)
        except ValueError:
            found, end = {}, at + 1
        if 'request' in found:
            yield found
            at = end
        else:
            at += 1


def unwrap(data):
    """The same without gzip, bzip2 or xz around a file that is no archive in this framing of its own."""
    if data.startswith(b'BZh'):
        return unwrap(bz2.decompress(data))
    if data.startswith(b'\xfd7zXZ'):
        return unwrap(lzma.decompress(data))
    if is_gzip(data):
        first = first_bytes(data)
        if is_packed(first) or kind_of(first) in ('zip', 'tar', 'har', 'bz2', 'xz'):
            return unwrap(gzip.decompress(data))
    return data


def kind_of(data):
    if data.startswith((b'PK\3\4', b'PK\5\6')):
        return 'zip'
    if data[257:262] == b'ustar':
        return 'tar'
    if data.startswith((b'BZh', b'\xfd7zXZ')):
        return 'bz2'
    if re.match(rb'(?:\xef\xbb\xbf)?\s*\{', data) and b'"log"' in data[:4096]:
        return 'har'
    return 'records'


def contents(name, data):
    """Yields (name, bytes) of the archives in a file: itself, or the members of a container, which are NAME!MEMBER."""
    data = unwrap(data)
    kind = kind_of(data)
    if kind == 'zip':
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            inside = [(item, container.read(item)) for item in container.namelist()]
        if any(item.startswith('archive/') or item.endswith('.wacz') or item == 'datapackage.json' for item, _ in inside):
            inside = [(item, part) for item, part in inside if item.startswith('archive/') or item.endswith('.wacz')]
    elif kind == 'tar':
        with tarfile.open(fileobj=io.BytesIO(data), ignore_zeros=True) as container:
            inside = [(item.name, container.extractfile(item).read()) for item in container if item.isfile()]
    else:
        yield name, data
        return
    for item, part in inside:
        if part:
            yield from contents(f'{name}!{item}', part)


def archives(path):
    """Yields (name, archive) of a file."""
    with open(path, 'rb') as file:
        for name, data in contents(path, file.read()):
            yield name, Har(data) if kind_of(data) == 'har' else Archive(data)


def parts(path):
    """The bytes of the archives in a file."""
    with open(path, 'rb') as file:
        return [data for _, data in contents(path, file.read())]


def records(data):
    """Yields (fields, block) of every record that can be read."""
    for record in Archive(data).records:
        yield record.fields, record.block


def main():
    urls = '--urls' in sys.argv[1:]
    names = [name for name in sys.argv[1:] if name != '--urls']
    if not names:
        raise SystemExit(__doc__)
    if not urls:
        print('archive\trecords\tresponses\trequests\tmembers\tdamaged')
    for name, archive in (found for path in names for found in archives(path)):
        if urls:
            for record in archive.records:
                print(f'{record.kind}\t{record.fields.get("warc-target-uri", "").strip("<>")}')
        else:
            print(name, len(archive.records), archive.count('response'), archive.count('request'), archive.members,
                  archive.damaged, sep='\t')


if __name__ == '__main__':
    main()
