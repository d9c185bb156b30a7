# SPDX-License-Identifier: MIT
"""formats.md 4.3: WARC records."""
import tiny
from damage import A, B, CUT, RECORDS, WARCINFO, WHOLE, body_of, http_of, page, replaced, row, with_a, with_raw

LENGTH = len(http_of(A))
LOST_LENGTH = {('read', 'LENGTH'): 1}
NO_LENGTH = {('read', 'NO_LENGTH'): 1}
REQUEST = b'GET / HTTP/1.1\r\nHost: %s\r\n\r\n'


def request(url, **more):
    return tiny.record('request', url, REQUEST % url.split('/')[2].encode(), **more)


def length(value):
    """A with this Content-Length."""
    return page(A, Content_Length=value)


def framing_rows():
    for ends in (b'', b'\r\n', b'\n', b'\n\n'):
        yield row(30, f'ends in {ends!r}', WARCINFO + page(A, ends=ends) + page(B))
    yield row(31, 'more line ends between records, and before the first', b'\r\n\n' + WARCINFO + page(A, ends=b'\r\n' * 9) + b'\n\n' + page(B))
    for number, what, end in ((32, 'LF', b'\n'), (33, 'CR CR LF', b'\r\r\n')):
        head, blank, block = page(A).partition(b'\r\n\r\n')
        yield row(number, f'head lines end in {what}', with_raw((head + blank).replace(b'\r\n', end) + block))
    head, blank, block = page(A).partition(b'\r\n\r\n')
    yield row(33, 'the head ends in LF CR LF', with_raw(head + b'\n\r\n' + block))
    yield row(34, 'length one too large', with_raw(length(LENGTH + 1)))
    yield row(34, 'length one too small', with_raw(length(LENGTH - 1)), a=CUT, faults=LOST_LENGTH)
    yield row(35, 'length much too small', with_raw(length(LENGTH - 400)), a=CUT, faults=LOST_LENGTH)
    far = tiny.record('response', A, http_of(A, body_of(A) + b'filler ' * 2000), Content_Length=LENGTH - 400)
    yield row(35, 'length too small by far', with_raw(far), a=CUT, faults=LOST_LENGTH, lost=None)
    yield row(36, 'length too large, ends in the next record', with_raw(length(LENGTH + 200)), a=CUT, faults=LOST_LENGTH)
    yield row(36, 'length too large, swallows the next record', WARCINFO + length(LENGTH + 1200) + page(B) + page('https://c.example/')
              + page('https://d.example/'), records=5, responses=4, a=CUT, faults=LOST_LENGTH)


def length_rows():
    yield row(37, 'no length', with_raw(length(None)), faults=NO_LENGTH)
    yield row(37, 'no length, in a member', b''.join(tiny.gzip_member(r) for r in (WARCINFO, length(None), page(B))), faults=NO_LENGTH)
    for value in (-2046788874, 'twelve', '+5', '0x40', '', '1 2'):
        yield row(38, f'length {value!r}', with_raw(length(value)), faults=NO_LENGTH)
    twice = replaced(b'Content-Length: %d\r\n' % LENGTH, b'Content-Length: 7\r\nContent-Length: %d\r\n' % LENGTH)
    yield row(38, 'two lengths, the second leads to the next record', with_raw(twice), faults=LOST_LENGTH)
    twice = replaced(b'Content-Length: %d\r\n' % LENGTH, b'Content-Length: %d\r\nContent-Length: 7\r\n' % LENGTH)
    yield row(38, 'two lengths, the first leads to the next record', with_raw(twice))
    for value in (2 ** 31, 2 ** 32 + LENGTH, 2 ** 63 - 1, 2 ** 64 + LENGTH, '9' * 40):
        yield row(39, f'length {value}, the last record', WARCINFO + page(B) + length(value), a=CUT, faults={('read', 'TRUNCATED'): 1})
        yield row(39, f'length {value}, before another', with_raw(length(value)), a=CUT, faults=LOST_LENGTH)


