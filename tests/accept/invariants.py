#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What must hold whatever was crawled: the invariants of the attribution, on real archives.

0 The table of contacts says the best of what the table of evidence has.
1 Every URL that a browser lists for its page is one contact of that visit; the lists are read by the second reader.
2 Every request-like event ends in exactly one way; how many there are is counted again where requests name their answers.
3 A contact that was observed names a record, and that record proves it (a random sample: SEED).
4 Files in another order, and under names that sort otherwise, give the same tables.
5 Without any Referer a crawl that tags its records gives the same hosts for each visit, and all else but the depth.
"""
import collections
import functools
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import reader  # noqa: E402  (the second reader: Python's standard library only)
import tables  # noqa: E402
from warc import gzip_member  # noqa: E402

SAMPLE = 120
ROWS = ('visits', 'contacts', 'evidence', 'cookies', 'aliases', 'archives', 'faults', 'counters')
OBSERVED = {'O1', 'O2', 'O3', 'O4', 'O5'}
ENDS = ('attributed to a visit', 'without a visit', 'of the browser itself', 'of the crawler itself')
REFRESH = re.compile(rb'<meta[^>]*http-equiv=["\']?refresh["\']?[^>]*url=[\'"]?([^"\'> ]+)', re.I)
REFERER = re.compile(rb'\r\nreferer:[^\r\n]*', re.I)
NETWORK = ('http', 'https', 'ws', 'wss')
A_PAGE = re.compile(r'https?://[\w.:-]+(?:[/?]|$)', re.I)


rows_of = functools.cache(tables.rows_of)


def say(name, wrong, what):
    for line in wrong[:10]:
        print('# ' + line)
    print(f'# {name}: {what}')
    print(f'not ok {name}: {len(wrong)} differences' if wrong else f'ok {name}')


def plain(url):
    """Without fragment, as a browser writes it when nothing but the path is missing."""
    url = urllib.parse.urldefrag(url)[0]
    parts = urllib.parse.urlsplit(url)
    return parts._replace(path=parts.path or '/').geturl()


def host_and_path(url):
    parts = urllib.parse.urlsplit(plain(url))
    return parts.hostname, parts.path


def http(block):
    """(status, fields, body) of an answer."""
    head, _, body = block.partition(b'\r\n\r\n')
    first, *lines = head.split(b'\r\n')
    fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(b':') for line in lines)}
    status = re.match(rb'HTTP/\S+ +(\d+)', first)
    return int(status.group(1)) if status else 0, fields, body


class Crawl:
    """What the second reader finds in one file of a crawler that lists its pages."""

    def __init__(self, path):
        self.lists, self.exchanges, self.has_page_ids = [], 0, False
        self.loops = {}  # URL of a ring of redirects, which has no end -> the one that stands for all
        self.moved, self.refreshed = collections.defaultdict(dict), collections.defaultdict(dict)  # page id -> URL -> where to
        self.recorded = collections.defaultdict(set)
        requests, answers = {}, {}  # what each names, or is -> its URL and time
        for data in reader.parts(path):
            for head, block in reader.records(data):
                self.add(head, block, requests, answers)
        self.exchanges = len(requests.keys() & answers.keys())
        # A request to a revisit names an id that nobody has: it is told by URL and time.
        loose = [collections.Counter(key for name, key in half.items() if name not in other)
                 for half, other in ((requests, answers), (answers, requests))]
        self.exchanges += sum((loose[0] | loose[1]).values())

    def add(self, head, block, requests, answers):
        uri, kind, page = head.get('warc-target-uri', '').strip('<>'), head['warc-type'], head.get('warc-page-id')
        if uri.startswith('urn:pageinfo:'):
            self.lists.append(json.loads(block))
        if not uri.startswith(('http:', 'https:')):
            return
        if kind == 'request':
            requests[head['warc-concurrent-to']] = uri, head['warc-date']
        if kind not in ('response', 'revisit'):
            return
        answers[head['warc-record-id']] = uri, head['warc-date']
        status, fields, body = http(block)
        self.has_page_ids |= bool(page)
        self.recorded[page].add(plain(uri))
        refresh, location = REFRESH.search(body), fields.get(b'location') if 300 <= status < 400 else None
        for to, where in ((location, self.moved), (refresh and refresh.group(1), self.refreshed)):
            target = plain(urllib.parse.urljoin(uri, to.decode('utf-8', 'replace'))) if to else ''
            if A_PAGE.match(target):
                where[page].setdefault(plain(uri), target)

    def step(self, page, url):
        """Where a page went on from a URL, or None: a redirect by the protocol always leads on."""
        to = self.refreshed[page].get(url)
        return self.moved[page].get(url) or (to if to in self.recorded[page] and to != url else None)

    def final(self, info):
        """The URL at which the page of a list ended."""
        page, url, seen = info.get('pageid'), plain(info['url']), []
        while url not in seen and self.step(page, url):
            seen.append(url)
            url = self.step(page, url)
        ring = seen[seen.index(url):] if url in seen else []
        self.loops.update({member: min(ring) for member in ring})
        return self.loops.get(url, url)

    def contacts(self):
        """{(page, host, path): [number of visits that list it, URLs of it in one visit at most, whether some was answered]}"""
        found = {}
        for info in {info.get('pageid'): info for info in reversed(self.lists)}.values():
            urls = collections.defaultdict(list)
            for url, entry in info['urls'].items():
                if url.split(':')[0] in NETWORK:
                    urls[host_and_path(url)].append(entry['status'] if isinstance(entry, dict) else entry)
            for key, states in urls.items():
                row = found.setdefault((self.final(info), *key), [0, 0, False])
                row[:] = row[0] + 1, max(row[1], len(states)), row[2] or any(states)
        return found


def check_listed(crawls, index):
    name = 'invariant 1 every URL that a page lists is one contact'
    wants = {path: crawl.contacts() for path, crawl in crawls.items()}
    got = collections.defaultdict(collections.Counter)
    for row in rows_of(index, 'evidence'):
        path, classes = row['archive'].split('!')[0], set(row['classes'].split())
        key = (crawls[path].loops.get(row['page_url'], row['page_url']), row['host'], row['path'])
        if classes & {'O1', 'A'}:
            got[path][key] += 1
            got[path, 'O1'][key] += 'O1' in classes
    wrong, urls, lists = [], 0, 0
    for path, crawl in crawls.items():
        wanted = wants[path]
        lists += len(crawl.lists)
        urls += sum(len(info['urls']) for info in crawl.lists)
        base = os.path.basename(path)
        wrong += [f'{base}: {key} is listed, and no contact' for key in wanted if key not in got[path]]
        wrong += [f'{base}: {key} is a contact, and not listed' for key in got[path] if key not in wanted]
        for key, (visits, most, answered) in wanted.items():
            if key in got[path] and not visits <= got[path][key] <= visits * most:
                wrong.append(f'{base}: {key} is {got[path][key]} contacts of {visits} visits')
            elif answered and not got[path, 'O1'][key]:
                wrong.append(f'{base}: {key} was answered, and is not O1')
    say(name, wrong, f'{urls} URLs in {lists} lists of {len(crawls)} files, {sum(sum(c.values()) for k, c in got.items() if isinstance(k, str))} contacts')


def check_sums(indexes, crawls, index):
    name = 'invariant 2 every request-like event ends in one way'
    wrong, total = [], 0
    for title, path in indexes.items():
        counters = tables.counters_of(path)
        events = counters['request-like events']
        ends = [counters['request-like events ' + end] for end in ENDS]
        total += events
        if sum(ends) != events or not events:
            wrong.append(f'{title}: {events} events, {ends} of which {sum(ends)}')
    events, again = tables.counters_of(index)['request-like events'], sum(crawl.exchanges for crawl in crawls.values())
    if events != again:
        wrong.append(f'{events} events, the second reader counts {again}')
    say(name, wrong, f'{total} events of {len(indexes)} inputs; {again} counted again')


def check_classes(index):
    name = 'invariant 0 the evidence of a contact is the best of its classes'
    place = ('page_url', 'host', 'path', 'archive', 'offset', 'length')
    best = {tuple(row[column] for column in place): row['classes'].split()[0]
            for row in rows_of(index, 'evidence') if row['origin'] in ('page', 'browser', 'unknown')}
    rows = rows_of(index, 'contacts')
    wrong = [f'{row["page_url"]} {row["host"]}{row["path"]}: {row["evidence"]}, and of its classes {best.get(tuple(row[c] for c in place))}'
             for row in rows if best.get(tuple(row[column] for column in place)) != row['evidence']]
    say(name, wrong, f'{len(rows)} contacts')


def proves(row, record):
    """Whether the URL of a contact stands where a record says what it is of, or in a page's own list."""
    text = record.decode('utf-8', 'replace')
    head = text.partition('\r\n\r\n')[0]
    if text.startswith('WARC/') and 'urn:pageinfo:' not in head:
        text = head
    host = row['host']
    return host in text.lower() or ('xn--' in host and host.encode().decode('idna') in text.lower())


