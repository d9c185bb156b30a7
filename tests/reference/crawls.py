# SPDX-License-Identifier: MIT
"""The shared crawls, told three times: by the browser of the truth, by the server, and by an independent reader of the archives.

A fact is a tuple: (host,) was asked; (host, host) redirected to; (host, name) a cookie, set or sent. What a request shows of each
kind is in FACTS. A fact that truth and program do not both have must have a cause, which is read from the server's log of that very
run or from the bytes of the archive.
"""
import collections
import gzip
import json
import os
import re
from datetime import datetime
from urllib.parse import urldefrag, urljoin, urlsplit

from reader import parts, records
from tables import SHARED, make_index, rows_of

CRAWLS = os.path.join(SHARED, 'crawl')
YEARS = ('2025', '2026')
LOGS = {'capture': 'capture', 'proxy': 'proxy', 'browsertrix': 'btrix', 'wget': 'wget'}
BROWSERS = ('capture', 'proxy')  # one window, one page after the other: all that is recorded is a page's doing
LARGEST_COOKIE = 4096  # octets of name and value (RFC 6265bis 5.6)
WEB = ('http', 'https', 'ws', 'wss')

# A request, an answer or both, with what its head shows. `to`: URL it redirects to; `set`, `sent`: {cookie name: octets of name and value}
Seen = collections.namedtuple('Seen', 'at url host to set sent navigates', defaults=(None,))
FACTS = {
    'hosts': lambda seen: {(seen.host,)},
    'hops': lambda seen: {(seen.host, urlsplit(seen.to).hostname)} if seen.to else set(),
    'set': lambda seen: {(seen.host, name) for name in seen.set},
    'sent': lambda seen: {(seen.host, name) for name in seen.sent},
}


def seconds(text):
    return datetime.fromisoformat(text.replace('Z', '+00:00')).timestamp()


def page_of(url):
    return urldefrag(url)[0]


def final_url(page):
    return page_of(page.get('finalUrl') or page['url'])


def target(url, status, location):
    return page_of(urljoin(url, location)) if location and 300 <= status < 400 else None


def cookies(pairs):
    """{name: octets of name and value, of several the fewest}; a pair without "=" is a value without a name."""
    found = {}
    for pair in filter(None, (pair.strip() for pair in pairs)):
        name, equals, value = pair.partition('=')
        name, value = (name.strip(), value.strip()) if equals else ('', pair)
        octets = len((name + value).encode())
        found[name] = min(found.get(name, octets), octets)
    return found


def set_cookies(lines):
    return cookies(line.split(';')[0] for line in lines)


def read_log(year, run):
    """What the server received in a run, in order of time."""
    with gzip.open(os.path.join(CRAWLS, year, 'server-log', run + '.jsonl.gz'), 'rt', encoding='utf-8') as file:
        rows = [json.loads(line) for line in file]
    return sorted((seen_by_server(row) for row in rows), key=lambda seen: seen.at)


def seen_by_server(row):
    return Seen(seconds(row['t']), page_of(row['url']), urlsplit(row['url']).hostname, target(row['url'], row['status'], row.get('location')),
                set_cookies(row.get('setCookie', ())), cookies(row.get('cookie', '').split(';')), navigates(row))


def navigates(row):
    """Whether it opens a page; a crawler that does not say so opens the pages of the truth, and documents that are no page's part."""
    mode, dest = row.get('sec-fetch-mode'), row.get('sec-fetch-dest')
    if mode is None:
        return True if row.get('type') == 'application/pdf' else None
    return mode == 'navigate' and dest in ('document', 'empty') and 'sec-purpose' not in row  # empty: through a service worker


def read_head(block):
    """(first line, [(lower-case name, value)]) of an HTTP message."""
    lines = block.split(b'\r\n\r\n')[0].decode('utf-8', 'replace').split('\r\n')
    fields = (line.partition(':') for line in lines[1:])
    return lines[0], [(name.strip().lower(), value.strip()) for name, _, value in fields]


class Archive:
    """What an independent reader finds in the archive of one portal."""

    def __init__(self, path):
        self.file = os.path.basename(path)
        self.portal = re.match(r'\w+', self.file).group()
        self.asked, self.answered = [], []  # what requests show, what answers show
        self.listed = collections.defaultdict(set)  # (page, host) -> statuses
        for data in parts(path):
            for fields, block in records(data):
                self.add(fields, block)

    def add(self, fields, block):
        url, kind = fields.get('warc-target-uri', '').strip('<>'), fields.get('warc-type')
        if url.startswith('urn:pageinfo:'):
            info = json.loads(block)
            for item, entry in info['urls'].items():
                self.listed[page_of(info.get('url', url[13:])), urlsplit(item).hostname].add(entry['status'])
        elif url.startswith('http') and kind in ('request', 'response', 'revisit'):
            (self.asked if kind == 'request' else self.answered).append(seen_in_archive(url, fields['warc-date'], block))


def seen_in_archive(url, date, block):
    line, head = read_head(block)
    status = line.split(' ')[1] if line.startswith('HTTP/') else ''
    location = next((value for name, value in head if name == 'location'), None)
    middle = 0 if '.' in date else 0.5  # of the second it names
    return Seen(seconds(date) + middle, page_of(url), urlsplit(url).hostname, target(url, int(status) if status.isdigit() else 0, location),
                set_cookies(value for name, value in head if name == 'set-cookie'),
                cookies(pair for name, value in head if name == 'cookie' for pair in value.split(';')))


