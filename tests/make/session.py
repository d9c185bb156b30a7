# SPDX-License-Identifier: MIT
"""What one crawl carries from page to page: the clock, the cookie jar, the URLs it has; and the truth it adds to."""
import datetime

from pages import CONDITIONAL, host_of, node_url
from warc import Archive, date_of, http_date

BEST_FIRST = ('observed', 'attempted', 'declared', 'conditional', 'connect')


class Truth:
    """Rows worked out while the archives are planned, never read back from them."""

    def __init__(self):
        self.contacts = {}
        self.cookies = set()
        self.visits = set()

    def contact(self, year, page_url, host, how):
        key = (year, page_url, host)
        if BEST_FIRST.index(how) < BEST_FIRST.index(self.contacts.get(key, BEST_FIRST[-1])) or key not in self.contacts:
            self.contacts[key] = how

    def cookie(self, year, page_url, host, name, how):
        self.cookies.add((year, page_url, host, name, how))


def site_of(host):
    return '.'.join(host.split('.')[-2:])


class Jar:
    """Cookies as a client keeps them; `strict`: a browser that wants SameSite=None and Secure of third parties."""

    def __init__(self, strict):
        self.strict = strict
        self.cookies = {}

    def take(self, url, page_host, line):
        host = host_of(url)
        pair, *attributes = [part.strip() for part in line.split(';')]
        name, value = pair.split('=', 1)
        given = {a.split('=', 1)[0].lower(): a.split('=', 1)[-1] for a in attributes}
        third = site_of(host) != site_of(page_host)
        if self.strict and third and (given.get('samesite') != 'None' or 'secure' not in given):
            return
        domain = given.get('domain', '').lstrip('.')
        path = given.get('path', '/')
        key = (domain or host, not domain, path, name)
        if given.get('max-age') == '0' or '1970' in given.get('expires', ''):
            self.cookies.pop(key, None)
        else:
            self.cookies[key] = (value, given.get('samesite', ''))

    def put(self, host, name, value):
        self.cookies[(host, True, '/', name)] = (value, '')

    def of(self, url, page_host):
        """[(name, value)] that go with a request."""
        host = host_of(url)
        path = '/' + url.split('//', 1)[1].partition('/')[2].split('?')[0]
        third = site_of(host) != site_of(page_host)
        found = []
        for (domain, exact, at, name), (value, same_site) in self.cookies.items():
            if not (host == domain or (not exact and host.endswith('.' + domain))):
                continue
            if not path.startswith(at) or (self.strict and third and same_site != 'None'):
                continue
            found.append((name, value))
        return found


def page_cookies(crawl, page):
    """Set-Cookie lines of a document: every kind of attribute occurs somewhere."""
    if page.status != 200:
        return ()
    host = host_of(page.url)
    lines = []
    if page.number == 0:
        lines = [f'sid=s{crawl.year}k; Path=/; HttpOnly; Secure; SameSite=Lax', '__Host-sprog=da; Path=/; Secure',
                 f'valg=stor; Max-Age=31536000; Domain={host}; Path=/',
                 'gammel=; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Path=/']
    elif page.number == 5:
        lines = ['skema=1; Path=/selvbetjening; SameSite=Strict; Secure', 'set=1,2; Expires=Fri, 01-Oct-27 10:00:00 GMT']
    return tuple(lines)


class Session:
    def __init__(self, crawl, truth, version, strict_jar):
        self.crawl = crawl
        self.truth = truth
        self.now = date_of(crawl.start)
        self.jar = Jar(strict_jar)
        self.seen = set()
        self.version = version
        self.part = 0
        self.archive = self.new_archive()

    def new_archive(self):
        crawl = self.crawl
        archive = Archive(f'{crawl.unit}/{crawl.year}/{crawl.producer}/{crawl.start}/{self.part}', self.version)
        self.part += 1
        return archive

    def tick(self, millis):
        self.now += datetime.timedelta(milliseconds=millis)

    def http_date(self):
        return http_date(self.now)

    def observed(self, page, url, how='observed'):
        self.truth.contact(self.crawl.year, page.url, host_of(url), how)

    def fetched(self, page, load):
        """What a crawler without scripts took: no browser takes a node that waits for a condition."""
        if load.node.tag not in CONDITIONAL:
            self.observed(page, load.url)

    def declare(self, page):
        """Rows for what stands in the markup, loaded or not."""
        self.truth.visits.add((self.crawl.year, page.url))
        for node in page.nodes:
            if node.tag in ('script', 'css', 'img', 'iframe') or node.tag in CONDITIONAL:
                self.observed(page, node_url(node, page.number), CONDITIONAL.get(node.tag, 'declared'))

    def cookies_for(self, page, url):
        """The Cookie value of a request, noted in the truth."""
        pairs = self.jar.of(url, host_of(page.url))
        for name, _ in pairs:
            self.truth.cookie(self.crawl.year, page.url, host_of(url), name, 'sent')
        return '; '.join(f'{name}={value}' for name, value in pairs)

    def set_cookies(self, page, url, lines, recorded):
        for line in lines:
            self.jar.take(url, host_of(page.url), line)
            if recorded:
                self.truth.cookie(self.crawl.year, page.url, host_of(url), line.split('=', 1)[0], 'set')


def node_cookies(load, number):
    return tuple(line.replace('{n}', str(number)) for line in load.node.cookies)


def location_of(load, number):
    return node_url(load.node.children[0], number) if load.node.status in (301, 302) else ''


def reason(status):
    return {200: 'OK', 204: 'No Content', 301: 'Moved Permanently', 302: 'Found', 403: 'Forbidden',
            404: 'Not Found'}[status]
