# SPDX-License-Identifier: MIT
"""Archives of which one knows what is in them, in every framing and container there is: the same bytes for the same dice."""
import collections
import random
import re
import struct
import zlib

import containers
import har
import tiny

# name, data, Counter of the kinds of records in it; None: it was cut, and the records that are left are counted elsewhere.
Case = collections.namedtuple('Case', 'name data kinds')
WARC_KINDS = ('response', 'response', 'request', 'request', 'revisit', 'metadata', 'resource', 'conversion', 'continuation',
              'x-own')
# What writers leave in a member's header: both forms of `sl`, `LX`, `RS` with a signature.
EXTRAS = (b'', b'sl\x08\0' + bytes(8), b'sl' + bytes(8), b'LX\x04\0' + bytes(4), b'RS\0\x01' + bytes(256))


def gzip_member(dice, data):
    extra, name, comment = dice.choice(EXTRAS), dice.choice((b'', b'a.warc')), dice.choice((b'', b'x'))
    has_crc = dice.randrange(4) == 0
    flags = 4 * bool(extra) | 8 * bool(name) | 16 * bool(comment) | 2 * has_crc
    head = b'\x1f\x8b\x08' + bytes([flags]) + struct.pack('<IBB', dice.randrange(1 << 32), 0, dice.choice((3, 255)))
    head += struct.pack('<H', len(extra)) + extra if extra else b''
    head += name + b'\0' if name else b''
    head += comment + b'\0' if comment else b''
    head += struct.pack('<H', zlib.crc32(head) & 0xffff) if has_crc else b''
    packer = zlib.compressobj(dice.choice((0, 1, 6, 9)), zlib.DEFLATED, -15)
    return head + packer.compress(data) + packer.flush() + struct.pack('<II', zlib.crc32(data), len(data) & 0xffffffff)


def zstd_frame(data):
    """A single segment of blocks that are not compressed (RFC 8878, 3.1.1)."""
    out, step = b'\x28\xb5\x2f\xfd\xa0' + struct.pack('<I', len(data)), 1 << 16
    for at in range(0, max(1, len(data)), step):
        block = data[at:at + step]
        out += struct.pack('<I', len(block) << 3 | (at + step >= len(data)))[:3] + block
    return out


def inner(dice):
    """Whole records, as they stand in the body of a download of an archive."""
    record = tiny.record('response', 'https://inner.example/', tiny.answer(b'<p>inner'))
    return dice.choice((record * dice.randrange(1, 4), tiny.gzip_member(record, 0) * 2, b'\r\n\r\nWARC/1.0\r\n\r\n' + record[:40],
                        tiny.arc_version() + tiny.arc_record('https://inner.example/', b'x\n')))


def body(dice, simple):
    how = dice.randrange(8)
    if how == 0 and not simple:
        return inner(dice) + dice.choice((b'', b'text\r\n\r\n'))
    if how == 1:
        return dice.randbytes(dice.randrange(30000))
    text = ''.join(dice.choices('abc defg\n<>', k=dice.randrange(3000))).encode()
    return text + dice.choice((b'', b'', b'\n', b'\r\n\r\n'))


def block_of(dice, kind, simple):
    if kind in ('response', 'revisit') and dice.randrange(8):
        return tiny.answer(b'' if kind == 'revisit' else body(dice, simple), dice.choice(('text/html', 'image/png')))
    if kind == 'request':
        return b'GET / HTTP/1.1\r\nHost: a.example\r\n\r\n'
    return b'' if dice.randrange(5) == 0 else body(dice, simple)


