# SPDX-License-Identifier: MIT
"""Scenarios (j) to (p): cookies, a crawler's notes, and the same in other containers. Rows as in scenes_page.py."""
import json
import os
import shutil
import struct
import subprocess
import tempfile
import zipfile

import containers
import tiny
from browsers import Stream
from scenes_page import A, TWO_PAGES, two_pages
from tape import Tape, asks, img, page

ICON = 'https://t.example/x.png'
DAY = 'Thu, 08 Oct 2026 08:00:01 GMT'  # a week behind second 1


def cookie_lines():
    """(j) Set-Cookie on lines of its own is never split, joined lines are; a comma in Expires or in a value splits nothing."""
    files = []
    for software, lines in (('proxy', ['a=1; Path=/', f'b=2; Expires={DAY}', 'c=1,e=2; Max-Age=60']),
                            ('joins', [f'a=1; Path=/, b=2; Expires={DAY}, c=1,2; Max-Age=60'])):
        t = Tape(software)
        t.exchange(0, A, asks('document'), page(img(ICON)))
        t.exchange(1, ICON, asks('image', A), mime='image/png', fields=[f'Set-Cookie: {line}' for line in lines])
        files.append((software + '.warc.gz', t.gz()))
    return files, '''
        V a.example/side 08:00:00 200 * 2 1
        R a.example/side a.example /side document first 1 08:00:00 page * - - 1 - 0 -
        R a.example/side t.example /x.png image third 1 08:00:00 page O3+D1 - img~src 1 - 0 -
        K a.example/side t.example a set third t.example / session 0 0 default 0
        K a.example/side t.example b set third t.example / 604800 0 0 default 0
        K a.example/side t.example c set third t.example / 60 0 0 default 0'''


# Set-Cookie of w.a.example/dir/x, a second after 08:00 -> name domain path lifetime secure httponly samesite partitioned; '': dropped.
COOKIES = (
    ('ctl=a\x01b', ''),
    ('bare', '- w.a.example /dir session 0 0 default 0'),
    ('  sp  = v ', 'sp w.a.example /dir session 0 0 default 0'),
    ('=', ''),
    ('long=' + 'x' * 4093, ''),
    ('edge=' + 'x' * 4092, 'edge w.a.example /dir session 0 0 default 0'),
    ('attr=1; Path=/' + 'y' * 1024, 'attr w.a.example /dir session 0 0 default 0'),
    ('twice=1; Max-Age=10; Max-Age=20', 'twice w.a.example /dir 20 0 0 default 0'),
    ('age=1; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT', 'age w.a.example /dir 60 0 0 default 0'),
    ('long-lived=1; Max-Age=99999999', 'long-lived w.a.example /dir 99999999 0 0 default 0'),
    ('gone=1; Max-Age=0', 'gone w.a.example /dir 0 0 0 default 0'),
    ('odd=1; Max-Age=5x', 'odd w.a.example /dir session 0 0 default 0'),
    ('half=1; Max-Age=5; Max-Age=x', 'half w.a.example /dir 5 0 0 default 0'),
    ('old=1; Expires=Thu, 01 Oct 2026 07:59:01 GMT', 'old w.a.example /dir -60 0 0 default 0'),
    ('ascii=1; Expires=Thu Oct  1 08:01:01 2026', 'ascii w.a.example /dir 60 0 0 default 0'),
    ('two=1; expires=Sunday, 04-Oct-26 08:00:01 GMT', 'two w.a.example /dir 259200 0 0 default 0'),
    ('number=1; Expires=2026-10-05', 'number w.a.example /dir session 0 0 default 0'),
    ('dot=1; Domain=.A.Example', 'dot a.example /dir session 0 0 default 0'),
    ('empty=1; Domain=', 'empty w.a.example /dir session 0 0 default 0'),
    ('suffix=1; Domain=example', 'suffix example /dir session 0 0 default 0'),
    ('foreign=1; Domain=b.example', 'foreign b.example /dir session 0 0 default 0'),
    ('path=1; Path=nix', 'path w.a.example /dir session 0 0 default 0'),
    ('root=1; Path=/', 'root w.a.example / session 0 0 default 0'),
    ('flags=1; SECURE; httponly; SameSite=strict; Partitioned', 'flags w.a.example /dir session 1 1 strict 1'),
    ('lax=1; SameSite=Lax', 'lax w.a.example /dir session 0 0 lax 0'),
    ('none=1; SameSite=None; Secure', 'none w.a.example /dir session 1 0 none 0'),
    ('open=1; SameSite=None', 'open w.a.example /dir session 0 0 none 0'),
    ('some=1; SameSite=Sometimes', 'some w.a.example /dir session 0 0 default 0'),
    ('__Secure-a=1', '__Secure-a w.a.example /dir session 0 0 default 0'),
    ('__Secure-b=1; Secure', '__Secure-b w.a.example /dir session 1 0 default 0'),
    ('__Host-a=1; Secure; Path=/; Domain=a.example', '__Host-a a.example / session 1 0 default 0'),
    ('__Host-b=1; Secure; Path=/', '__Host-b w.a.example / session 1 0 default 0'),
    ('=__Secure-d; Path=/n', '- w.a.example /n session 0 0 default 0'),
    ('"q"="v,w"', '"q" w.a.example /dir session 0 0 default 0'),
)


