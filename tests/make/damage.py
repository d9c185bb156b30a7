# SPDX-License-Identifier: MIT
"""Malformed inputs, a file each, with the outcome formats.md section 4 asks for. The rows stand in damage_file.py (4.2),
damage_record.py (4.3), damage_http.py (4.4) and damage_arc.py (4.5).

Every input is made of two pages, A and B, of a site each; A or what is around it is damaged, B shows that reading goes on. A page has a
reference to a third party, a cookie and some text behind them, so that it shows which of its parts were read.
"""
import collections

import tiny

A, B = 'https://a.example/', 'https://b.example/'
WHOLE = 'visit contact cookie'
CUT = 'partial contact cookie'  # a visit whose page was not read to its end
FILLER = b'<p>words of a page</p>\n' * 30 + b'<p>end</p>'

# faults: {(stage, kind): count}, exactly. lost: bytes reported as not understood; None: depends on how zlib packs.
Row = collections.namedtuple('Row', 'number what data records responses a b faults lost options said')


def row(number, what, data, *, records=3, responses=2, a=WHOLE, b=WHOLE, faults=None, lost=0, options=(), said=''):
    return Row(str(number), what, data, records, responses, set(a.split()), set(b.split()),
               faults or {}, lost, options, said)


def number_of(a_row):
    return int(a_row.number.rstrip('a'))


def third_of(url):
    return url.replace('https://', 'third.').rstrip('/')


def body_of(url):
    return b'<!DOCTYPE html><title>x</title><img src="https://%s/i.png">\n' % third_of(url).encode() + FILLER


def http_of(url, body=None, head=None, fields=''):
    """A response: `head` replaces the lines before the cookie."""
    body = body_of(url) if body is None else body
    lines = head if head is not None else 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n'
    return (lines + f'{fields}Set-Cookie: id=1\r\n\r\n').encode('latin-1') + body


def page(url, block=None, **more):
    return tiny.record('response', url, http_of(url) if block is None else block, **more)


WARCINFO = tiny.record('warcinfo', 'x', b'software: Wget/1.21.3\r\nformat: WARC File Format 1.0\r\n')
RECORDS = [WARCINFO, page(A), page(B)]


def members(records=None, level=6):
    return [tiny.gzip_member(record, level) for record in (records or RECORDS)]


def with_a(block=None, **more):
    """A plain archive in which the record of A is another one."""
    return WARCINFO + page(A, block, **more) + page(B)


def with_raw(record):
    return WARCINFO + record + page(B)


def replaced(old, new, data=None):
    data = page(A) if data is None else data
    assert data.count(old) == 1, (old, data.count(old))
    return data.replace(old, new)
