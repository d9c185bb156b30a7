# SPDX-License-Identifier: MIT
"""Scenarios (a) to (i) of what a page can do, as archives of a few records, with the rows that they must give.

The rows follow from the rules, never from what the program prints. A word a column; - is empty, * is anything (no rule says it),
~ stands for a blank, https:// and the day are left out.
  V page time status producer contacts complete
  R page host path type party count time, then of `show evidence`: origin classes condition declared_by depth frame_site hop redirect_from
  K page host name how party domain path lifetime secure httponly samesite partitioned
"""
from tape import Tape, asks, img, page

A, B = 'https://a.example/side', 'https://a.example/naeste'
ID, OTHER = 'page-1', 'page-2'


def referrers():
    """(a) third-party images with the exact page, its origin, nothing as Referer."""
    t = Tape('proxy')
    t.exchange(0, A, asks('document'), page(*(img(f'https://{h}.example/x.png') for h in ('exact', 'origin', 'none'))))
    t.exchange(1, 'https://exact.example/x.png', asks('image', A), mime='image/png')
    t.exchange(2, 'https://origin.example/x.png', asks('image', 'https://a.example/'), mime='image/png')
    t.exchange(3, 'https://none.example/x.png', asks('image'), mime='image/png')
    return t.gz(), '''
        V a.example/side 08:00:00 200 warcprox 4 1
        R a.example/side a.example /side document first 1 08:00:00 page * - - 1 - 0 -
        R a.example/side exact.example /x.png image third 1 08:00:00 page O3+D1 - img~src 1 - 0 -
        R a.example/side origin.example /x.png image third 1 08:00:00 page O4+D1 - img~src 1 - 0 -
        R a.example/side none.example /x.png image third 1 08:00:00 page O4+D1 - img~src 1 - 0 -'''


def frames():
    """(b) a frame in a frame, each of another site, under the default referrer policy."""
    t = Tape('proxy')
    t.exchange(0, A, asks('document'), page('<iframe src="https://f.example/i"></iframe>'))
    t.exchange(1, 'https://f.example/i', asks('iframe', 'https://a.example/'),
               page('<link rel=stylesheet href="/s.css">', '<iframe src="https://g.example/j"></iframe>'))
    t.exchange(2, 'https://f.example/s.css', asks('style', 'https://f.example/i'), 'p{}', 'text/css')
    t.exchange(3, 'https://g.example/j', asks('iframe', 'https://f.example/'), page(img('https://t.example/p.png')))
    t.exchange(4, 'https://t.example/p.png', asks('image', 'https://g.example/'), mime='image/png')
    return t.gz(), '''
        V a.example/side 08:00:00 200 warcprox 5 1
        R a.example/side a.example /side document first 1 08:00:00 page * - - 1 - 0 -
        R a.example/side f.example /i frame third 1 08:00:00 page O4+D1 - iframe~src 1 - 0 -
        R a.example/side f.example /s.css stylesheet third 1 08:00:00 page O3+D1 - link~href 2 f.example 0 -
        R a.example/side g.example /j frame third 1 08:00:00 page O4+D1 - iframe~src 2 f.example 0 -
        R a.example/side t.example /p.png image third 1 08:00:00 page O4+D1 - img~src 3 g.example 0 -'''


def fonts():
    """(c) a third party's style sheet asks for fonts: of its own origin with its URL, elsewhere with its origin, or with Origin only."""
    t = Tape('proxy')
    faces = ''.join(f'@font-face{{font-family:F{n};src:url({url})}}' for n, url in enumerate(
        ('/own.woff2', 'https://font.example/f.woff2', 'https://silent.example/f.woff2')))
    t.exchange(0, A, asks('document'), page('<link rel=stylesheet href="https://css.example/s.css">'))
    t.exchange(1, 'https://css.example/s.css', asks('style', 'https://a.example/'), faces, 'text/css')
    t.exchange(2, 'https://css.example/own.woff2', asks('font', 'https://css.example/s.css', 'https://a.example'), mime='font/woff2')
    t.exchange(3, 'https://font.example/f.woff2', asks('font', 'https://css.example/', 'https://a.example'), mime='font/woff2')
    t.exchange(4, 'https://silent.example/f.woff2', asks('font', '', 'https://a.example'), mime='font/woff2')
    return t.gz(), '''
        V a.example/side 08:00:00 200 warcprox 5 1
        R a.example/side a.example /side document first 1 08:00:00 page * - - 1 - 0 -
        R a.example/side css.example /s.css stylesheet third 1 08:00:00 page O4+D1 - link~href 1 - 0 -
        R a.example/side css.example /own.woff2 font third 1 08:00:00 page O3+D2 - css~url() 2 - 0 -
        R a.example/side font.example /f.woff2 font third 1 08:00:00 page O4+D2 - css~url() 2 - 0 -
        R a.example/side silent.example /f.woff2 font third 1 08:00:00 page O4+D2 - css~url() * - 0 -'''