def check_proofs(index, seed):
    name = 'invariant 3 an observed contact names the record that proves it'
    observed = [row for row in rows_of(index, 'contacts') if row['evidence'] in OBSERVED]
    wrong = [f'{row["page_url"]} {row["host"]}: no place' for row in observed if not row['archive'] or not row['offset']]
    wrong += [f'{row["page_url"]} {row["host"]}: no place' for row in rows_of(index, 'evidence')
              if set(row['classes'].split()) & OBSERVED and not (row['archive'] and row['offset'])]
    by_class, whole = collections.Counter(), 0
    for row in random.Random(seed).sample(observed, min(SAMPLE, len(observed))):
        done = subprocess.run([tables.PROGRAM, 'record', row['archive'], row['offset']], capture_output=True, check=False)
        by_class[row['evidence']] += 1
        whole += row['first_url'].encode() in done.stdout
        if done.returncode or not proves(row, done.stdout):
            wrong.append(f'{row["archive"]} {row["offset"]}: status {done.returncode}, no {row["host"]} in it')
    say(name, wrong, f'{len(observed)} contacts; seed {seed}, {sum(by_class.values())} looked up {dict(sorted(by_class.items()))}, '
        f'{whole} with the URL as it is printed')


def check_order(folder, paths, index, seed):
    name = 'invariant 4 files in another order'
    dice, wrong = random.Random(seed), []
    other = os.path.join(folder, 'order')
    tables.make_index(other, dice.sample(paths, len(paths)), '-j', '3', '--chunk', '1M')
    wrong += [table + ' differs' for table in ROWS if tables.text_of(index, table) != tables.text_of(other, table)]
    say(name, wrong, f'{len(paths)} files, seed {seed}')


