# SPDX-License-Identifier: MIT
"""formats.md 4.2: files, compression and containers."""
import bz2
import gzip
import io
import json
import lzma
import struct
import zipfile
import zlib

import tiny
from damage import A, CUT, RECORDS, http_of, members, row, with_a

PAGE_LINES = b'{"format":"json-pages-1.0","id":"pages","title":"x"}\n'


def flagged(record, flags, fields):
    """A member with optional header parts."""
    plain = tiny.gzip_member(record)
    return plain[:3] + bytes([flags]) + plain[4:10] + fields + plain[10:]


def with_fhcrc():
    head = b'\x1f\x8b\x08\x12\0\0\0\0\0\xff' + b'a comment\0'
    member = tiny.gzip_member(RECORDS[1])
    return head + struct.pack('<H', zlib.crc32(head) & 0xffff) + member[10:]


def zstd_window(data):
    """A frame that declares a window of 16 MiB."""
    return b'\x28\xb5\x2f\xfd\x80\x70' + struct.pack('<I', len(data)) + struct.pack('<I', len(data) << 3 | 1)[:3] + data


def skippable(dictionary):
    return b'\x5d\x2a\x4d\x18' + struct.pack('<I', len(dictionary)) + dictionary


class NoSeek(io.RawIOBase):
    """A file that zipfile cannot go back in: it then writes data descriptors (flag bit 3)."""

    def __init__(self):
        self.data = b''

    def writable(self):
        return True

    def write(self, more):
        self.data += bytes(more)
        return len(more)


def wacz(archive=None, name='archive/data.warc.gz', more=(), bit3=False, zip64=False, comment=b''):
    out = NoSeek() if bit3 else io.BytesIO()
    with zipfile.ZipFile(out, 'w') as container:
        for path, content in ((name, b''.join(members()) if archive is None else archive), *more):
            with container.open(zipfile.ZipInfo(path), 'w', force_zip64=zip64) as member:
                member.write(content)
        container.comment = comment
    return out.data if bit3 else out.getvalue()


def deflated():
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', zipfile.ZIP_DEFLATED) as container:
        container.writestr('archive/data.warc', b''.join(RECORDS))
    return out.getvalue()


def bomb():
    return http_of(A, gzip.compress(b'<img src="https://third.a.example/i.png">' + b' ' * (80 << 20), 9, mtime=0),
                   fields='Content-Encoding: gzip\r\n')


def cut_rows():
    one, two, three = members()
    stored = members(level=0)
    broken = bytearray(stored[1])
    broken[-8] ^= 1
    size = bytearray(stored[1])
    size[-4] ^= 1
    half = stored[2][:len(stored[2]) - 300]
    yield row(1, 'one member of all records', tiny.gzip_member(b''.join(RECORDS)))
    yield row(2, 'the last member is cut', stored[0] + stored[1] + half, b=CUT, faults={('read', 'TRUNCATED'): 1}, lost=len(half))
    yield row(3, 'cut in the header of a member', one + two + three[:5], records=2, responses=1, b='', faults={('read', 'TRUNCATED'): 1}, lost=5)
    yield row(3, 'cut in the trailer of a member', one + two + three[:-4], faults={('read', 'TRUNCATED'): 1}, lost=len(three) - 4)
    yield row(4, 'wrong CRC', stored[0] + bytes(broken) + stored[2], a=CUT, faults={('read', 'CHECKSUM'): 1}, lost=len(stored[1]))
    yield row(4, 'wrong ISIZE', stored[0] + bytes(size) + stored[2], a=CUT, faults={('read', 'CHECKSUM'): 1}, lost=len(stored[1]))
    yield row(5, 'writes of two processes, interleaved', one + stored[1][:len(stored[1]) - 200] + three + stored[1][-200:], a=CUT,
              faults={('read', 'CHECKSUM'): 1, ('read', 'GARBAGE'): 1}, lost=None)