def cookie_table():
    """(k) every rule on names, attributes, domains and prefixes, over https and http, of the first and a third party; sent in crumbs, and set by nobody
    that this recorder would have shown."""
    t = Tape('proxy')
    own, plain = 'https://w.a.example/dir/x', 'http://w.a.example/dir/y'
    t.exchange(0, A, asks('document'), page())
    t.exchange(1, own, asks('image', A) + ['Cookie: s=1; u=2', 'Cookie: v=3'], mime='image/png',
               fields=[f'Set-Cookie: {line}' for line, _ in COOKIES])
    t.exchange(1, plain, asks('image', A), mime='image/png', fields=['Set-Cookie: http=1; Secure'])
    t.exchange(1, ICON, asks('image', A), mime='image/png', fields=['Set-Cookie: third=1; SameSite=Lax; Domain=a.example'])
    rows = [f'K a.example/side w.a.example {name} set first {rest}' for name, _, rest in (row.partition(' ') for _, row in COOKIES) if name]
    return t.gz(), '\n'.join(rows) + '''
        V a.example/side 08:00:00 200 warcprox 4 1
        R a.example/side a.example /side document first 1 08:00:00 page * - - 1 - 0 -
        R a.example/side w.a.example /dir/x image first 1 08:00:01 page O3 - - 1 - 0 -
        R a.example/side w.a.example /dir/y image first 1 08:00:01 page O3 - - 1 - 0 -
        R a.example/side t.example /x.png image third 1 08:00:01 page O3 - - 1 - 0 -
        K a.example/side w.a.example s sent first - - - - - - -
        K a.example/side w.a.example u sent first - - - - - - -
        K a.example/side w.a.example v sent first - - - - - - -
        K a.example/side w.a.example s script first - - - - - - -
        K a.example/side w.a.example u script first - - - - - - -
        K a.example/side w.a.example v script first - - - - - - -
        K a.example/side w.a.example http set first w.a.example /dir session 1 0 default 0
        K a.example/side t.example third set third a.example / session 0 0 lax 0'''


def notes():
    """(l) what a crawler without scripts wrote down of a page whose body was not kept: embeds, a folded one, links and guesses."""
    t = Tape('crawler')
    ask = ['User-Agent: heritrix', 'Connection: close']
    front = t.exchange(0, A, ask, '')
    t.notes(0, A, front, ['seed: ', 'outlink: https://t.example/x.js', '  E script/@src', 'outlink: https://far.example/a b.css E link/@href',
                          'outlink: https://link.example/l L a/@href', 'outlink: https://guess.example/y X =JS_MISC'])
    t.add('response', 'dns:t.example', b'20261001080001\nt.example. 300 IN A 192.0.2.1\n', 1, Content_Type='text/dns')
    for second, url, hops, fields in ((1, 'https://t.example/robots.txt', 'EP', []), (2, 'https://t.example/x.js', 'E', ['Set-Cookie: k=1']),
                                      (4, 'https://guess.example/y', 'X', ['Set-Cookie: no=1'])):
        answer = t.exchange(second, url, [*ask, 'Referer: ' + A] if hops != 'EP' else ask, 'x', 'text/javascript', fields=fields)
        t.notes(second, url, answer, ['via: ' + A, 'hopsFromSeed: ' + hops])
    return t.gz(), '''
        V a.example/side 08:00:00 200 heritrix 3 *
        R a.example/side a.example /side document first 1 08:00:00 page * - - 1 - 0 -
        R a.example/side t.example /x.js * third 1 08:00:00 page O5+D1 - script/@src 1 - 0 -
        R a.example/side far.example /a%20b.css * third 1 08:00:00 page D1 - link/@href 1 - 0 -
        R a.example/side guess.example /y * third 1 * crawler O5 - - 1 - 0 -
        K a.example/side t.example k set third t.example / session 0 0 default 0'''


