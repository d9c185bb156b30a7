# SPDX-License-Identifier: MIT
"""WARC records as gzip members, digests, ids and dates: the same bytes on every run."""
import base64
import datetime
import hashlib
import struct
import uuid
import zlib

UTC = datetime.timezone.utc


def gzip_member(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(data) + packer.flush()
    return (b'\x1f\x8b\x08\0\0\0\0\0\0\xff' + body
            + struct.pack('<II', zlib.crc32(data), len(data) & 0xffffffff))


def pseudo_bytes(seed, count):
    """Bytes that look random and do not shrink: images, fonts."""
    out = b''
    turn = 0
    while len(out) < count:
        out += hashlib.sha256(f'{seed}/{turn}'.encode()).digest()
        turn += 1
    return out[:count]


def sha1(data):
    return 'sha1:' + base64.b32encode(hashlib.sha1(data).digest()).decode()


def sha256(data):
    return 'sha256:' + hashlib.sha256(data).hexdigest()


def date_of(text):
    return datetime.datetime.fromisoformat(text).replace(tzinfo=UTC)


def warc_date(when, millis):
    text = when.strftime('%Y-%m-%dT%H:%M:%S')
    return text + ('.%03dZ' % (when.microsecond // 1000) if millis else 'Z')


def http_date(when):
    day = ('Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun')[when.weekday()]
    month = ('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')[when.month - 1]
    return when.strftime(f'{day}, %d {month} %Y %H:%M:%S GMT')


def head_bytes(start, fields):
    """An HTTP head; `fields` is a list of (name, value), repeats kept."""
    lines = [start] + [f'{name}: {value}' for name, value in fields]
    return ('\r\n'.join(lines) + '\r\n\r\n').encode('utf-8')


def chunked(body, step=4096):
    out = b''
    for at in range(0, len(body), step):
        piece = body[at:at + step]
        out += b'%x\r\n%s\r\n' % (len(piece), piece)
    return out + b'0\r\n\r\n'


class Archive:
    """Members in the order they were added. `version` is 1.0 or 1.1; ids follow from `seed`."""

    def __init__(self, seed, version):
        self.seed = seed
        self.version = version
        self.members = []
        self.id_count = 0

    def new_id(self):
        self.id_count += 1
        digest = hashlib.sha256(f'{self.seed}#{self.id_count}'.encode()).digest()
        return f'<urn:uuid:{uuid.UUID(bytes=digest[:16], version=4)}>'

    def add(self, fields, block):
        lines = [f'WARC/{self.version}'] + [f'{name}: {value}' for name, value in fields]
        lines.append(f'Content-Length: {len(block)}')
        head = ('\r\n'.join(lines) + '\r\n\r\n').encode('utf-8')
        self.members.append(gzip_member(head + block + b'\r\n\r\n'))

    def bytes(self):
        return b''.join(self.members)

    def damage(self, number):
        """Overwrites the middle of one member: its head still opens, its content no longer inflates."""
        member = bytearray(self.members[number])
        middle = len(member) // 2
        for at in range(middle, min(middle + 24, len(member) - 8)):
            member[at] ^= 0xa5
        self.members[number] = bytes(member)
