# SPDX-License-Identifier: MIT
"""formats.md 4.5: ARC."""
import tiny
from damage import A, B, CUT, http_of, row

LENGTH = len(http_of(A))
LOST_LENGTH = {('read', 'LENGTH'): 1}


def arc(record_of_a, version=None):
    return (tiny.arc_version() if version is None else version) + record_of_a + tiny.arc_record(B, http_of(B))


def line(text, block=None, ends=b'\n'):
    return arc(text.encode('latin-1') + b'\n' + (http_of(A) if block is None else block) + ends)


def a(**more):
    return arc(tiny.arc_record(A, http_of(A), **more))


def version_of(length, fields='URL IP-address Archive-date Content-type Archive-length', number='1 0'):
    body = f'{number} tiny\n{fields}\n'.encode()
    return b'filedesc://tiny.arc 0.0.0.0 20261001080000 text/plain %d\n' % (len(body) + length) + body + b'\n'


def version_rows():
    v2 = 'URL IP-address Archive-date Content-type Result-code Checksum Location Offset Filename Archive-length'
    yield row(106, 'version block, length right', a())
    for more in (-2, 1):
        yield row(106, f'version block, length wrong by {more}', arc(tiny.arc_record(A, http_of(A)), version_of(more)),
                  faults={('extract', 'SYNTAX'): 1} | ({('read', 'LENGTH'): 1} if more < 0 else {}))
    yield row(106, 'version block, length far too small', arc(tiny.arc_record(A, http_of(A)), version_of(-50)),
              faults={('extract', 'SYNTAX'): 1, ('read', 'LENGTH'): 1})
    yield row(107, 'v2 field list, v1 lines', arc(tiny.arc_record(A, http_of(A)), version_of(0, v2)))
    of_v2 = f'{A} 192.0.2.1 20261001080000 text/html 200 - - 0 tiny.arc {LENGTH}\n'.encode() + http_of(A) + b'\n'
    yield row(107, 'v1 field list, v2 lines', arc(of_v2))
    yield row(107, 'v2', arc(of_v2, version_of(0, v2, '2 0')))


def line_rows():
    for what, url in (('a blank', A + 'a b'), ('a form feed', A + 'a\fb'), ('bytes beyond ASCII', A + '\xe6\xf8'), ('a CR', A + 'a\rb')):
        yield row(108, f'URL with {what}', line(f'{url} 192.0.2.1 20261001080000 text/html {LENGTH}'), a='')
    yield row(108, 'URL of a script', line(f'JavaScript:void(0); 192.0.2.1 20261001080000 text/html {LENGTH}'), a='')
    for mime in ('', 'no-type', '[]', 'text/html; Charset=iso-8859-1', '\xef\xbf\xbd'):
        yield row(109, f'type {mime!r}', line(f'{A} 192.0.2.1 20261001080000 {mime} {LENGTH}'))
    for date in ('20261001', '2026100108', '202610010800', '202610010800001', '2026100108000012', '202610010800001234',
                 '20261001080000x', '0123456789abcdef0123456789abcdef'):
        yield row(110, f'date {date}', a(date=date), faults={('extract', 'NO_DATE'): 1} if date[0] == '0' else {})
    yield row(111, 'date and address swapped', line(f'{A} 20261001080000 192.0.2.1 text/html {LENGTH}'))
    yield row(112, 'negative length', line(f'{A} 192.0.2.1 20261001080000 text/html -2046788874'), faults={('read', 'NO_LENGTH'): 1})


def record_rows():
    for ends in (b'', b'\n\n\n', b'\r\n'):
        yield row(113, f'ends in {ends!r}', a(ends=ends))
    yield row(114, 'length runs into the next record', line(f'{A} 192.0.2.1 20261001080000 text/html {LENGTH + 30}'), a=CUT, faults=LOST_LENGTH)
    yield row(114, 'length too small', line(f'{A} 192.0.2.1 20261001080000 text/html {LENGTH - 300}'), a=CUT, faults=LOST_LENGTH)
    yield row(115, 'an empty record', line(f'{A} 192.0.2.1 20261001080000 text/html 0', b''), a='')
    yield row(116, 'lengths of nothing, many times', arc(b'https://x.example/ 192.0.2.1 20261001080000 text/html x\n' * 500), records=None, a='', faults={('decode', 'NOT_HTTP'): 1, ('read', 'NO_LENGTH'): 1})
    for text, mime in ((b'-rw-r--r-- 1 ftp ftp 100 file\n', 'text/plain'), (b'SSH-2.0-OpenSSH_9.2\r\n', 'no-type')):
        yield row(117, f'no HTTP: {text!r}', arc(tiny.arc_record(A, text, mime=mime)), a='', faults={('decode', 'NOT_HTTP'): 1})
    yield row(117, 'no HTTP: a listing of ftp', arc(tiny.arc_record('ftp://a.example/', b'-rw-r--r-- 1 ftp ftp 100 file\n')), a='')
    yield row('117a', 'type alexa/dat', arc(tiny.arc_record('alexa://a.example/', b'\0\1\2 data', mime='alexa/dat')), a='')
    yield row(118, 'another kind of ARC', b'ArC\1\0' + bytes(range(1, 200)), records=None, a='', b='', said='no archive')


def rows():
    for some in (version_rows, line_rows, record_rows):
        yield from some()


NOT_MADE = {}