def arc():
    """(m) without requests nothing ties an image to its page: its markup does. ARC, packed and not, and WARC say the same."""
    t = Tape('none')
    fields = ['Set-Cookie: k=1; Max-Age=60']
    bodies = ((A, page(img(ICON)), 'text/html', fields), (ICON, 'x', 'image/png', ['Set-Cookie: nobody=1']))
    records = [tiny.arc_version()]
    for second, (url, body, mime, more) in enumerate(bodies):
        t.exchange(second, url, None, body, mime, fields=more)
        records.append(tiny.arc_record(url, tiny.answer(body.encode(), mime, fields=more), mime, f'2026100108000{second}'))
    return [('x.arc', b''.join(records)), ('x.arc.gz', b''.join(map(tiny.gzip_member, records))), ('x.warc.gz', t.gz())], '''
        V a.example/side 08:00:00 200 * 2 1
        R a.example/side a.example /side document first 1 08:00:00 page * - - 1 - 0 -
        R a.example/side t.example /x.png image third 1 08:00:00 page D1 - img~src 1 - 0 -
        K a.example/side a.example k set first a.example / 60 0 0 default 0'''


def wacz_files():
    """The crawl of (f) in two archives: a page's document in one, what it loads and its list in the other."""
    t = two_pages()
    halves = [t.records[:3], t.records[:1] + t.records[3:]]
    lines = [{'format': 'json-pages-1.0', 'id': 'pages'}, {'id': 'page-1', 'url': A, 'ts': '2026-10-01T08:00:00Z', 'status': 200}]
    return [(f'archive/{name}.warc.gz', b''.join(map(tiny.gzip_member, half))) for name, half in zip(('one', 'two'), halves)] + \
        [('pages/pages.jsonl', ''.join(json.dumps(line) + '\n' for line in lines).encode()),
         ('datapackage.json', b'{"profile":"data-package","resources":[]}')]


def zipped(sink, zip64):
    with zipfile.ZipFile(sink, 'w', zipfile.ZIP_STORED) as container:
        for name, data in wacz_files():
            with container.open(zipfile.ZipInfo(name, (2026, 10, 1, 0, 0, 0)), 'w', force_zip64=zip64) as member:
                member.write(data)
    return sink


def wacz():
    """(n) WACZ whose sizes stand behind the data (bit 3), in ZIP64, both, and with a comment; two archives inside."""
    bit3, both = zipped(Stream(), False).buffer.getvalue(), zipped(Stream(), True).buffer.getvalue()
    large = containers.zipped(wacz_files(), zip64=True)
    commented = large[:-2] + struct.pack('<H', 7) + b'comment'
    assert bit3[6] & 8 and both[6] & 8 and not large[6] & 8
    return [('bit3.wacz', bit3), ('zip64.wacz', large), ('both.wacz', both), ('comment.wacz', commented)], TWO_PAGES


def zstd(data, *options):
    return subprocess.run(['zstd', '-q', '-c', *options], input=data, stdout=subprocess.PIPE, check=True).stdout


def trained(folder):
    """A dictionary of what such records have in common."""
    names = []
    for number in range(300):
        names.append(os.path.join(folder, f'{number}'))
        with open(names[-1], 'wb') as file:
            file.write(tiny.record('response', f'https://h{number}.example/{number * 7919}', tiny.answer(page(img(f'/{number}')).encode())))
    subprocess.run(['zstd', '-q', '--train', '--maxdict=4096', '-o', folder + '/words', *names], check=True, stderr=subprocess.DEVNULL)
    with open(folder + '/words', 'rb') as file:
        return file.read()


def dictionary():
    """(o) zstd with a dictionary in front, as it is and packed itself: a frame a record."""
    if not shutil.which('zstd'):
        return [], 'zstd is not installed'
    with tempfile.TemporaryDirectory() as folder:
        words = trained(folder)
        frames = b''.join(zstd(record, '-D', folder + '/words') for record in two_pages().records)
    assert words.startswith(b'\x37\xa4\x30\xec') and frames[4] & 3
    return [(name + '.warc.zst', struct.pack('<II', 0x184d2a5d, len(words)) + words + frames)
            for name, words in (('raw', words), ('packed', zstd(words)))], TWO_PAGES


def three_containers():
    """(p) one crawl as gzip members, plain, in one gzip member, in zstd frames, in WACZ, ZIP and tar: the same rows."""
    t = two_pages()
    plain, members = b''.join(t.records), t.gz()
    inside = [('x.warc.gz', members)]
    return [('x.warc.gz', members), ('x.warc', plain), ('one.warc.gz', tiny.gzip_member(plain)),
            ('x.warc.zst', b''.join(map(tiny.zstd_frame, t.records))), ('x.wacz', containers.wacz(inside)),
            ('x.zip', containers.zipped([('crawl/x.warc.gz', members)], zipfile.ZIP_DEFLATED)), ('x.tar', containers.tar(inside))], TWO_PAGES


SCENES = {'j Set-Cookie repeated and joined': cookie_lines, 'k table of cookie rules': cookie_table, 'l notes of a crawler': notes,
          'm ARC': arc, 'n WACZ': wacz, 'o zstd with a dictionary': dictionary, 'p containers': three_containers}
