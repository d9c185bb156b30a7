# SPDX-License-Identifier: MIT
"""Archives in the manner of browser crawls: Browsertrix (WACZ) and a recorder over the DevTools protocol."""
import hashlib
import io
import json
import uuid
import zipfile
import zlib

from pages import crawl_pages, host_of, node_body, origin_of, page_loads
from session import Session, location_of, node_cookies, page_cookies, reason
from warc import head_bytes, sha1, sha256, warc_date

AGENT = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36'
DESTINATION = {'document': 'iframe', 'stylesheet': 'style', 'image': 'image', 'font': 'font', 'script': 'script',
               'fetch': 'empty', 'ping': 'empty'}
PART_BYTES = 50_000
WACZ_BYTES = 40_000


def referer_for(crawl, url, source):
    """strict-origin-when-cross-origin, unless the site asks for more."""
    same = origin_of(url) == origin_of(source)
    return source if same or crawl.full_referer else origin_of(source) + '/'


def request_fields(session, page, load):
    """Fields of a request, lower-case as browsers' protocols show them."""
    url = load.url if load else page.url
    fields = [('accept-language', 'da-DK,da;q=0.9')]
    cookie = session.cookies_for(page, url)
    if cookie:
        fields.append(('cookie', cookie))
    if not load:
        return fields + [('sec-fetch-dest', 'document'), ('sec-fetch-mode', 'navigate'), ('sec-fetch-site', 'none'),
                         ('upgrade-insecure-requests', '1'), ('user-agent', AGENT)]
    kind = load.node.kind
    if kind == 'font' or (kind == 'ping' and origin_of(url) != origin_of(page.url)):
        fields.append(('origin', origin_of(page.url)))
    same = origin_of(url) == origin_of(load.referer)
    return fields + [('referer', referer_for(session.crawl, url, load.referer)),
                     ('sec-fetch-dest', DESTINATION[kind]),
                     ('sec-fetch-mode', {'document': 'navigate', 'font': 'cors', 'fetch': 'cors'}.get(kind, 'no-cors')),
                     ('sec-fetch-site', 'same-origin' if same else 'cross-site'), ('user-agent', AGENT)]


def request_line(url, method, version):
    return f'{method} /{url.split("//", 1)[1].partition("/")[2]} {version}'


def page_uuid(crawl, page):
    return str(uuid.UUID(bytes=hashlib.sha256(f'{crawl.start}{page.url}'.encode()).digest()[:16], version=4))