def pair(log, found):
    """[(row of the log, record)]: those of one URL nearest in time, each in one pair at most. A scheme may differ: HSTS."""
    rows = collections.defaultdict(list)
    for number, row in enumerate(log):
        rows[without_scheme(row.url)].append(number)
    near = sorted((log[number].url != seen.url, abs(log[number].at - seen.at), number, i) for i, seen in enumerate(found)
                  for number in rows[without_scheme(seen.url)])
    pairs, rows_used, found_used = [], set(), set()
    for _, _, number, i in near:
        if number not in rows_used and i not in found_used:
            rows_used.add(number)
            found_used.add(i)
            pairs.append((log[number], found[i]))
    return pairs


def without_scheme(url):
    return url.partition(':')[2]


def open_times(log, pages):
    """{page: [(begin, end)]} it stood in the window: from its request, or the first redirect to it, until that of the next page."""
    begins, led_to = [], {}
    for row in log:
        begin = led_to.pop(row.url, row.at)
        if row.to:
            led_to[row.to] = begin
        elif row.navigates or (row.navigates is None and row.url in pages):
            begins.append((begin, row.url))
    found = collections.defaultdict(list)
    for (begin, url), (end, _) in zip(begins, begins[1:] + [(float('inf'), None)]):
        found[url].append((begin, end))
    return found


def is_open(times, at):
    return any(begin <= at < end for begin, end in times)


class Portal:
    """One portal in one crawl: what the server saw of the run and of the truth's visit, and what the archive holds."""

    def __init__(self, crawl, archive, truth, begin, end):
        self.id, self.crawl, self.archive = truth['id'], crawl, archive
        self.session = next(session for session in truth['sessions'] if session['name'] == 'default')
        pages = {page_of(url) for page in self.session['pages'] for url in (page['url'], page.get('finalUrl')) if url}
        self.sockets = {socket['host'] for page in self.session['pages'] for socket in page['webSockets']}
        self.scripts = {entry['raw'].split('=')[0].strip() for session in truth['sessions'] for page in session['pages']
                        for entry in page['js'] if entry['k'] == 'cookie'}  # names of cookies they set
        self.log = between(crawl.log, begin, min(max(seen.at for seen in archive.answered) + 3, end))
        self.recorded = {what: pair(self.log, getattr(archive, what)) for what in ('asked', 'answered')}
        self.truth_log = between(crawl.truth_log, min(seconds(page['started']) for page in self.session['pages']),
                                 max(seconds(page['unloadAt']) for page in self.session['pages']) + 1)
        self.open, self.truth_open = open_times(self.log, pages), open_times(self.truth_log, pages)

    def pairs(self, kind):
        return self.recorded['answered' if kind in ('hops', 'set') else 'asked']

    def held(self, kind, page):
        """Facts that the archive holds of what was asked for while the page was open; no browser takes the largest cookies."""
        return {fact for row, seen in self.pairs(kind) if is_open(self.open[page], row.at) for fact in FACTS[kind](seen)
                if kind != 'set' or seen.set[fact[1]] <= LARGEST_COOKIE}

    def wanted(self, kind):
        """{page: facts} of the truth."""
        found = collections.defaultdict(set)
        for page in self.session['pages']:
            of_id = {request['id']: request for request in page['requests']}
            found[final_url(page)] |= {
                fact for request in page['requests'] if is_web_request(request) for fact in facts_of_truth(kind, request, of_id)}
        return found


def between(log, begin, end):
    return [row for row in log if begin <= row.at < end]


def is_web_request(request):
    return not request.get('blockedReason') and request.get('host') and urlsplit(request['url']).scheme in WEB


def facts_of_truth(kind, request, of_id):
    host = request['host']
    if kind == 'hosts':
        return {(host,)}
    if kind == 'hops':
        source = of_id.get(request.get('redirectedFrom'))
        return {(source['host'], host)} if source and source.get('protocol') else set()  # sent over the network
    if kind == 'set':
        return {(host, cookie['name']) for cookie in request.get('setCookies', ())}
    return {(host, cookie.rsplit('@', 1)[0]) for cookie in request.get('cookiesSent', ())}


class Crawl:
    """One kind of archives of one year, in an index."""

    def __init__(self, kind, year, folder):
        self.kind, self.year, self.folder = kind, year, os.path.join(CRAWLS, year, kind)
        self.archives = [Archive(os.path.join(self.folder, name)) for name in sorted(os.listdir(self.folder))]
        self.log, self.truth_log = read_log(year, LOGS[kind]), read_log(year, 'truth')
        self.portals = self.read_portals()
        self.index = os.path.join(folder, f'{kind}-{year}.index')
        make_index(self.index, [os.path.join(self.folder, archive.file) for archive in self.compared()], year=year)
        self.visited = {page_of(row['page_url']) for row in rows_of(self.index, 'visits')}
        self.crawlers_own = {(page_of(row['page_url']), row['host'], row['path']) for row in rows_of(self.index, 'evidence')
                             if row['origin'] == 'crawler'}

    def compared(self):
        """Those of the default session."""
        return [archive for archive in self.archives if 'consent' not in archive.file]

    def read_portals(self):
        with open(os.path.join(CRAWLS, self.year, 'truth.json'), encoding='utf-8') as file:
            truth = {portal['id']: portal for portal in json.load(file)['portals']}
        begins = self.begins() + [float('inf')]
        return [Portal(self, archive, truth[archive.portal], begin, min(at for at in begins if at > begin))
                for archive, begin in zip(self.archives, begins) if archive in self.compared()]

    def begins(self):
        """When each run began, by the requests that no other portal makes."""
        askers = collections.defaultdict(set)
        for archive in self.archives:
            for seen in archive.asked:
                askers[seen.url].add(archive.portal)
        own = [[seen for seen in archive.asked if len(askers[seen.url]) == 1] for archive in self.archives]
        return [min(row.at for row, _ in pair(self.log, found)) for found in own]
