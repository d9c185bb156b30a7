# SPDX-License-Identifier: MIT
"""Tiny archives of independent records, in every framing, and random damage to them: the same bytes for the same dice."""
import struct
import zlib

FRAMINGS = ('member', 'plain', 'several', 'one', 'split', 'arc', 'arc.gz', 'zst')


def gzip_member(data, level=6, extra=b''):
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    head = b'\x1f\x8b\x08' + (b'\x04\0\0\0\0\0\xff' + struct.pack('<H', len(extra)) + extra if extra else b'\0\0\0\0\0\0\xff')
    return head + packer.compress(data) + packer.flush() + struct.pack('<II', zlib.crc32(data), len(data) & 0xffffffff)


def zstd_frame(data, dictionary=None):
    """A frame of raw blocks; 4 bytes of content size, and of the dictionary's number."""
    out = b'\x28\xb5\x2f\xfd' + bytes([0xa0 | (3 if dictionary else 0)])
    out += (struct.pack('<I', dictionary) if dictionary else b'') + struct.pack('<I', len(data))
    return out + struct.pack('<I', len(data) << 3 | 1)[:3] + data


def record(kind, url, block, version='1.0', ends=b'\r\n\r\n', **more):
    """A WARC record; a field given as None is left out, `_` in names stands for `-`."""
    fields = {'WARC-Type': kind, 'WARC-Record-ID': f'<urn:x:{zlib.crc32(url.encode() + block):08x}>', 'WARC-Target-URI': url,
              'WARC-Date': '2026-10-01T08:00:00Z', 'Content-Type': f'application/http; msgtype={kind}'}
    if kind == 'warcinfo':
        fields.update({'WARC-Target-URI': None, 'Content-Type': 'application/warc-fields'})
    fields['Content-Length'] = len(block)
    fields.update({name.replace('_', '-'): value for name, value in more.items()})
    lines = [f'WARC/{version}'] + [f'{name}: {value}' for name, value in fields.items() if value is not None]
    return ('\r\n'.join(lines) + '\r\n\r\n').encode('utf-8', 'surrogateescape') + block + ends


def arc_record(url, block, mime='text/html', date='20261001080000', ip='192.0.2.1', ends=b'\n'):
    return f'{url} {ip} {date} {mime} {len(block)}\n'.encode() + block + ends


def arc_version():
    body = b'1 0 tiny\nURL IP-address Archive-date Content-type Archive-length\n'
    return b'filedesc://tiny.arc 0.0.0.0 20261001080000 text/plain %d\n' % len(body) + body + b'\n'


def answer(body, mime='text/html', status='200 OK', fields=()):
    lines = [f'HTTP/1.1 {status}', f'Content-Type: {mime}', *fields, f'Content-Length: {len(body)}']
    return ('\r\n'.join(lines) + '\r\n\r\n').encode() + body


def witness(dice, number, size):
    """A page that no other record shares anything with: its host, its cookie and its references, from first to last byte."""
    def reference():
        return f'<img src="https://r{number}-{dice.randrange(10 ** 6)}.example/{dice.randrange(10 ** 6)}.png">\n'
    text = ''.join(dice.choice(('word ', '<p>', 'line\n', '\r\n\r\n', '\0' if size > 3000 else ' ')) for _ in range(dice.randrange(40)))
    filler = text.encode() + ''.join(dice.choices('abcdefghijklmnopqrstuvwxyz \n', k=size)).encode()
    half = len(filler) // 2
    body = b'<!DOCTYPE html><title>x</title>' + reference().encode() + filler[:half] + reference().encode() + filler[half:]
    return answer(body + reference().encode(), fields=[f'Set-Cookie: c{number}-{dice.randrange(10 ** 6)}=1'])


def page_of(number):
    return f'https://p{number:08d}.example/'


def records_of(dice, first, count, size, is_arc):
    """[(number of the page or None, record)]: witnesses, and between them records that are no pages."""
    out = [(None, arc_version() if is_arc else record('warcinfo', 'x', b'software: Wget/1.21.3\r\nformat: WARC File Format 1.0\r\n'))]
    for number in range(first, first + count):
        block = witness(dice, number, dice.randrange(size))
        if is_arc:
            out.append((number, arc_record(page_of(number), block)))
            continue
        if dice.randrange(4) == 0:
            kind = dice.choice(('metadata', 'resource', 'conversion'))
            out.append((None, record(kind, f'urn:x:{number}', dice.randbytes(dice.randrange(300)), Content_Type='text/plain')))
        out.append((number, record('response', page_of(number), block, version=dice.choice(('1.0', '1.1')))))
    return out


def framed(dice, framing, records):
    """[(the numbers in it, bytes)]: pieces that are damaged or whole together."""
    level = dice.choice((0, 1, 6, 9))
    plain = [([number], data) for number, data in records]
    if framing in ('plain', 'arc'):
        return plain
    if framing in ('member', 'arc.gz'):
        return [(numbers, gzip_member(data, level)) for numbers, data in plain]
    if framing == 'zst':
        return [(numbers, zstd_frame(data)) for numbers, data in plain]
    if framing == 'split':
        return [(numbers, gzip_member(data[:cut], level) + gzip_member(data[cut:], level))
                for numbers, data in plain for cut in (data.find(b'\r\n\r\n') + 4,)]
    step = len(records) if framing == 'one' else dice.randrange(2, 5)
    groups = [records[at:at + step] for at in range(0, len(records), step)]
    return [([number for number, _ in group], gzip_member(b''.join(data for _, data in group), level)) for group in groups]


class Damage:
    """One damage to bytes: what became of them, and which of the old ones it touched: [begin, end)."""

    def __init__(self, dice, data, other):
        self.kind = dice.choice(('cut', 'flip', 'overwrite', 'delete', 'repeat', 'insert', 'zeros', 'splice'))
        self.begin = dice.randrange(len(data))
        self.end = min(len(data), self.begin + dice.choice((1, 1, 2, 7, 64, 700, 4096)))
        self.repeated = None
        self.bytes = getattr(self, self.kind)(dice, data, other)

    def cut(self, _, data, _other):
        self.end = len(data)
        return data[:self.begin]

    def flip(self, dice, data, _):
        self.end = self.begin + 1
        return data[:self.begin] + bytes([data[self.begin] ^ 1 << dice.randrange(8)]) + data[self.end:]

    def overwrite(self, dice, data, _):
        return data[:self.begin] + dice.randbytes(self.end - self.begin) + data[self.end:]

    def delete(self, _, data, _other):
        return data[:self.begin] + data[self.end:]

    def repeat(self, _, data, _other):
        """A piece stands twice: the second time it is foreign to its place."""
        self.repeated, self.begin = (self.begin, self.end), self.end
        return data[:self.end] + data[self.repeated[0]:]

    def put(self, data, what):
        self.end = self.begin
        return data[:self.begin] + what + data[self.begin:]

    def insert(self, dice, data, _):
        return self.put(data, dice.randbytes(self.end - self.begin))

    def zeros(self, dice, data, _):
        return self.put(data, bytes(dice.randrange(1, 4097)))

    def splice(self, dice, data, other):
        """The beginning of this archive, the end of another."""
        self.end = len(data)
        return data[:self.begin] + other[dice.randrange(len(other)):]

    @staticmethod
    def nothing():
        """No damage at all."""
        none = Damage.__new__(Damage)
        none.begin = none.end = 0
        return none

    def spares(self, begin, end):
        """Whether the old bytes [begin, end) are all there and together."""
        return end <= self.begin or begin >= self.end