class Browsertrix:
    """WARC/1.1: response, then request; page ids; no Set-Cookie; a URL is written once a crawl; urn:pageinfo:."""

    def __init__(self, crawl, truth):
        self.session = Session(crawl, truth, '1.1', True)
        self.crawl = crawl
        self.done = []
        self.begin()

    def begin(self):
        self.lines = []
        self.index = []
        self.name = (f'rec-{self.crawl.unit.lower()}-{self.crawl.start[:10].replace("-", "")}'
                     f'-{len(self.done)}.warc.gz')
        archive = self.session.archive
        archive.add([('WARC-Filename', self.name), ('WARC-Date', self.date()), ('WARC-Type', 'warcinfo'),
                     ('WARC-Record-ID', archive.new_id()), ('Content-Type', 'application/warc-fields')],
                    b'software: Browsertrix-Crawler 1.9.2 (with warcio.js 2.4.6)\r\nformat: WARC File Format 1.1\r\n\r\n')

    def date(self):
        return warc_date(self.session.now, True)

    def pair(self, page, url, kind, status, fields, body, request, method='GET'):
        session, archive, pid = self.session, self.session.archive, page_uuid(self.crawl, page)
        head = head_bytes(f'HTTP/1.1 {status} {reason(status)}', fields + [('content-length', len(body))])
        response = archive.new_id()
        offset = len(archive.bytes())
        archive.add([('WARC-Page-ID', pid), ('WARC-Protocol', 'h2'), ('WARC-Protocol', 'tls/1.3'),
                     ('WARC-Resource-Type', kind), ('WARC-JSON-Metadata', '{"ipType":"Public"}'),
                     ('WARC-Target-URI', url), ('WARC-Date', self.date()), ('WARC-Type', 'response'),
                     ('WARC-Record-ID', response), ('Content-Type', 'application/http; msgtype=response'),
                     ('WARC-Payload-Digest', sha256(body)), ('WARC-Block-Digest', sha256(head + body))], head + body)
        self.index.append((url, offset, len(archive.members[-1]), status, dict(fields).get('content-type', '')))
        block = head_bytes(request_line(url, method, 'HTTP/1.1'), request)
        archive.add([('WARC-Concurrent-To', response), ('WARC-Page-ID', pid), ('WARC-Resource-Type', kind),
                     ('WARC-Target-URI', url), ('WARC-Date', self.date()), ('WARC-Type', 'request'),
                     ('WARC-Record-ID', archive.new_id()), ('Content-Type', 'application/http; msgtype=request'),
                     ('WARC-Payload-Digest', sha256(b'')), ('WARC-Block-Digest', sha256(block))], block)
        session.tick(37)

    def document(self, page, urls):
        session = self.session
        if self.crawl.apex and page.number == 0 and page.status == 200:
            apex = f'http://{self.crawl.apex}/'
            self.pair(page, apex, 'document', 301, [('location', page.url), ('server', 'demo')], b'',
                      request_fields(session, page, None))
            urls[apex] = {'status': 301, 'type': 'document'}
            session.observed(page, apex)
        request = request_fields(session, page, None)
        fields = [('content-type', f'text/html; charset={page.charset}'), ('server', 'demo'), ('date', session.http_date())]
        self.pair(page, page.url, 'document', page.status, fields, page.body, request)
        session.set_cookies(page, page.url, page_cookies(self.crawl, page), False)
        session.observed(page, page.url)
        urls[page.url] = {'status': page.status, 'mime': 'text/html', 'type': 'document'}

    def load(self, page, load, urls):
        session, node = self.session, load.node
        if node.dead:
            urls[load.url] = {'status': 0, 'type': node.kind, 'error': 'net::ERR_NAME_NOT_RESOLVED'}
            session.observed(page, load.url, 'attempted')
            return
        session.observed(page, load.url)
        if node.tag == 'beacon':
            urls[load.url + '?__wb_method=POST&__wb_post_data=dj0x'] = {'status': node.status, 'type': 'ping'}
            return
        urls[load.url] = {'status': node.status, 'mime': node.mime, 'type': node.kind}
        if load.url not in session.seen:
            session.seen.add(load.url)
            fields = [('content-type', node.mime), ('server', 'demo')]
            if location_of(load, page.number):
                fields.append(('location', location_of(load, page.number)))
            self.pair(page, load.url, node.kind, node.status, fields, node_body(node, page.number),
                      request_fields(session, page, load))
        session.set_cookies(page, load.url, node_cookies(load, page.number), False)

    def page(self, page):
        session, urls, start = self.session, {}, self.date()
        session.declare(page)
        self.document(page, urls)
        for load in page_loads(page, False):
            self.load(page, load, urls)
        if page.number == 0 and any(name == 'taelleren' for name, _ in self.crawl.embeds):
            session.jar.put(host_of(page.url), 'tl_besoeg', 'v1')
        info = {'pageid': page_uuid(self.crawl, page), 'urls': urls, 'url': page.url, 'ts': start,
                'tsStatus': page.status, 'counts': {'jsErrors': 0}}
        block = json.dumps(info, ensure_ascii=False, indent=2).encode()
        archive = session.archive
        archive.add([('Content-Type', 'application/json'), ('WARC-Target-URI', 'urn:pageinfo:' + page.url),
                     ('WARC-Date', self.date()), ('WARC-Type', 'resource'), ('WARC-Record-ID', archive.new_id()),
                     ('WARC-Payload-Digest', sha256(block)), ('WARC-Block-Digest', sha256(block))], block)
        self.lines.append({'id': page_uuid(self.crawl, page), 'url': page.url, 'title': page.title, 'loadState': 4,
                           'ts': start, 'mime': 'text/html', 'status': page.status,
                           'seed': page.number == 0 and page.status == 200, 'depth': 0 if page.number == 0 else 1})
        session.tick(4200)

    def files(self):
        for page in crawl_pages(self.crawl):
            if len(self.session.archive.bytes()) > WACZ_BYTES:
                self.finish()
                self.session.archive = self.session.new_archive()
                self.begin()
            self.page(page)
        self.finish()
        return self.done

    def finish(self):
        data = wacz(self.name, self.session.archive.bytes(), self.lines, self.index, self.date())
        self.done.append((f'browsertrix/{self.crawl.unit}-{len(self.done)}.wacz', data))


