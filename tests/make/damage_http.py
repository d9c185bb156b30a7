# SPDX-License-Identifier: MIT
"""formats.md 4.4: HTTP."""
import gzip
import shutil
import subprocess
import zlib

import tiny
from damage import A, B, CUT, FILLER, WARCINFO, body_of, http_of, page, row, with_a

BODY = body_of(A)
NOT_HTTP = {('decode', 'NOT_HTTP'): 1}
CODING = {('decode', 'CODING'): 1}


def packed(data):
    return gzip.compress(data, mtime=0)


def chunked(data=BODY, step=100, size='%x', end=b'\r\n', last=b'0\r\n\r\n'):
    pieces = [data[at:at + step] for at in range(0, len(data), step)]
    return b''.join((size % len(piece)).encode() + end + piece + end for piece in pieces) + last


def sent(body, *fields, **more):
    return with_a(http_of(A, body, fields=''.join(field + '\r\n' for field in fields), **more))


def started(line):
    """A with another first line."""
    return with_a(http_of(A, head=line + '\r\nContent-Type: text/html\r\n'))


TE = 'Transfer-Encoding: chunked'


def chunk_rows():
    yield row(73, 'said to be chunked, and is not', sent(BODY, TE))
    yield row(74, 'chunked, and not said to be', sent(chunked()))
    middle = chunked().replace(b'\r\n64\r\n', b'\r\n94\r\n', 1)
    yield row(75, 'a wrong size in the middle', sent(middle, TE), a=CUT, faults={('decode', 'CORRUPT'): 1})
    for what, body in (('padded with zeros', chunked(size='%08x')), ('a blank behind', chunked(size='%x ')), ('upper case', chunked(size='%X')),
                       ('with an extension', chunked(size='%x;name=value')), ('LF only', chunked(end=b'\n', last=b'0\n\n')),
                       ('a trailer', chunked(last=b'0\r\nX-Sum: 1\r\n\r\n')), ('a long last size', chunked(last=b'00000000\r\n\r\n'))):
        yield row(76, f'chunk sizes: {what}', sent(body, TE))
    yield row(77, 'the last chunk is missing', sent(chunked(last=b''), TE), a=CUT, faults={('decode', 'TRUNCATED'): 1})
    yield row(77, 'cut in a chunk', sent(chunked()[:-90], TE), a=CUT, faults={('decode', 'TRUNCATED'): 1})
    yield row('82a', 'chunked as a content coding', sent(chunked(), 'Content-Encoding: chunked'))


def coding_rows():
    raw = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw_deflate = raw.compress(BODY) + raw.flush()
    yield row(78, 'said to be gzip, and is not', sent(BODY, 'Content-Encoding: gzip'))
    yield row(79, 'gzip, and not said to be', sent(packed(BODY)))
    for name, body in (('gzip', packed(BODY)), ('x-gzip', packed(BODY)), ('GZIP', packed(BODY)), ('deflate', zlib.compress(BODY)),
                       ('deflate', raw_deflate), ('identity', BODY), ('none', BODY), ('utf-8', BODY), ('', BODY)):
        yield row(80, f'coding "{name}"', sent(body, 'Content-Encoding: ' + name))
    if shutil.which('zstd'):
        zstd = subprocess.run(['zstd', '-q', '-c'], input=BODY, stdout=subprocess.PIPE, check=True).stdout
        yield row(80, 'coding zstd', sent(zstd, 'Content-Encoding: zstd'))
    yield row(80, 'an unknown coding', sent(b'\x1f\x9d\x90' + bytes(range(1, 200)), 'Content-Encoding: compress'), a='partial cookie', faults=CODING)
    twice = packed(packed(BODY))
    yield row(81, 'gzip, gzip', sent(twice, 'Content-Encoding: gzip, gzip'))
    yield row(81, 'two fields', sent(twice, 'Content-Encoding: gzip', 'Content-Encoding: gzip'))
    yield row(81, 'gzip, gzip, applied once', sent(packed(BODY), 'Content-Encoding: gzip, gzip'))
    yield row(81, 'a coding among the transfer codings', sent(chunked(packed(BODY)), 'Transfer-Encoding: gzip, chunked'))
    yield row(81, 'Transfer-Encoding twice', sent(chunked(), TE, TE))
    yield row(82, 'gzip, cut', sent(gzip.compress(BODY + FILLER * 40, 0, mtime=0)[:-200], 'Content-Encoding: gzip'), a=CUT, faults={('decode', 'TRUNCATED'): 1})
    broken = bytearray(gzip.compress(BODY, 0, mtime=0))
    broken[-5] ^= 1
    yield row(82, 'gzip, wrong CRC', sent(bytes(broken), 'Content-Encoding: gzip'), a=CUT, faults={('decode', 'CHECKSUM'): 1})
    yield row(83, 'two members', sent(packed(BODY[:100]) + packed(BODY[100:]), 'Content-Encoding: gzip'))
    yield row(83, 'garbage behind the member', sent(packed(BODY) + b'garbage', 'Content-Encoding: gzip'))