def warc_record(dice, kind, number, simple):
    block = b'software: Wget/1.21.3\r\n' if kind == 'warcinfo' else block_of(dice, kind, simple)
    more = {'WARC_Type': dice.choice((kind, kind, kind, kind.upper(), kind.title()))}
    if kind in ('response', 'request') and dice.randrange(9) == 0:
        more['WARC_Type'] = None  # the media type tells
    if dice.randrange(5) == 0:
        more['WARC_Note'] = dice.choice(('a\r\n folded', 'æøå', '', 'WARC/1.0'))
    ends = b'\r\n\r\n' if dice.randrange(4) else dice.choice((b'\r\n', b'', b'\n\n', b'\r\n\r\n\r\n\r\n'))
    version = dice.choice(('0.17', '0.18', '1.0', '1.0', '1.1', '1.1'))
    data = tiny.record(kind, f'https://p{number}.example/', block, version, b'', **more)
    head, begin = data[:len(data) - len(block)], data[len(data) - len(block):]
    return (head.replace(b'\r\n', b'\n') if dice.randrange(6) == 0 else head) + begin + ends


def warc(dice, simple):
    """[(kind, record)]"""
    kinds = ['warcinfo'] * (dice.randrange(5) > 0) + dice.choices(WARC_KINDS, k=dice.randrange(1, 12))
    return [(kind, warc_record(dice, kind, number, simple)) for number, kind in enumerate(kinds)]


def arc_head(dice, version):
    more = b'Result-code Checksum Location Offset Filename ' if version == 2 else b''
    lines = b'%d %d tiny\n' % (version or 1, version == 0)
    lines += b'URL IP-address Archive-date Content-type ' + more + b'Archive-length\n'
    lines += b'<?xml version="1.0"?>\n<arcmetadata/>\n' if version == 0 else b''
    return b'filedesc://tiny.arc 0.0.0.0 20261001080000 text/plain %d\n' % len(lines) + lines + b'\n' * dice.randrange(1, 3)


def arc(dice, simple):
    """Of version 1.1 (0 here), 1 or 2."""
    version = dice.randrange(3)
    out = [('warcinfo', arc_head(dice, version))]
    for number in range(dice.randrange(1, 9)):
        url = dice.choice(('https://p%d.example/', 'dns:p%d.example', 'https://p%d.example/with blank/')) % number
        mime = dice.choice(('text/html', 'image/gif', 'no-type', 'text/html; charset=utf-8'))
        ends = b'\n' * dice.choice((1, 1, 1, 2, 3))
        block = body(dice, simple) if dice.randrange(4) == 0 else tiny.answer(body(dice, simple))
        if version == 2:
            mime = mime.split(';')[0] + ' 200 - - %d tiny.arc' % dice.randrange(1 << 30)
        out.append(('response', tiny.arc_record(url, block, mime, ends=ends)))
    return out


def grouped(dice, pieces):
    while pieces:
        count = dice.randrange(1, 5)
        yield b''.join(pieces[:count])
        pieces = pieces[count:]


def head_bytes(piece):
    found = re.search(rb'\n\r?\n', piece) if piece.startswith(b'WARC/') else re.search(rb'\n', piece)
    return found.end()


def scattered(dice, pieces):
    """Members that end wherever: but for the first head, by which an archive is known, line ends, and the scheme of a URL that
    begins a line of an ARC, since what is left of it may be one, too."""
    data, places, at = b''.join(pieces), [], 0
    for piece in pieces:
        begin = at + (0 if piece.startswith(b'WARC/') else piece.index(b':')) if at else head_bytes(piece)
        at += len(piece)
        places += [place for place in range(begin, at) if data[place] not in b'\r\n']
    cuts = sorted(dice.sample(places, min(len(places), dice.randrange(1, 9))))
    return [data[begin:end] for begin, end in zip([0] + cuts, cuts + [len(data)])]


def with_gaps(dice, pieces):
    return b''.join(gzip_member(dice, piece) + dice.choice((b'', b'', gzip_member(dice, b''), bytes(dice.randrange(600))))
                    for piece in pieces)


def halves(dice, pieces):
    """One half in members, the other plain, in either order."""
    middle = len(pieces) // 2
    parts = [pieces[:middle], pieces[middle:]]
    packed = dice.randrange(2)
    parts[packed] = [gzip_member(dice, piece) for piece in parts[packed]]
    return b''.join(parts[0] + parts[1])