class Stream:
    """A sink that cannot seek: zipfile then writes data descriptors (bit 3), as streaming writers do."""

    def __init__(self):
        self.buffer = io.BytesIO()

    def write(self, data):
        return self.buffer.write(data)

    def flush(self):
        pass


def wacz(warc_name, warc, lines, index, created):
    def dump(value):
        return json.dumps(value, ensure_ascii=False)

    header = {'format': 'json-pages-1.0', 'id': 'pages', 'title': 'Sider', 'hasText': 'false'}
    pages = '\n'.join(dump(line) for line in [header] + lines) + '\n'
    cdx = sorted(f'{",".join(reversed(host_of(url).split(".")))})/ {created[:19].translate(str.maketrans("", "", "-T:"))} '
                 + dump({'url': url, 'mime': mime, 'status': str(status), 'length': str(length), 'offset': str(offset),
                         'filename': warc_name}) for url, offset, length, status, mime in index)
    members = [(f'archive/{warc_name}', warc), ('indexes/index.cdxj', ('\n'.join(cdx) + '\n').encode()),
               ('pages/pages.jsonl', pages.encode())]
    package = {'profile': 'data-package', 'wacz_version': '1.1.1', 'created': created,
               'software': 'Browsertrix-Crawler 1.9.2 (with warcio.js 2.4.6)',
               'resources': [{'name': path.split('/')[-1], 'path': path, 'hash': sha256(data), 'bytes': len(data)}
                             for path, data in members]}
    members.append(('datapackage.json', json.dumps(package, indent=2).encode()))
    sink = Stream()
    with zipfile.ZipFile(sink, 'w', zipfile.ZIP_STORED) as container:
        for path, data in members:
            container.writestr(zipfile.ZipInfo(path, (2026, 1, 1, 0, 0, 0)), data)
    return sink.buffer.getvalue()