def head_rows():
    version = {('read', 'VERSION'): 1}
    for text, faults in (('0.17', {}), ('0.18', {}), ('1.0 ', {}), ('1.0\t', {}), ('0.9', version), ('1.2', version), ('2.0', version)):
        yield row(40, f'WARC/{text}', with_a(version=text), faults=faults)
    yield row(40, 'lower case', with_raw(replaced(b'WARC/1.0\r\n', b'warc/1.0\r\n')))
    yield row(41, 'no version line', with_raw(page(A)[len('WARC/1.0\r\n'):]), faults={('read', 'VERSION'): 1})
    field = {('read', 'FIELD'): 1}
    yield row(42, 'a line without a colon', with_raw(replaced(b'WARC-Date', b'this is no field\r\nWARC-Date')), faults=field)
    yield row(43, 'a blank before the colon', with_raw(replaced(b'WARC-Target-URI:', b'WARC-Target-URI :')))
    yield row(43, 'an empty name', with_raw(replaced(b'WARC-Date', b': value\r\nWARC-Date')), faults=field)
    yield row(43, 'an empty value', with_a(WARC_IP_Address=''))
    yield row(44, 'a folded value', with_raw(replaced(b'WARC-Type: response', b'WARC-Type:\r\n response')))
    yield row(44, 'a folded line behind a value', with_raw(replaced(b'WARC-Date', b'X-Long: a\r\n\tb\r\nWARC-Date')))
    yield row(45, 'bytes that are no UTF-8', with_raw(replaced(b'WARC-Date', b'X-Name: \xe6\xf8\xe5\xff\r\nWARC-Date')))
    yield row(46, 'NUL and other control characters', with_raw(replaced(b'WARC-Date', b'X-Name: a\0b\x01\x7f\r\nWARC-Date')))
    for size in (9000, 70000, 900000):
        yield row(47, f'a field of {size} bytes', with_a(X_Long='x' * size))
    long = A + '?' + 'q' * 9000
    yield row(47, 'a URL of 9 kB', with_raw(page(long, http_of(A))), a='')
    for size in (1023, 1024, 1025, 65535, 65536, 65537):
        padding = size - len(replaced(b'WARC-Date', b'X: \r\nWARC-Date').partition(b'\r\n\r\n')[0]) - 2
        yield row(48, f'a head that breaks at {size}', with_a(X='x' * padding))


def uri_rows():
    yield row(49, 'URI in brackets', with_a(WARC_Target_URI=f'<{A}>'))
    yield row(50, 'URI with blanks', with_raw(page(A + 'a b', http_of(A))), a='')
    yield row(51, 'URI with bytes beyond ASCII, pipe, backslash, braces', with_raw(page(A + '\xe6|\\{}', http_of(A))), a='')
    yield row(52, 'a line end in the URI', with_raw(replaced(b'WARC-Target-URI: ' + A.encode(), b'WARC-Target-URI: ' + A.encode() + b'\r\ninjected')),
              faults={('read', 'FIELD'): 1})
    for text in ('https:/a.example', 'https:///a.example/', 'https://a.example:443/', 'HTTPS://A.Example', 'https://user:word@a.example/'):
        yield row(53, f'URI {text}', with_a(WARC_Target_URI=text), a=WHOLE if '@' not in text else '')
    yield row(53, 'URI without a scheme', with_a(WARC_Target_URI='a.example/'), a='', faults={('extract', 'URL'): 1})
    yield row(54, 'no URI', with_a(WARC_Target_URI=None), a='', faults={('extract', 'NO_URI'): 1})
    paired = request(A, WARC_Record_ID='<urn:x:q>') + page(A, WARC_Target_URI=None, WARC_Concurrent_To='<urn:x:q>')
    # The page asks for the request's URL. Not followed: what a record shows is decided when it is read, without its partner.
    yield row(54, 'no URI, but of its request', with_raw(paired), records=4, a='', faults={('extract', 'NO_URI'): 1})
    for name, value in (('missing', None), ('without brackets', 'urn:x:1'), ('that of another record', '<urn:x:%s>' % 'b')):
        yield row(55, f'id {name}', with_a(WARC_Record_ID=value))
    yield row(55, 'one id for two records', WARCINFO + page(A, WARC_Record_ID='<urn:x:1>') + page(B, WARC_Record_ID='<urn:x:1>'))