def in_members(pieces_of):
    return lambda dice, pieces: b''.join(gzip_member(dice, piece) for piece in pieces_of(dice, pieces))


# How the bytes of records become an archive.
FRAMINGS = {
    'plain': lambda dice, pieces: b''.join(pieces),
    'padded': lambda dice, pieces: b''.join(piece + bytes(dice.randrange(3) and dice.randrange(900)) for piece in pieces),
    'member': in_members(lambda dice, pieces: pieces),
    'several': in_members(grouped),
    'one': in_members(lambda dice, pieces: [b''.join(pieces)]),
    'split': in_members(lambda dice, pieces: [part for piece in pieces for at in (head_bytes(piece),)
                                              for part in (piece[:at], piece[at:])]),
    'scattered': in_members(scattered),
    'gaps': with_gaps,
    'halves': halves,
    'zst': lambda dice, pieces: b''.join(zstd_frame(piece) for piece in pieces),
    'zst.one': lambda dice, pieces: zstd_frame(b''.join(pieces)),
}
# Bodies of these do not look like archives: a member may begin there.
SIMPLE = ('scattered', 'split')
# Not cut: whether a head goes on in a damaged member is nothing to be sure of.
NEVER_CUT = ('scattered',)
# In gzip, only these are an archive in a wrapping: the others are a member that holds records.
PACKED = tuple(name for name in FRAMINGS if name not in ('plain', 'padded', 'halves'))
CONTAINERS = {
    'wacz': lambda data: containers.wacz([('a.warc.gz', data)]),
    'wacz.deflated': lambda data: containers.wacz([('a.warc.gz', data), ('b.warc.gz', data)], method=8),
    'wacz.wacz': lambda data: containers.zipped([('a.wacz', containers.wacz([('a.warc.gz', data)])), ('datapackage.json', b'{}')]),
    'zip': lambda data: containers.zipped([('notes.txt', b'x' * 500), ('a.warc.gz', data)]),
    'tar': lambda data: containers.tar([('README', b'about'), ('a.warc.gz', data), ('b.warc.gz', data)]),
    'tar.xz': lambda data: containers.WRAPPINGS['xz'](containers.tar([('a.warc.gz', data)])),
    'bz2': containers.WRAPPINGS['bz2'],
    'xz': containers.WRAPPINGS['xz'],
    'gz': containers.WRAPPINGS['gz'],
}
TWICE = ('wacz.deflated', 'tar')


def har_case(dice, number):
    made = har.Har(dice.randrange(1 << 30), dice.choice(har.STYLES), dice.randrange(1, 4), dice.randrange(1, 9))
    kinds = collections.Counter(response=len(made.hosts) - len(made.blocked), request=len(made.blocked))
    return Case(f'{number:04d}.har', made.data, kinds)


def case(dice, number):
    """The next archive: framings and formats in turn, some of them in a container, some cut short."""
    if number % 20 == 19:
        return har_case(dice, number)
    framing = tuple(FRAMINGS)[number % len(FRAMINGS)]
    of = (warc, warc, arc)[number % 3]
    is_cut = number % 5 == 2 and framing not in NEVER_CUT
    records = of(dice, is_cut or framing in SIMPLE)
    data = FRAMINGS[framing](dice, [record for _, record in records])
    kinds = collections.Counter(kind for kind, _ in records)
    name = f'{number:04d}.{of.__name__}.{framing}'
    if is_cut:
        return Case(f'{name}.cut', data[:dice.randrange(1, len(data))], None)
    if number % 5 == 1:
        container = dice.choice([container for container in CONTAINERS if container != 'gz' or framing in PACKED])
        kinds = kinds + kinds if container in TWICE else kinds
        return Case(f'{name}.{container}', CONTAINERS[container](data), kinds)
    return Case(name, data, kinds)


def cases(seed, count):
    dice = random.Random(seed)
    for number in range(count):
        yield case(dice, number)
