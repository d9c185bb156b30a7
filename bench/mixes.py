# SPDX-License-Identifier: MIT
"""Archives at realistic mixes, to measure on: made from the records of the shared corpus and crawls where they exist, else from
generated ones.

Records are taken in their order, from one archive after the other, as long as their kind still lacks bytes; when all are
used up, the next turn begins. A later turn is another day: dates move on, record ids change, and text gets a line of its own, so that no two
bodies are the same by repetition only.
"""
import datetime
import os
import random
import re
import sys
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHARED = os.environ.get('TREDJEPART_SHARED', os.path.join(ROOT, '..', 'shared'))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'make'))
from warc import Archive, head_bytes  # noqa: E402

# Shares of the compressed bytes. Mixed: of a real collection of 108 archives, scaled to a third of media, a quarter of scripts, an
# eighth of pages. Pages: as Common Crawl publishes them.
MIXED = {'media': 1 / 3, 'script': 1 / 4, 'page': 1 / 8, 'font': .065, 'document': .062, 'style': .049, 'other': .046, 'request': .037,
         'metadata': .017, 'note': .0157}
PAGES = {'page': .93, 'request': .05, 'metadata': .02}
MEDIA = dict({kind: share * .1 / (2 / 3) for kind, share in MIXED.items() if kind != 'media'}, media=.9)
LARGE_BYTES = 64 << 10
# Nine of ten pages of the web are shorter than a third of this; a few giant tables would be most of all bytes. They have a mix of their own.
PAGE_BYTES = 400000
# What a line of its own looks like in text of that kind, and what follows its number.
MARKS = {'page': (b'\n<!-- ', b' -->'), 'script': (b'\n// ', b'\n'), 'style': (b'\n/* ', b' */')}
BY_MIME = {'text/html': 'page', 'text/css': 'style', 'application/pdf': 'document', 'application/font-woff': 'font',
           'application/vnd.ms-fontobject': 'font'}
BY_TYPE = {'request': 'request', 'metadata': 'metadata', 'revisit': 'note', 'warcinfo': 'note', 'resource': 'note'}


def field(head, name):
    found = re.search(rb'(?im)^' + name + rb': *(.*?) *\r?$', head)
    return found.group(1) if found else b''


class Record:
    """One record, inflated: its head, the HTTP head if it has one, and the body."""

    def __init__(self, text):
        self.head, _, block = text.partition(b'\r\n\r\n')
        block = block[:int(field(self.head, b'Content-Length') or 0)]
        kind = field(self.head, b'WARC-Type').decode().lower()
        self.http, self.body = b'', block
        self.kind = BY_TYPE.get(kind, 'other')
        if kind == 'response' and b'\r\n\r\n' in block:
            self.http, _, self.body = block.partition(b'\r\n\r\n')
            self.http += b'\r\n\r\n'
            mime = field(self.http, b'Content-Type').decode('latin-1').split(';')[0].strip().lower()
            top = {'image': 'media', 'video': 'media', 'audio': 'media', 'font': 'font'}.get(mime.split('/')[0])
            self.kind = 'script' if 'javascript' in mime else BY_MIME.get(mime, top or 'other')
        self.is_heritrix = False  # known of whole archives only
        self.coding = field(self.http, b'Content-Encoding').lower()
        self.is_framed = bool(field(self.http, b'Transfer-Encoding'))

    def plain_page(self, most_bytes):
        """Itself, or itself as Common Crawl keeps pages, without its coding; None: no page, or a longer one."""
        if self.kind != 'page' or self.is_framed or self.http[9:12] != b'200':
            return None
        if self.coding == b'gzip' and self.body[:2] == b'\x1f\x8b':
            self.body, self.coding = zlib.decompress(self.body, 31), b''
            self.http = re.sub(rb'(?im)^content-encoding:[^\r\n]*\r\n', b'', self.http)
        return self if not self.coding and len(self.body) <= most_bytes else None

    def packed(self, turn):
        """As a member of the given turn; what is told of its block stays true."""
        body = self.body
        if turn and self.kind in MARKS and not self.is_framed and self.coding in (b'', b'gzip'):
            before, behind = MARKS[self.kind]
            mark = before + b'%d' % turn + behind
            # A body in gzip goes on in a second member, as RFC 1952 allows.
            body += gzip_of(mark) if self.coding == b'gzip' and body[:2] == b'\x1f\x8b' else mark
        http = re.sub(rb'(?im)^content-length:[^\r\n]*', b'Content-Length: %d' % len(body), self.http)
        head = re.sub(rb'(?im)^(content-length):[^\r\n]*', rb'\1: %d' % (len(http) + len(body)), self.head)
        if turn:
            head = re.sub(rb'(?i)(urn:uuid:)([0-9a-f]{8})', lambda m: m[1] + b'%08x' % (int(m[2], 16) ^ turn), head)
            head = re.sub(rb'(?im)^(warc-date: *)(\d{4}-\d\d-\d\d)', lambda m: m[1] + later(m[2], turn), head)
        return gzip_of(head + b'\r\n\r\n' + http + body + b'\r\n\r\n')


