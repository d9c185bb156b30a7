# SPDX-License-Identifier: MIT
"""Archives in the manner of crawlers without scripts: wget and Heritrix 3. Bodies as they were on the wire."""
from pages import crawl_pages, host_of, node_body, origin_of, page_loads
from session import Session, location_of, node_cookies, page_cookies, reason, site_of
from warc import chunked, gzip_member, head_bytes, sha1, warc_date

PART_BYTES = 50_000
WGET = 'Wget/1.21.3 (linux-gnu)'
HERITRIX = 'Mozilla/5.0 (compatible; heritrix/3.4.0 +https://arkiv.example)'


def path_of(url):
    return '/' + url.split('//', 1)[1].partition('/')[2]


class Wget:
    """WARC/1.0: request, then response; target URIs in brackets; Referer is the page; each URL once a run."""

    def __init__(self, crawl, truth):
        self.session = Session(crawl, truth, '1.0', False)
        self.crawl = crawl
        self.turn = 0
        self.done = []
        self.begin()

    def begin(self):
        self.name = f'{self.crawl.unit}-wget-{len(self.done):05}.warc.gz'
        archive = self.session.archive
        self.info = archive.new_id()
        archive.add([('WARC-Type', 'warcinfo'), ('Content-Type', 'application/warc-fields'), ('WARC-Date', self.date()),
                     ('WARC-Record-ID', self.info), ('WARC-Filename', self.name)],
                    f'software: {WGET}\r\nformat: WARC File Format 1.0\r\nrobots: off\r\nwget-arguments: '
                    f'"--input-file=sider.txt" "--page-requisites" "--span-hosts"\r\n\r\n'.encode())

    def date(self):
        return warc_date(self.session.now, False)

    def coded(self, body, fields):
        """In turn: plain, chunked, gzip, gzip in chunks."""
        self.turn += 1
        if self.turn % 4 >= 2:
            body = gzip_member(body)
            fields.append(('Content-Encoding', 'gzip'))
        if self.turn % 2:
            fields.append(('Transfer-Encoding', 'chunked'))
            return chunked(body, 200)
        fields.append(('Content-Length', len(body)))
        return body

    def fetch(self, page, url, referer, status, mime, body, cookies, location):
        session, archive = self.session, self.session.archive
        first, second = archive.new_id(), archive.new_id()
        ask = [('Host', host_of(url))] + ([('Referer', referer)] if referer else []) + [
            ('User-Agent', WGET), ('Accept', '*/*'), ('Accept-Encoding', 'gzip'), ('Connection', 'Keep-Alive')]
        cookie = session.cookies_for(page, url)
        block = head_bytes(f'GET {path_of(url)} HTTP/1.1', ask + ([('Cookie', cookie)] if cookie else []))
        shared = [('WARC-Target-URI', f'<{url}>'), ('WARC-Date', self.date()), ('WARC-IP-Address', '192.0.2.80'),
                  ('WARC-Warcinfo-ID', self.info)]
        archive.add([('WARC-Type', 'request')] + shared + [('Content-Type', 'application/http;msgtype=request'),
                    ('WARC-Record-ID', first), ('WARC-Block-Digest', sha1(block))], block)
        fields = [('Server', 'demo'), ('Date', session.http_date()), ('Content-Type', mime)]
        fields += [('Set-Cookie', line) for line in cookies] + ([('Location', location)] if location else [])
        wire = self.coded(body, fields)
        block = head_bytes(f'HTTP/1.1 {status} {reason(status)}', fields) + wire
        archive.add([('WARC-Type', 'response'), ('WARC-Record-ID', second), ('WARC-Concurrent-To', first)] + shared
                    + [('Content-Type', 'application/http;msgtype=response'), ('WARC-Block-Digest', sha1(block)),
                       ('WARC-Payload-Digest', sha1(wire))], block)
        session.set_cookies(page, url, cookies, True)
        session.tick(1000)

    def files(self):
        session = self.session
        for page in crawl_pages(self.crawl):
            if len(session.archive.bytes()) > PART_BYTES:
                self.done.append((f'wget/{self.name}', session.archive.bytes()))
                session.archive = session.new_archive()
                self.begin()
            session.declare(page)
            session.observed(page, page.url)
            self.fetch(page, page.url, '', page.status, f'text/html; charset={page.charset}', page.body,
                       page_cookies(self.crawl, page), '')
            for load in page_loads(page, True):
                if load.url not in session.seen and not load.node.dead:
                    session.seen.add(load.url)
                    session.fetched(page, load)
                    self.fetch(page, load.url, load.referer, load.node.status, load.node.mime,
                               node_body(load.node, page.number), node_cookies(load, page.number),
                               location_of(load, page.number))
        self.close()
        return self.done + [(f'wget/{self.name}', session.archive.bytes())]

    def close(self):
        archive = self.session.archive
        manifest = archive.new_id()
        for name, text, more in (('MANIFEST.txt', self.info + '\n', []),
                                 ('wget.log', 'FINISHED\n', [('WARC-Concurrent-To', manifest)])):
            kind = 'resource' if more else 'metadata'
            archive.add([('WARC-Type', kind), ('WARC-Record-ID', archive.new_id() if more else manifest),
                         ('WARC-Warcinfo-ID', self.info)] + more
                        + [('WARC-Target-URI', f'<metadata://gnu.org/software/wget/warc/{name}>'),
                           ('WARC-Date', self.date()), ('WARC-Block-Digest', sha1(text.encode())),
                           ('Content-Type', 'text/plain')], text.encode())


