# SPDX-License-Identifier: MIT
"""A second parser of indexes (CDX, CDXJ), and what they say wrongly about an archive: Python's standard library alone."""
import collections
import gzip
import json
import re
import zlib

Line = collections.namedtuple('Line', 'file at bytes url')


def columns_of(header):
    names = header.split(' ')[2:]
    return {letter: names.index(letter) for letter in 'abSVg' if letter in names}


def from_columns(cells, where):
    at, size = cells[where['V']], cells[where['S']] if 'S' in where else '-'
    if not at.isdigit() or cells[where['g']] in ('', '-'):
        return None
    known = size.isdigit() and int(size) > 0
    return Line(cells[where['g']], int(at), int(size) if known else None, cells[where['a']] if 'a' in where else '')


def from_json(text):
    try:
        found = json.loads(text)
    except ValueError:
        return None
    at, size = str(found.get('offset', '')), str(found.get('length', ''))
    if not at.isdigit() or not found.get('filename'):
        return None
    return Line(found['filename'], int(at), int(size) if size.isdigit() and int(size) else None, found.get('url', ''))


CDX11 = ' CDX N b a m s k r M S V g'


def parse_index(text):
    """(lines, number of bad ones)"""
    lines, bad, where = [], 0, columns_of(CDX11)
    count = len(CDX11.split(' ')) - 2
    for row in text.decode('utf-8', 'surrogateescape').split('\n'):
        row = row.rstrip('\r')
        if row.startswith(' CDX '):
            where, count = columns_of(row), len(row.split(' ')) - 2
        elif row.startswith('!meta'):
            return [], 0
        elif row.strip():
            found = re.match(r'[^ ]+ [^ ]* (\{.*)$', row, re.S)
            cells = row.split(' ')
            line = from_json(found[1]) if found else from_columns(cells, where) if len(cells) == count else None
            if line:
                lines.append(line)
            else:
                bad += 1
    return lines, bad


def unpacked(data):
    return gzip.decompress(data) if data[:2] == b'\x1f\x8b' else data


def walk(data):
    """{offset: (shortest length, longest length, head)} of a WARC of gzip members or of plain records."""
    places, at = {}, 0
    while at < len(data):
        if data[at:at + 2] == b'\x1f\x8b':
            inflater = zlib.decompressobj(31)
            try:
                head = inflater.decompress(data[at:])
            except zlib.error:
                break
            size = len(data) - at - len(inflater.unused_data)
            places[at] = (size, size, head[:65536])
        else:
            length = re.search(rb'(?i)\nContent-Length: *(\d+)', data[at:at + 65536])
            end = re.compile(rb'\n\r*\n').search(data, at)
            if not length or not end:
                break
            size = least = end.end() - at + int(length[1])
            while data[at + size:at + size + 1] in (b'\r', b'\n'):
                size += 1
            places[at] = (least, size, data[at:end.end()])
        at += size
    return places


def plain_url(url):
    url = re.sub(r'[?&]__wb_(method|post_data)=.*', '', url.strip())
    url = re.sub(r'%([0-9a-fA-F]{2})', lambda m: chr(int(m[1], 16)), url.encode('utf-8', 'surrogateescape').decode('latin-1'))
    return re.sub(r'/(\?|$)', r'\1', url).lower()


def differences(data, lines):
    """What an index says wrongly about an archive: Counter of the kinds of fault."""
    places, found = walk(data), collections.Counter()
    for line in set(lines):
        if line.at not in places:
            found['CDX_PLACE'] += 1
            continue
        least, most, head = places[line.at]
        url = re.search(rb'(?i)\nWARC-Target-URI: *<?([^\r\n>]*)', head)
        found['CDX_LENGTH'] += line.bytes is not None and not least <= line.bytes <= most
        found['CDX_URL'] += bool(url and line.url and plain_url(line.url) != plain_url(url[1].decode('utf-8', 'surrogateescape')))
    return +found