def later(day, turn):
    try:
        return str(datetime.date.fromisoformat(day.decode()) + datetime.timedelta(turn)).encode()
    except (ValueError, OverflowError):
        return day


def gzip_of(data):
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    return packer.compress(data) + packer.flush()


def records_of(path):
    """Of a .warc.gz with one record a member; none of a file that is damaged or written in another way."""
    with open(path, 'rb') as file:
        data = file.read()
    found = []
    while data:
        unpacker = zlib.decompressobj(31)
        try:
            text = unpacker.decompress(data)
            if not unpacker.eof or not text.startswith(b'WARC/'):
                return []
            found.append(Record(text))
        except (zlib.error, ValueError):
            return []
        data = unpacker.unused_data
    is_heritrix = any(b'eritrix' in r.body for r in found if b'WARC-Type: warcinfo' in r.head)
    for record in found:
        record.is_heritrix = is_heritrix
    return found


def shared_records(*tops):
    found = []
    for top in tops:
        for folder, _, names in sorted(os.walk(os.path.join(SHARED, top))):
            for name in sorted(names):
                if name.endswith('.warc.gz'):
                    found += records_of(os.path.join(folder, name))
    return found


# --- generated records ---

# Deflate finds a little to save in the entropy-coded bytes of an image, and so codes them instead of storing them.
SKEW = bytes(n if n % 16 else 0 for n in range(256))
WORDS = [random.Random(n).randbytes(1 + n % 6).hex()[:2 + n % 9] for n in range(5000)]
ODDS = [1 / (n + 3) for n in range(len(WORDS))]  # as words of a language are spread


def prose(dice, count):
    return ' '.join(dice.choices(WORDS, ODDS, k=count))


def made_page(dice, number):
    parts = []
    for part in range(dice.randrange(40, 160)):
        parts.append(f'<div class="module module-{part % 9}"><h2 id="h{part}">{prose(dice, 4)}</h2><p>{prose(dice, 40)} '
                     f'<a href="/emne/{dice.randrange(9999)}" class="link">{prose(dice, 3)}</a></p>'
                     f'<img src="/media/{dice.randrange(999)}.jpg?w=320" alt="{prose(dice, 3)}" loading="lazy"></div>')
    return (f'<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8"><title>{number}</title><link rel="stylesheet" href="/s/{number % 7}'
            f'.css"><script src="https://t{number % 11}.third.example/tag.js" async></script></head><body>{"".join(parts)}</body></html>').encode()


def made_script(dice, number):
    lines = [f'function {"".join(dice.choices(WORDS, k=2))}{n}(e,t){{var n=e.{dice.choice(WORDS)};return n?"{prose(dice, 3)}":t({number})}}'
             for n in range(dice.randrange(100, 900))]
    return ';'.join(lines).encode()


def made_style(dice, number):
    return '\n'.join(f'.{dice.choice(WORDS)}-{n}{{margin:0 {n}px;color:#{dice.randrange(1 << 24):06x};background:url(../i/{number}.svg)}}'
                     for n in range(dice.randrange(80, 500))).encode()


def made_bytes(dice, least, most):
    return dice.randbytes(dice.randrange(least, most)).translate(SKEW)


MADE = [('media', 'image/jpeg', lambda dice, n: made_bytes(dice, 2000, 60000)), ('media', 'image/png', lambda dice, n: made_bytes(dice, 70000, 400000)),
        ('script', 'application/javascript', made_script), ('page', 'text/html; charset=utf-8', made_page), ('style', 'text/css', made_style),
        ('font', 'font/woff2', lambda dice, n: made_bytes(dice, 15000, 60000)), ('document', 'application/pdf', lambda dice, n: made_bytes(dice, 50000, 300000)),
        ('other', 'application/json', lambda dice, n: b'{"a":"%s"}' % prose(dice, 200).encode())]