def value_rows():
    for date in ('2008-10-294T05:21:46-0700', '2009-03-65T00:00:00Z', 'yesterday', ''):
        yield row(56, f'date {date!r}', with_a(WARC_Date=date), faults={} if date[:1] == '2' else {('extract', 'NO_DATE'): 1})
    for date in ('2026-10-01T08:00:00.123456789Z', '2026-10-01T10:00:00+02:00', '20261001080000', '2026', '2026-10'):
        yield row(57, f'date {date}', with_a(WARC_Date=date))
    twice = b'WARC-Concurrent-To: <urn:x:1>\r\nWARC-Concurrent-To: <urn:x:2>\r\nWARC-Protocol: h2\r\nWARC-Protocol: tls/1.3\r\nWARC-Date'
    yield row(58, 'fields that may repeat', with_raw(replaced(b'WARC-Date', twice)))
    yield row(58, 'URI twice', with_raw(replaced(b'WARC-Date', b'WARC-Target-URI: https://other.example/\r\nWARC-Date')))
    yield row(59, 'JSON with commas, and broken', with_a(WARC_JSON_Metadata='{"a":"b,c", "d"'))
    for address in ('IP', 'host.example', '[::1]', '192.0.2.1:80'):
        yield row(60, f'address {address}', with_a(WARC_IP_Address=address))
    yield row(61, 'type in another case', with_a(WARC_Type='Response'))
    yield row(61, 'type missing', with_a(WARC_Type=None))
    yield row(61, 'type unknown', with_a(WARC_Type='answer'), responses=1, a='')
    for what, mime in (('missing', None), ('without blank', 'application/http;msgtype=response'),
                       ('quoted', 'application/http; msgtype="response"'), ('wrong', 'text/html')):
        yield row(64, f'Content-Type {what}', with_a(Content_Type=mime))
    yield row(65, 'msgtype contradicts', with_a(Content_Type='application/http; msgtype=request'))


def relation_rows():
    profile = 'http://netpreserve.org/warc/1.0/revisit/identical-payload-digest'
    for what, fields in (('no profile', {}), ('of 1.0 in a file of 1.1', {'WARC_Profile': profile, 'version': '1.1'})):
        revisit = tiny.record('revisit', A, http_of(A, b''), **fields)
        yield row(62, f'revisit, {what}, no Refers-To', with_raw(revisit), responses=1, a='partial cookie')
    digest = dict(WARC_Payload_Digest='sha1:AAAA', WARC_Date='2026-10-01T07:00:00Z')
    by_digest = page(A, **digest) + tiny.record('revisit', A, http_of(A, b''), WARC_Profile=profile, WARC_Payload_Digest='sha1:AAAA')
    yield row(62, 'revisit by digest', with_raw(by_digest), records=4)
    yield row(63, 'revisit with a block that is no head', with_raw(tiny.record('revisit', A, b'words', WARC_Profile=profile)), responses=1, a='')
    yield row(63, 'revisit with a head and length 0', with_raw(tiny.record('revisit', A, b'', WARC_Profile=profile)), responses=1, a='partial')
    yield row(66, 'no warcinfo', page(A) + page(B), records=2)
    yield row(66, 'warcinfo last', page(A) + page(B) + WARCINFO)
    yield row(66, 'a warcinfo each', WARCINFO + page(A) + WARCINFO + page(B), records=4)
    for what, to in (('nobody', '<urn:x:0>'), ('the warcinfo', '<urn:x:w>')):
        warcinfo = tiny.record('warcinfo', 'x', b'software: Wget/1.21.3\r\n', WARC_Record_ID='<urn:x:w>')
        yield row(67, f'Concurrent-To of {what}', warcinfo + request(A) + page(A, WARC_Concurrent_To=to) + page(B), records=4)
    yield row(68, 'two answers to a request', WARCINFO + request(A) + page(A) + page(A) + page(B), records=5, responses=3)
    more = tiny.record('continuation', A, body_of(A), WARC_Segment_Number='2', WARC_Segment_Origin_ID='<urn:x:0>', Content_Type=None)
    yield row(69, 'continuation of nothing', with_raw(more), responses=1, a='')
    short = http_of(A, fields='Content-Length: 5000\r\n')
    yield row(70, 'less than the HTTP length says', with_a(short), a=CUT)
    for what, digest in (('wrong', 'sha1:AAAA'), ('of no known kind', 'rot13:x'), ('in hex', 'sha1:' + '0' * 40)):
        yield row(71, f'digest {what}', with_a(WARC_Block_Digest=digest, WARC_Payload_Digest=digest))
    text = body_of(A) + b'\nWARC/1.0\nis how a record begins\n\nWARC/1.0\r\n'
    yield row(72, 'a body that speaks of WARC/1.0', with_a(http_of(A, text)))
    whole = body_of(A) + b'\r\n\r\n' + b''.join(RECORDS).replace(b'a.example', b'x.example')
    yield row(72, 'a body that holds an archive', with_a(http_of(A, whole)))


def rows():
    for some in (framing_rows, length_rows, head_rows, uri_rows, value_rows, relation_rows):
        yield from some()


NOT_MADE = {}