def check_names(folder, paths, seed):
    """The folders have new names, in another order: all but the names must be the same. (No file of the crawls stands there twice.)"""
    name = 'invariant 4 files whose names sort otherwise'
    folders = sorted({os.path.dirname(path) for path in paths})
    texts = []
    for turn in range(2):
        numbers = random.Random(seed + turn).sample(range(100, 100 + len(folders)), len(folders))
        links = {old: os.path.join(folder, f'names{turn}', str(number)) for old, number in zip(folders, numbers)}
        os.mkdir(os.path.join(folder, f'names{turn}'))
        for old, new in links.items():
            os.symlink(os.path.abspath(old), new)
        index = os.path.join(folder, f'names{turn}.index')
        tables.make_index(index, [os.path.join(links[os.path.dirname(path)], os.path.basename(path)) for path in paths])
        back = {new: old for old, new in links.items()}
        rename = re.compile('|'.join(re.escape(new) + '(?=/)' for new in back))
        texts.append({table: sorted(rename.sub(lambda found: back[found.group()], tables.text_of(index, table)).split('\n'))
                      for table in ROWS})
    wrong = [f'{table}: {line}' for table in ROWS for line in sorted(set(texts[0][table]) ^ set(texts[1][table]))]
    say(name, wrong, f'{len(paths)} files in {len(folders)} folders, seed {seed}')