class Heritrix:
    """WARC/1.0: response, request, metadata with via, path and outlinks; dns: records; each URI once a crawl."""

    def __init__(self, crawl, truth):
        self.session = Session(crawl, truth, '1.0', False)
        self.crawl = crawl
        self.hosts = {}
        self.name = f'DEMO-{crawl.unit}-{crawl.start[:10].replace("-", "")}-00000.warc.gz'
        archive = self.session.archive
        archive.add([('WARC-Type', 'warcinfo'), ('WARC-Date', self.date()), ('WARC-Filename', self.name),
                     ('WARC-Record-ID', archive.new_id()), ('Content-Type', 'application/warc-fields')],
                    f'software: Heritrix/3.4.0-20240909 http://crawler.archive.example\r\nip: 192.0.2.1\r\n'
                    f'format: WARC File Format 1.0\r\noperator: Demoarkivet\r\nisPartOf: demo{self.crawl.year}\r\n'
                    f'robots: obey\r\nhttp-header-user-agent: {HERITRIX}\r\n\r\n'.encode())

    def date(self):
        return warc_date(self.session.now, False)

    def resolve(self, host):
        """The dns: record Heritrix writes before it first asks a host."""
        if host in self.hosts:
            return self.hosts[host]
        address = self.hosts[host] = f'192.0.2.{10 + len(self.hosts)}'
        archive = self.session.archive
        block = f'{self.session.now:%Y%m%d%H%M%S}\n{host}.\t300\tIN\tA\t{address}\n'.encode()
        archive.add([('WARC-Type', 'response'), ('WARC-Target-URI', f'dns:{host}'), ('WARC-Date', self.date()),
                     ('WARC-IP-Address', '192.0.2.1'), ('WARC-Record-ID', archive.new_id()),
                     ('Content-Type', 'text/dns'), ('WARC-Payload-Digest', sha1(block))], block)
        return address

    def fetch(self, page, url, via, hops, status, mime, body, cookies, location, outlinks):
        session, archive = self.session, self.session.archive
        address = self.resolve(host_of(url))
        response = archive.new_id()
        fields = [('Server', 'demo'), ('Date', session.http_date()), ('Content-Type', mime), ('Content-Length', len(body))]
        fields += [('Set-Cookie', line) for line in cookies] + ([('Location', location)] if location else [])
        block = head_bytes(f'HTTP/1.1 {status} {reason(status)}', fields + [('Connection', 'close')]) + body
        shared = [('WARC-Target-URI', url), ('WARC-Date', self.date())]
        archive.add([('WARC-Type', 'response')] + shared + [('WARC-Payload-Digest', sha1(body)),
                    ('WARC-IP-Address', address), ('WARC-Record-ID', response),
                    ('Content-Type', 'application/http; msgtype=response')], block)
        ask = [('User-Agent', HERITRIX), ('Connection', 'close')] + ([('Referer', via)] if via else [])
        cookie = session.cookies_for(page, url)
        ask += [('Host', host_of(url))] + ([('Cookie', cookie)] if cookie else [])
        block = head_bytes(f'GET {path_of(url)} HTTP/1.0', ask)
        archive.add([('WARC-Type', 'request')] + shared + [('WARC-Concurrent-To', response),
                    ('WARC-Record-ID', archive.new_id()), ('Content-Type', 'application/http; msgtype=request')], block)
        lines = ([f'via: {via}', f'hopsFromSeed: {hops}'] if via else ['seed: ']) + ['fetchTimeMs: 41']
        block = ('\r\n'.join(lines + [f'outlink: {link}' for link in outlinks]) + '\r\n\r\n').encode()
        archive.add([('WARC-Type', 'metadata')] + shared + [('WARC-Concurrent-To', response),
                    ('WARC-Record-ID', archive.new_id()), ('Content-Type', 'application/warc-fields')], block)
        session.set_cookies(page, url, cookies, True)
        session.tick(2000)

    def page(self, page, pages):
        session, front = self.session, pages[0].url
        session.declare(page)
        session.observed(page, page.url)
        loads = page_loads(page, True)
        context = {'css': 'link/@href', 'script': 'script/@src', 'img': 'img/@src', 'iframe': 'iframe/@src',
                   'noscript': 'img/@src'}
        links = [f'{load.url} E {context[load.node.tag]}' for load in loads
                 if load.referer == page.url and load.node.tag in context]
        links += [f'{other.url} L a/@href' for other in pages] + [f'{origin_of(page.url)}/w.klar X =JS_MISC']
        via, hops = ('', '') if page.number == 0 else (front, 'L')
        self.fetch(page, page.url, via, hops, page.status, f'text/html; charset={page.charset}', page.body,
                   page_cookies(self.crawl, page), '', links)
        for load in loads:
            off = site_of(host_of(load.url)) in self.crawl.unfetched
            if load.url in session.seen or load.node.dead or off:
                continue
            session.seen.add(load.url)
            session.fetched(page, load)
            path = hops + ('ER' if load.source else 'EE' if load.referer != page.url else 'E')
            self.fetch(page, load.url, load.source or load.referer, path, load.node.status, load.node.mime,
                       node_body(load.node, page.number), node_cookies(load, page.number),
                       location_of(load, page.number), [])

    def files(self):
        pages = crawl_pages(self.crawl)
        for page in pages:
            self.page(page, pages)
        return [(f'heritrix/{self.name}', self.session.archive.bytes())]