def redirects():
    """(d) a tracker on the way to the page, and two behind an image."""
    t = Tape('proxy')
    t.exchange(0, 'https://t.example/go', asks('document'), status=302, fields=['Location: ' + A])
    t.exchange(1, A, asks('document'), page(img('https://u.example/1')))
    for second, url, to in ((2, 'https://u.example/1', 'https://v.example/2'), (3, 'https://v.example/2', 'https://a.example/pix.gif')):
        t.exchange(second, url, asks('image', A), status=302, fields=['Location: ' + to])
    t.exchange(4, 'https://a.example/pix.gif', asks('image', A), mime='image/gif')
    return t.gz(), '''
        V a.example/side 08:00:01 200 warcprox 5 1
        R a.example/side t.example /go redirect third 1 08:00:00 page * - - 1 - 0 -
        R a.example/side a.example /side document first 1 08:00:01 page * - - 1 - 1 t.example
        R a.example/side u.example /1 image third 1 08:00:01 page O3+D1 - img~src 1 - 0 -
        R a.example/side v.example /2 image third 1 08:00:03 page O3 - - 1 - 1 u.example
        R a.example/side a.example /pix.gif image first 1 08:00:04 page O3 - - 1 - 2 v.example'''


def listed_only():
    """(e) what a page lists and has no record of, and what it was kept from."""
    t = Tape('list')
    t.tagged(0, ID, 'document', A, asks('document'), page('<script src="https://ads.example/x.js"></script>'))
    t.list(0, ID, A, [(200, 'document', A), (200, 'script', 'https://cdn.example/b.js'),
                      (0, 'script', 'https://ads.example/x.js', 'net::ERR_BLOCKED_BY_CLIENT')])
    return t.gz(), '''
        V a.example/side 08:00:00 200 browsertrix 3 1
        R a.example/side a.example /side document first 1 08:00:00 page O1+O2 - - 1 - 0 -
        R a.example/side cdn.example /b.js script third 1 08:00:00 page O1 - - 1 - 0 -
        R a.example/side ads.example /x.js script third * 08:00:00 page A+D1 - script~src 1 - 0 -'''


def two_pages():
    """The records of (f)."""
    t = Tape('list')
    t.tagged(0, ID, 'document', A, asks('document'), page(img('https://t.example/x.png')))
    t.tagged(1, ID, 'image', 'https://t.example/x.png', asks('image', 'https://a.example/', cookie='k=1; l=2'), '', 'image/png',
             fields=['Set-Cookie: m=3; Max-Age=60; Secure; SameSite=None'])
    t.list(0, ID, A, [(200, 'document', A), (200, 'image', 'https://t.example/x.png')])
    t.tagged(60, OTHER, 'document', B, asks('document'), page(img('https://t.example/x.png')))
    t.list(60, OTHER, B, [(200, 'document', B), (200, 'image', 'https://t.example/x.png')])
    return t


TWO_PAGES = '''
    V a.example/side 08:00:00 200 browsertrix 2 1
    V a.example/naeste 08:01:00 200 browsertrix 2 1
    R a.example/side a.example /side document first 1 08:00:00 page O1+O2 - - 1 - 0 -
    R a.example/side t.example /x.png image third 1 08:00:00 page O1+O2+D1 - img~src 1 - 0 -
    R a.example/naeste a.example /naeste document first 1 08:01:00 page O1+O2 - - 1 - 0 -
    R a.example/naeste t.example /x.png image third * 08:01:00 page O1+D1 - img~src 1 - 0 -
    K a.example/side t.example k sent third - - - - - - -
    K a.example/side t.example l sent third - - - - - - -
    K a.example/side t.example m set third t.example / 60 1 0 none 0'''


def elsewhere():
    """(f) recorded under one page, listed by two: the cookies are of the one."""
    return two_pages().gz(), TWO_PAGES


def pings():
    """(g) POSTs, whose URL in the list has their body in it; one was recorded under its plain URL, one was not."""
    t = Tape('list')
    t.tagged(0, ID, 'document', A, asks('document'), page())
    t.tagged(1, ID, 'fetch', 'https://m.example/api?x=1', asks('empty', 'https://a.example/'), '{}', 'application/json', method='POST',
             sends=b'a=b')
    t.list(0, ID, A, [(200, 'document', A), (200, 'fetch', 'https://m.example/api?x=1&__wb_method=POST&a=b'),
                      (204, 'ping', 'https://p.example/matomo.php?__wb_method=POST&__wb_post_data=dj0x')])
    return t.gz(), '''
        V a.example/side 08:00:00 200 browsertrix 3 1
        R a.example/side a.example /side document first 1 08:00:00 page O1+O2 - - 1 - 0 -
        R a.example/side m.example /api fetch third 1 08:00:00 page O1+O2 - - 1 - 0 -
        R a.example/side p.example /matomo.php ping third 1 08:00:00 page O1 - - 1 - 0 -'''