def rewritten(data, with_referer):
    """(the archive again, one member a record, how many Referer fields went)."""
    out, gone = [], 0
    for record in reader.Archive(data).records:
        begin = max((found.start() for found in reader.VERSION.finditer(record.plain, max(0, record.begin - 8192), record.begin)), default=0)
        head, block = record.plain[begin:record.begin], record.block
        if record.kind == 'request' and not with_referer:
            start, empty, body = block.partition(b'\r\n\r\n')
            start, count = REFERER.subn(b'', start)
            block, gone = start + empty + body, gone + count
        head = re.sub(rb'(?im)^(?:WARC-Block-Digest|Content-Length):[^\n]*\n', b'', head).rstrip(b'\r\n')
        out.append(gzip_member(head + b'\r\nContent-Length: %d\r\n\r\n' % len(block) + block + b'\r\n\r\n'))
    return b''.join(out), gone


def check_referers(folder, crawls):
    name = 'invariant 5 a crawl with page ids needs no Referer'
    rows, pairs, gone = [], [], 0
    for with_referer in (True, False):
        place = os.path.join(folder, f'referer{with_referer:d}')
        os.mkdir(place)
        for number, path in enumerate(crawls):
            for part, data in enumerate(reader.parts(path)):
                archive, count = rewritten(data, with_referer)
                gone += count
                with open(os.path.join(place, f'{number}-{part}.warc.gz'), 'wb') as file:
                    file.write(archive)
        index = place + '.index'
        tables.make_index(index, [place])
        found = rows_of(index, 'contacts')
        pairs.append({(os.path.basename(row['archive']), row['page_url'], row['host']) for row in found if row['evidence'] in OBSERVED})
        rows.append({(os.path.basename(row['archive']), row['page_url'], row['host'], row['path'], row['origin'],
                      row['classes'].replace(' O3', ''), row['hop']): row['depth'] for row in rows_of(index, 'evidence')})
    wrong = [f'{pair} only {"with" if pair in pairs[0] else "without"} Referer' for pair in sorted(pairs[0] ^ pairs[1])]
    wrong += [' '.join(key) + f' only {"with" if key in rows[0] else "without"} Referer' for key in sorted(set(rows[0]) ^ set(rows[1]))]
    deeper = sum(depth != rows[1].get(key, depth) for key, depth in rows[0].items())
    if not gone or not pairs[0]:
        wrong.append('nothing was taken away')
    say(name, wrong, f'{len(crawls)} files, {gone} Referer fields, {len(pairs[0])} pairs of visit and host; the depth of {deeper} rows changed, '
        'and nothing else')


def files_in(*places):
    return sorted(os.path.join(folder, name) for place in places for folder, _, names in os.walk(place) for name in names)


def page_lists(index):
    """{path: what the second reader finds} of the files whose crawler lists its pages and tags records with them."""
    listing = sorted({row['archive'].split('!')[0] for row in rows_of(index, 'archives') if row['producer'] == 'browsertrix'})
    found = {path: Crawl(path) for path in listing if os.path.isfile(path)}
    return {path: crawl for path, crawl in found.items() if crawl.lists and crawl.has_page_ids}


def main():
    places = [os.path.join(tables.SHARED, name) for name in ('corpus', 'crawl')]
    if not all(os.path.isdir(place) for place in places):
        print('skip invariants of the attribution: no shared archives here')
        return
    seed = int(os.environ.get('SEED', 1))
    paths = files_in(*places)
    with tempfile.TemporaryDirectory() as folder:
        index = os.path.join(folder, 'all')
        tables.make_index(index, paths)
        crawls = page_lists(index)
        tagged = os.path.join(folder, 'tagged')
        tables.make_index(tagged, list(crawls))
        indexes = {'all': index, 'page lists': tagged}
        for kind in ('capture', 'proxy', 'wget'):
            indexes[kind] = os.path.join(folder, kind)
            tables.make_index(indexes[kind], [path for path in paths if f'/{kind}/' in path])
        check_sums(indexes, crawls, tagged)
        check_classes(index)
        check_proofs(index, seed)
        check_order(folder, paths, index, seed)
        check_listed(crawls, tagged)
        check_referers(folder, crawls)
        check_names(folder, [path for path in paths if '/crawl/' in path], seed)


main()
