# SPDX-License-Identifier: MIT
"""Containers and wrappings around archives: the same bytes on every run. Files are a list of (name, bytes)."""
import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib

BIT_ENCRYPTED, BIT_DESCRIPTOR = 1, 8


def rotate(value, bits):
    return (value << bits | value >> (32 - bits)) & 0xffffffff


def xxh32_short(data):
    """XXH32 with seed 0 of fewer than 16 bytes, as the head of an LZ4 frame wants it."""
    total = (374761393 + len(data)) & 0xffffffff
    for at in range(0, len(data) // 4 * 4, 4):
        total = rotate((total + int.from_bytes(data[at:at + 4], 'little') * 3266489917) & 0xffffffff, 17) * 668265263 & 0xffffffff
    for byte in data[len(data) // 4 * 4:]:
        total = rotate((total + byte * 374761393) & 0xffffffff, 11) * 2654435761 & 0xffffffff
    total = (total ^ total >> 15) * 2246822519 & 0xffffffff
    total = (total ^ total >> 13) * 3266489917 & 0xffffffff
    return total ^ total >> 16


def lz4(data, block=64 << 10):
    """A frame of blocks that are not compressed, each on its own, without checksums."""
    head = b'\x60\x40'
    out = b'\x04\x22\x4d\x18' + head + bytes([xxh32_short(head) >> 8 & 0xff])
    for at in range(0, len(data), block):
        piece = data[at:at + block]
        out += struct.pack('<I', len(piece) | 1 << 31) + piece
    return out + b'\0\0\0\0'


WRAPPINGS = {
    'bz2': bz2.compress,
    'xz': lzma.compress,
    'lz4': lz4,
    'gz': lambda data: gzip.compress(data, mtime=0),
}


def tar(files, style=tarfile.USTAR_FORMAT, folder=True):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w', format=style) as pack:
        if folder:
            entry = tarfile.TarInfo('estate')
            entry.type = tarfile.DIRTYPE
            pack.addfile(entry)
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            if style == tarfile.PAX_FORMAT:
                entry.pax_headers = {'size': str(len(data)), 'comment': 'æøå'}
            pack.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def old_tar(files):
    """As before POSIX: no magic."""
    out = b''
    for name, data in files:
        head = bytearray(512)
        head[:len(name)] = name.encode()
        head[100:107], head[124:135] = b'0000644', b'%011o' % len(data)
        head[148:156] = b' ' * 8
        head[148:155] = b'%06o\0' % sum(head)
        out += bytes(head) + data + bytes(-len(data) % 512)
    return out + bytes(1024)


def sparse_tar(name, data, hole_at, hole_bytes):
    """GNU's old format: the hole (of zeros) is left out. Both are multiples of 512."""
    assert data[hole_at:hole_at + hole_bytes] == bytes(hole_bytes)
    kept = data[:hole_at] + data[hole_at + hole_bytes:]
    head = bytearray(512)
    head[:len(name)] = name.encode()
    head[100:107], head[124:135], head[136:147] = b'0000644', b'%011o' % len(kept), b'%011o' % 0
    head[156:157], head[257:265] = b'S', b'ustar  \0'
    for i, (at, size) in enumerate(((0, hole_at), (hole_at + hole_bytes, len(data) - hole_at - hole_bytes))):
        head[386 + i * 24:386 + i * 24 + 24] = b'%011o\0%011o\0' % (at, size)
    head[483:495] = b'%011o\0' % len(data)
    head[148:156] = b' ' * 8
    head[148:155] = b'%06o\0' % sum(head)
    return bytes(head) + kept + bytes(-len(kept) % 512) + bytes(1024)


def zipped(files, method=zipfile.ZIP_STORED, zip64=False):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as pack:
        for name, data in files:
            with pack.open(zipfile.ZipInfo(name), 'w', force_zip64=zip64) if method == zipfile.ZIP_STORED else \
                    pack.open(deflated_info(name), 'w') as member:
                member.write(data)
    return out.getvalue()


def deflated_info(name):
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def streamed_zip(files, signature=True, method=0):
    """Sizes only behind the data, and no directory at the end: what an interrupted download of a streamed ZIP leaves."""
    out = b''
    for name, data in files:
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        packed = packer.compress(data) + packer.flush() if method else data
        out += struct.pack('<4s5H3I2H', b'PK\3\4', 20, BIT_DESCRIPTOR, method, 0, 33, 0, 0, 0, len(name), 0) + name.encode() + packed
        out += (b'PK\7\x08' if signature else b'') + struct.pack('<3I', zlib.crc32(data), len(packed), len(data))
    # The central header of a member that is gone: without it a descriptor that has no signature could not be seen to end.
    return out + struct.pack('<4s6H3I5H2I', b'PK\1\2', 20, 20, 0, 0, 0, 33, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 << 31)


def without_directory(data):
    return data[:data.index(b'PK\1\2')]


def encrypted(data, name):
    """The same ZIP, with the flag that says so on one member."""
    data = bytearray(data)
    for signature, flags_at, name_at in ((b'PK\3\4', 6, 30), (b'PK\1\2', 8, 46)):
        at = 0
        while (at := data.find(signature, at)) >= 0:
            if data[at + name_at:at + name_at + len(name)] == name.encode():
                data[at + flags_at] |= BIT_ENCRYPTED
            at += 4
    return bytes(data)


def wacz(files, **how):
    """The archives under archive/, without index and pages, as some tools write it."""
    return zipped([('datapackage.json', b'{"profile":"data-package","resources":[]}')]
                  + [('archive/' + name, data) for name, data in files], **how)