def framing_rows():
    one, two, three = members()
    zeros, junk = bytes(600), b'something else, no archive at all\n'
    for what, data, padding in (('between members', one + zeros + two + three, 1), ('behind the last', one + two + three + zeros, 1),
                                ('both', zeros + one + two + zeros + three, 2)):
        yield row(6, 'zeros ' + what, data, faults={('read', 'PADDING'): padding}, lost=600 * padding)
    yield row(5, 'garbage between members', one + junk + two + three, faults={('read', 'GARBAGE'): 1}, lost=len(junk))
    yield row(7, 'garbage behind the last', one + two + three + junk, faults={('read', 'GARBAGE'): 1}, lost=len(junk))
    empty = tiny.gzip_member(b'')
    yield row(8, 'empty members', one + empty + two + empty + empty + three)
    for name, extra in (('RS', b'RS\0\1' + bytes(256)), ('LX', b'LX\x08\0' + struct.pack('<II', 0, 7)), ('LX short', b'LX\x04\0' + bytes(4)),
                        ('sl', b'sl\x08\0' + struct.pack('<II', len(two) + 14, len(RECORDS[1]))),
                        ('sl that lies', b'sl\x08\0' + struct.pack('<II', 5, 5))):
        yield row(9, f'extra field {name}', one + tiny.gzip_member(RECORDS[1], extra=extra) + three)
    yield row(10, 'sl without its length', one + tiny.gzip_member(RECORDS[1], extra=b'sl' + bytes(8)) + three)
    cut = RECORDS[1].find(b'\r\n\r\n') + 4
    yield row(11, 'head and body in members of their own', one + tiny.gzip_member(RECORDS[1][:cut]) + tiny.gzip_member(RECORDS[1][cut:]) + three)
    yield row(12, 'two records in a member', one + tiny.gzip_member(RECORDS[1] + RECORDS[2]))
    yield row(13, 'plain records, whatever the name', b''.join(RECORDS))
    yield row(14, 'members, then plain records', one + two + RECORDS[2])
    yield row(14, 'plain records, then members', RECORDS[0] + RECORDS[1] + three)
    yield row(15, 'nothing at all', b'', records=None, a='', b='', said='empty')
    yield row(17, 'header CRC and comment', one + with_fhcrc() + three)
    reserved = flagged(RECORDS[1], 0xe0, b'')
    yield row(17, 'reserved flags', one + reserved + three, records=2, responses=1, a='', faults={('read', 'GARBAGE'): 1}, lost=len(reserved))


def zstd_rows():
    frames = [tiny.zstd_frame(record) for record in RECORDS]
    yield row(18, 'zstd without its dictionary', b''.join(tiny.zstd_frame(record, 4711) for record in RECORDS), records=0, responses=0, a='', b='',
              faults={('read', 'DICTIONARY'): 3}, lost=sum(len(tiny.zstd_frame(record, 4711)) for record in RECORDS))
    yield row(19, 'zstd, another dictionary half way', skippable(b'first dictionary') + frames[0] + frames[1]
              + skippable(b'second dictionary') + frames[2])
    yield row(20, 'zstd with a window of 16 MiB', frames[0] + zstd_window(RECORDS[1]) + frames[2], records=2, responses=1, a='',
              faults={('read', 'WINDOW'): 1}, lost=len(zstd_window(RECORDS[1])))


def container_rows():
    archive = b''.join(members())
    yield row(21, 'a body that grows a thousandfold', with_a(bomb()), a=CUT, faults={('decode', 'TOO_LARGE'): 1})
    yield row(22, 'bzip2 around it', bz2.compress(b''.join(RECORDS)))
    yield row(22, 'xz around it', lzma.compress(b''.join(RECORDS)))
    yield row(23, 'WACZ, archive deflated', deflated())
    yield row(24, 'WACZ, sizes behind the data', wacz(bit3=True))
    yield row(24, 'WACZ, ZIP64', wacz(zip64=True))
    yield row(24, 'WACZ, with a comment', wacz(comment=b'PK\5\6 a comment ' * 9))
    yield row(25, 'WACZ without index and pages', wacz())
    line = json.dumps({'url': A, 'mime': 'text/html', 'status': '200', 'length': '9', 'offset': '0', 'filename': 'data.warc.gz'})
    for name in ('index.cdxj', 'index.cdx'):
        yield row(26, f'WACZ with indexes/{name} alone', wacz(more=[('indexes/' + name, f'example,a)/ 20261001080000 {line}\n'.encode())]),
                  faults={('cdx', 'CDX_LENGTH'): 1})
    yield row(26, 'WACZ, compressed index without its idx', wacz(more=[('indexes/index.cdx.gz', gzip.compress(b'x', mtime=0))]))
    whole = wacz()
    yield row(27, 'WACZ without its directory', whole[:whole.index(b'PK\1\2')], faults={('read', 'DIRECTORY'): 1})
    stored = wacz(b''.join(RECORDS), 'archive/data.warc')
    yield row(27, 'WACZ cut in the last record', stored[:stored.index(b'PK\1\2') - 300], b=CUT, faults={('read', 'DIRECTORY'): 1, ('read', 'TRUNCATED'): 2})
    line = b'{"id":"1","url":"https://a.example/","ts":"2026-10-01T08:00:00Z"'
    bad = PAGE_LINES + b'\n\n' + line + b',"title":"\xff\xfe"}\nno json\n' + line.replace(b'a.ex', b'b.ex') + b'}\n'
    yield row(28, 'WACZ, bad page lines, one id twice', wacz(more=[('pages/pages.jsonl', bad)]), b='', faults={('extract', 'JSON'): 1})
    yield row(28, 'WACZ, pages without a header line', wacz(more=[('pages/pages.jsonl', line + b'}\n')]), b='')
    yield row(28, 'WACZ, a page without a time', wacz(more=[('pages/pages.jsonl', b'{"url":"https://a.example/"}')]), b='')
    for name in ('archive/../../../../tmp/damage-escaped.warc.gz', '/archive/data.warc.gz'):
        yield row(29, f'WACZ, a member named {name}', wacz(archive, name))


def rows():
    yield from cut_rows()
    yield from framing_rows()
    yield from zstd_rows()
    yield from container_rows()


NOT_MADE = {'16': 'too large to lie beside the others: memory.py makes and reads it'}