class Capture:
    """WARC/1.1: response and request name each other; decoded bodies; Set-Cookie repeated; an end mark per page."""

    def __init__(self, crawl, truth):
        self.session = Session(crawl, truth, '1.1', True)
        self.crawl = crawl
        self.done = []
        self.begin()

    def begin(self):
        archive = self.session.archive
        archive.add([('WARC-Filename', self.name()), ('WARC-Date', self.date()), ('WARC-Type', 'warcinfo'),
                     ('WARC-Record-ID', archive.new_id()), ('Content-Type', 'application/warc-fields')],
                    f'software: optager.mjs (playwright-core 1.50, warcio 2.4)\r\nformat: WARC File Format 1.1\r\n'
                    f'isPartOf: demo-{self.crawl.year}\r\n\r\n'.encode())

    def name(self):
        return f'{self.crawl.unit}-{self.crawl.start[:10].replace("-", "")}-{len(self.done)}.warc.gz'

    def date(self):
        return warc_date(self.session.now, True)

    def pair(self, page, url, status, fields, body, request, method='GET'):
        archive = self.session.archive
        first, second = archive.new_id(), archive.new_id()
        head = head_bytes(f'HTTP/2 {status}', fields + [('content-length', len(body))])
        shared = [('WARC-IP-Address', '192.0.2.80'), ('WARC-Target-URI', url), ('WARC-Date', self.date())]
        archive.add([('WARC-Record-ID', first), ('WARC-Concurrent-To', second)] + shared
                    + [('WARC-Type', 'response'), ('Content-Type', 'application/http; msgtype=response'),
                       ('WARC-Payload-Digest', sha1(body)), ('WARC-Block-Digest', sha1(head + body))], head + body)
        block = head_bytes(request_line(url, method, 'HTTP/2'), [('Host', host_of(url))] + request)
        archive.add([('WARC-Record-ID', second), ('WARC-Concurrent-To', first)] + shared
                    + [('WARC-Type', 'request'), ('Content-Type', 'application/http; msgtype=request'),
                       ('WARC-Block-Digest', sha1(block))], block)
        self.session.tick(23)
        return first

    def load(self, page, load):
        session, node = self.session, load.node
        cached = load.url in session.seen and not node.per_page and node.kind != 'document'
        if cached or node.dead:
            return
        session.seen.add(load.url)
        cookies = node_cookies(load, page.number)
        fields = [('content-type', node.mime)] + [('set-cookie', line) for line in cookies]
        if location_of(load, page.number):
            fields.append(('location', location_of(load, page.number)))
        self.pair(page, load.url, node.status, fields, node_body(node, page.number), request_fields(session, page, load),
                  'POST' if node.tag == 'beacon' else 'GET')
        session.set_cookies(page, load.url, cookies, True)
        session.observed(page, load.url)

    def page(self, page):
        session, archive = self.session, self.session.archive
        session.declare(page)
        cookies = page_cookies(self.crawl, page)
        fields = [('content-type', f'text/html; charset={page.charset}'), ('X-Archive-Orig-content-encoding', 'br'),
                  ('date', session.http_date())] + [('set-cookie', line) for line in cookies]
        if self.crawl.full_referer:
            fields.append(('referrer-policy', 'no-referrer-when-downgrade'))
        document = self.pair(page, page.url, page.status, fields, page.body, request_fields(session, page, None))
        session.set_cookies(page, page.url, cookies, True)
        session.observed(page, page.url)
        count = len(archive.members)
        for load in page_loads(page, False):
            self.load(page, load)
        count = 1 + (len(archive.members) - count) // 2
        session.tick(1500)
        block = f'url: {page.url}\r\nfinalUrl: {page.url}\r\ntitle: {page.title}\r\nexchanges: {count}\r\n\r\n'.encode()
        archive.add([('Content-Type', 'application/warc-fields'), ('WARC-Refers-To', document),
                     ('WARC-Target-URI', page.url), ('WARC-Date', self.date()), ('WARC-Type', 'metadata'),
                     ('WARC-Record-ID', archive.new_id()), ('WARC-Block-Digest', sha1(block))], block)
        session.tick(700)

    def files(self):
        for page in crawl_pages(self.crawl):
            self.page(page)
            if len(self.session.archive.bytes()) > PART_BYTES:
                self.finish()
                self.session.archive = self.session.new_archive()
                self.begin()
        if len(self.session.archive.members) > 1:
            self.finish()
        return self.done

    def finish(self):
        archive = self.session.archive
        if self.crawl.damaged and not self.done:
            archive.damage(next_image(archive))
        self.done.append((f'capture/{self.name()}', archive.bytes()))


def next_image(archive):
    """Number of the member that holds the site's own logo: nothing judged hangs on it."""
    for number, member in enumerate(archive.members):
        text = zlib.decompress(member, 31)
        if b'/aktiver/logo.png' in text and b'WARC-Type: response' in text and b'image/png' in text:
            return number
    raise ValueError('no logo in the archive that is to be damaged')