def behaviours():
    """(h) a host that stands in a data attribute only and was fetched by the crawler's behaviour; a script's fetch that looks
    the same; an image that a script loaded from such an attribute and the behaviour fetched again; the crawler's own fetch."""
    t = Tape('list')
    t.tagged(0, ID, 'document', A, asks('document'), page(*(f'<img data-src="https://{h}.example/i.jpg">' for h in ('lazy', 'both'))))
    fetch = asks('empty', 'https://a.example/', mode='no-cors')
    t.tagged(1, ID, 'fetch', 'https://lazy.example/i.jpg', fetch, '', 'image/jpeg')
    t.tagged(2, ID, 'fetch', 'https://beacon.example/k', fetch, '', 'image/gif')
    t.tagged(3, ID, 'image', 'https://both.example/i.jpg', asks('image', 'https://a.example/'), '', 'image/jpeg')
    t.tagged(4, ID, 'fetch', 'https://both.example/i.jpg', fetch, '', 'image/jpeg')
    t.exchange(5, 'https://own.example/i.jpg', ['Referer: ' + A, 'User-Agent: x'], '', 'image/jpeg')
    t.list(0, ID, A, [(200, 'document', A), (200, 'fetch', 'https://lazy.example/i.jpg'), (200, 'fetch', 'https://beacon.example/k'),
                      (200, 'image', 'https://both.example/i.jpg')])
    return t.gz(), '''
        V a.example/side 08:00:00 200 browsertrix 4 1
        R a.example/side a.example /side document first 1 08:00:00 page O1+O2 - - 1 - 0 -
        R a.example/side beacon.example /k fetch third 1 08:00:00 page O1+O2 - - 1 - 0 -
        R a.example/side lazy.example /i.jpg * third * 08:00:00 page D2 data img~data-src 1 - 0 -
        R a.example/side lazy.example /i.jpg * third * * behaviour O1+O2 - - 1 - 0 -
        R a.example/side both.example /i.jpg image third 2 08:00:00 page O1+O2+D2 - img~data-src 1 - 0 -'''


def revisits():
    """(i) a script that is repeated with a head and without, and a page that is: each with its own date and its own cookies."""
    t = Tape('proxy')
    script, body = 'https://t.example/x.js', page('<script src="https://t.example/x.js"></script>')
    t.exchange(0, A, asks('document'), body)
    t.exchange(1, script, asks('script', A), 'x', 'text/javascript', fields=['Set-Cookie: a=1'])
    t.exchange(60, B, asks('document'), body)
    t.exchange(61, script, asks('script', B), 'x', 'text/javascript', fields=['Set-Cookie: b=1'], revisit=(script, 1, True))
    t.exchange(120, A + '3', asks('document'), body, revisit=(A, 0, False))
    t.exchange(121, script, asks('script', A + '3'), 'x', 'text/javascript', fields=['Set-Cookie: c=1'], revisit=(script, 1, False))
    return t.gz(), '''
        V a.example/side 08:00:00 200 warcprox 2 1
        V a.example/naeste 08:01:00 200 warcprox 2 1
        V a.example/side3 08:02:00 200 warcprox 2 1
        R a.example/side a.example /side document first 1 08:00:00 page * - - 1 - 0 -
        R a.example/naeste a.example /naeste document first 1 08:01:00 page * - - 1 - 0 -
        R a.example/side3 a.example /side3 document first 1 08:02:00 page * - - 1 - 0 -
        R a.example/side t.example /x.js script third 1 08:00:00 page O3+D1 - script~src 1 - 0 -
        R a.example/naeste t.example /x.js script third 1 08:01:00 page O3+D1 - script~src 1 - 0 -
        R a.example/side3 t.example /x.js script third 1 08:02:00 page O3+D1 - script~src 1 - 0 -
        K a.example/side t.example a set third t.example / session 0 0 default 0
        K a.example/naeste t.example b set third t.example / session 0 0 default 0'''


SCENES = {'a images by referrer': referrers, 'b frame inside frame': frames, 'c style sheet and fonts': fonts, 'd redirects': redirects,
          'e listed without a record': listed_only, 'f recorded under another page': elsewhere, 'g posts and pings': pings,
          'h data attribute and behaviour': behaviours, 'i revisits': revisits}