def start_rows():
    for number, lines in ((84, ('HTTP/2 200', 'HTTP/2.0 200 ', 'HTTP/3 200')),
                          (85, ('http/1.1 200 OK', 'HTTP 200 OK', 'HTTP/1.x 200 OK', 'ICY 200 OK')),
                          (86, ('HTTP/1.1 200', 'HTTP/1.1 200 ', 'HTTP/1.1   200   OK', 'HTTP/1.1 200OK')),
                          (87, ('HTTP/1.1 0 x', 'HTTP/1.1 20 OK', 'HTTP/1.1 2000 OK', 'HTTP/1.1 OK')),
                          (88, ('HTTP/1.1 200 \xe6\xf8\xe5', ))):
        for line in lines:
            yield row(number, f'starts with {line!r}', started(line))
    for text in (b'SSH-2.0-OpenSSH_9.2\r\n', b'<title>HTTP/0.9</title>'):
        yield row(89, f'no status line: {text!r}', with_a(text), a='', faults=NOT_HTTP)
    yield row(90, 'the status line twice', started('HTTP/1.1 200 OK\r\nHTTP/1.1 200 OK'))
    early = b'HTTP/1.1 103 Early Hints\r\nSet-Cookie: early=1\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n'
    yield row(90, 'heads of 1xx before it', with_a(early + http_of(A)))


def head_rows():
    for line in ('Welcome to my server!', '<b>a line of HTML</b>'):
        yield row(91, f'a head line without colon: {line}', sent(BODY, line), faults={('decode', 'FIELD'): 1})
    yield row(92, 'a blank in a name', sent(BODY, 'Powered by: x'), faults={('decode', 'FIELD'): 1})
    yield row(92, 'a blank before the colon', with_a(http_of(A).replace(b'Set-Cookie:', b'Set-Cookie :')))
    for what, end in (('with its line end', b'\r\n'), ('without', b'')):
        yield row(93, f'the head is all, and has no empty line, {what}', with_a(http_of(A).split(b'\r\n\r\n')[0] + end), a='visit cookie')
    yield row(94, 'a head only', with_a(http_of(A, b'', fields='Content-Length: 500\r\n')), a='visit cookie')
    yield row(95, 'more bytes than the HTTP length', sent(BODY, 'Content-Length: 10'))
    yield row(96, '7000 fields', sent(BODY, *(f'X-{number}: x' for number in range(7000))))
    yield row(96, '12000 fields before the cookie', sent(BODY, *(f'X-{number}: x' for number in range(12000))), a='visit contact', faults={('decode', 'TOO_LARGE'): 1})
    yield row(96, 'a head of 100 kB', sent(BODY, 'X: ' + 'x' * 100000))
    yield row(97, 'folded lines', with_a(http_of(A).replace(b'Content-Type: text/html', b'Content-Type:\r\n text/html\r\nX: a\r\n\tb')))
    yield row(97, 'a folded cookie', with_a(http_of(A).replace(b'Set-Cookie: id=1', b'Set-Cookie:\r\n id=1;\r\n Path=/')))
    yield row(97, 'a folded status line', started('HTTP/1.1\r\n 200 OK'))
    yield row(98, 'CR in a value', sent(BODY, 'X-Name: a\rb'))
    yield row(98, 'NUL in a cookie', with_a(http_of(A).replace(b'id=1', b'id=\x001')), a='visit contact', faults={('extract', 'COOKIE'): 1})
    yield row(99, 'bytes beyond ASCII in a cookie and a value', with_a(http_of(A).replace(b'id=1', b'id=\xe6\xff\r\nX: \xe6')))
    yield row(99, 'another cookie, its name in Latin-1', with_a(http_of(A).replace(b'Set-Cookie', b'Set-Cookie: n\xe6=1\r\nSet-Cookie')))
    yield row(100, 'cookies joined', with_a(http_of(A).replace(b'id=1', b'id=1; Expires=Wed, 01 Oct 2031 08:00:00 GMT, b=2')))
    yield row(101, 'Content-Type twice', sent(BODY, 'Content-Type: text/html; charset=utf-8; charset=x; Charset'))
    for text in (b'\r\n', b'\r\n\r\n\r\n', b'\xef\xbb\xbf'):
        yield row(102, f'{text!r} before the status line', with_a(text + http_of(A)))
    yield row(102, 'an empty line before the body', sent(b'\r\n\r\n' + BODY))


def request_rows():
    for line in ('GET https://a.example/ HTTP/1.1', 'GET /#part HTTP/1.1', 'GET /a b c HTTP/1.1', 'get / HTTP/1.1', 'GET / HTTP/2'):
        request = tiny.record('request', A, line.encode() + b'\r\nHost: a.example\r\n\r\n')
        yield row(103, f'request {line!r}', WARCINFO + request + page(A) + page(B), records=4)
    pseudo = b'GET / HTTP/2\r\n:method: GET\r\n:authority: a.example\r\n:path: /\r\naccept: */*\r\n\r\n'
    yield row(104, 'pseudo headers', WARCINFO + tiny.record('request', A, pseudo) + page(A) + page(B), records=4)
    archived = BODY.replace(b'https://third', b'/web/2019id_/https://third')
    yield row(105, 'references rewritten by an archive', sent(archived), a='visit cookie')


def rows():
    for some in (chunk_rows, coding_rows, start_rows, head_rows, request_rows):
        yield from some()


NOT_MADE = {}