def made_records():
    """Some hundred of each kind, each response with its request and its note as Heritrix writes them."""
    dice, found = random.Random(6), []
    for number in range(150):
        for kind, mime, make in MADE:
            body, url = make(dice, number), f'https://www.u{number % 20}.example/{kind}/{number}'
            head = head_bytes('HTTP/1.1 200 OK', [('Date', 'Thu, 01 Oct 2026 08:00:00 GMT'), ('Server', 'nginx'), ('Content-Type', mime),
                                                  ('Content-Length', len(body)), ('Set-Cookie', f'id{number % 9}={number}; Path=/; Max-Age=9999')])
            asks = head_bytes(f'GET /{kind}/{number} HTTP/1.1', [('Host', f'www.u{number % 20}.example'), ('User-Agent', 'Mozilla/5.0 (X11)'),
                                                                 ('Referer', f'https://www.u{number % 20}.example/page/{number}')])
            notes = f'fetchTimeMs: {number}\r\nvia: https://www.u{number % 20}.example/page/{number}\r\nhopsFromSeed: L\r\n'.encode()
            archive = Archive(f'{number}/{kind}', '1.0')
            for name, block, media_type in (('response', head + body, 'application/http; msgtype=response'),
                                            ('request', asks, 'application/http; msgtype=request'), ('metadata', notes, 'application/warc-fields')):
                archive.add([('WARC-Type', name), ('WARC-Record-ID', archive.new_id()), ('WARC-Target-URI', url),
                             ('WARC-Date', '2026-10-01T08:00:%02dZ' % (number % 60)), ('Content-Type', media_type)], block)
            found += [Record(zlib.decompress(member, 31)) for member in archive.members]
    return found


# --- mixing ---

def write(path, records, shares, total_bytes):
    """Until each kind has its share of the bytes; kinds without a record give theirs to none."""
    shares = {kind: share for kind, share in shares.items() if any(r.kind == kind for r in records)}
    lacking = {kind: share / sum(shares.values()) * total_bytes for kind, share in shares.items()}
    with open(path + '.part', 'wb') as out:
        turn = 0
        while any(lack > 0 for lack in lacking.values()):
            for record in records:
                if lacking.get(record.kind, 0) > 0:
                    member = record.packed(turn)
                    lacking[record.kind] -= len(member)
                    out.write(member)
            turn += 1
    os.rename(path + '.part', path)


def whole(path, records, total_bytes):
    """All records, turn after turn."""
    with open(path + '.part', 'wb') as out:
        turn = 0
        while out.tell() < total_bytes:
            out.writelines(record.packed(turn) for record in records)
            turn += 1
    os.rename(path + '.part', path)


NAMES = ['mixed', 'pages', 'dense', 'media', 'browser', 'heritrix']


def is_shared():
    return os.path.isdir(os.path.join(SHARED, 'corpus'))


def fill(name, path, total_bytes):
    tops = {'browser': ['crawl'], 'pages': ['corpus', 'crawl']}.get(name, ['corpus'])
    records = shared_records(*tops) if is_shared() else made_records()
    if name == 'mixed':
        write(path, records, MIXED, total_bytes)
    elif name in ('pages', 'dense'):
        most_bytes = PAGE_BYTES if name == 'pages' else 1 << 30
        write(path, [r for r in records if r.kind != 'page' or r.plain_page(most_bytes)], PAGES, total_bytes // 2)
    elif name == 'media':  # it is read fastest: what a program does once must not count
        write(path, [r for r in records if r.kind != 'media' or len(r.body) > LARGE_BYTES], MEDIA, total_bytes * 2)
    else:
        whole(path, [r for r in records if name == 'browser' or r.is_heritrix or not is_shared()], total_bytes)


def one(folder, name, megabytes):
    """The path of an archive of that mix, written to `folder` where it is not there yet."""
    os.makedirs(folder, exist_ok=True)
    path = os.path.join(folder, f'{name}-{"shared" if is_shared() else "made"}-{megabytes}.warc.gz')
    if not os.path.exists(path):
        fill(name, path, megabytes * 10**6)
    return path


def source():
    return 'the shared corpus and crawls' if is_shared() else 'generated records'


if __name__ == '__main__':  # mixes.py FOLDER MEGABYTES NAME...: prints where each lies
    for wanted in sys.argv[3:]:
        print(one(sys.argv[1], wanted, int(sys.argv[2])))
