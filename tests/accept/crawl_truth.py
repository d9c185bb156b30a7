#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Contacts of the shared crawls against what the browser really did: every miss and every extra has a named cause.

A pair is (page, host). For each year and kind of archive, `show contacts` (observed classes) is held against truth.json. A pair the
truth has and we lack must be something the archive cannot tell; there may be no extra at all.
"""
import collections
import csv
import datetime
import gzip
import json
import os
import subprocess
import sys
import tempfile
from urllib.parse import urldefrag, urlsplit

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'reference'))
from reader import parts, records  # noqa: E402  (the second reader: Python's standard library only)

SHARED = os.environ.get('TREDJEPART_SHARED', os.path.join(ROOT, '..', 'shared'))
PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
LOGS = {'capture': 'capture', 'proxy': 'proxy', 'browsertrix': 'btrix', 'wget': 'wget'}
csv.field_size_limit(10 ** 9)


def seconds(text):
    return datetime.datetime.fromisoformat(text.replace('Z', '+00:00')).timestamp()


def page(url):
    return urldefrag(url)[0]


class Archive:
    """What an independent reader finds in the archive of one portal."""

    def __init__(self, path):
        self.times = collections.defaultdict(list)  # URL -> when it was recorded
        self.listed = collections.defaultdict(dict)  # page -> host -> set of (status, type)
        times = []
        for data in parts(path):
            for head, block in records(data):
                self.add(head, block, times)
        self.window = (min(times) - 3, max(times) + 3)

    def add(self, head, block, times):
        uri, kind = head.get('warc-target-uri', '').strip('<>'), head.get('warc-type')
        if kind in ('response', 'revisit'):
            times.append(seconds(head['warc-date']))
            self.times[page(uri)].append(times[-1])
        if uri.startswith('urn:pageinfo:'):
            info = json.loads(block)
            for url, entry in info['urls'].items():
                host = urlsplit(url).hostname
                self.listed[page(info.get('url', uri[13:]))].setdefault(host, set()).add((entry['status'], entry.get('type')))


def contacts(index):
    """{page: hosts} observed, and {(page, host)} declared under a condition."""
    found, conditional = collections.defaultdict(set), set()
    out = subprocess.run([PROGRAM, 'show', 'contacts', index], check=True, stdout=subprocess.PIPE).stdout.decode('utf-8', 'replace')
    for row in csv.DictReader(out.splitlines(), delimiter='\t', quoting=csv.QUOTE_NONE):
        if row['evidence'].startswith('O'):
            found[page(row['page_url'])].add(row['host'])
        elif row['evidence'] == 'D2':
            conditional.add((page(row['page_url']), row['host']))
    return found, conditional


def truth_pairs(truth):
    """portal -> page -> host -> phases"""
    pairs = {}
    for portal in truth['portals']:
        session = next(s for s in portal['sessions'] if s['name'] == 'default')
        pages = pairs.setdefault(portal['id'], {})
        for p in session['pages']:
            hosts = pages.setdefault(page(p.get('finalUrl') or p['url']), {})
            for r in p['requests']:
                if not r.get('blockedReason') and r.get('host') and urlsplit(r['url']).scheme in ('http', 'https', 'ws', 'wss'):
                    hosts.setdefault(r['host'], set()).add(str(r.get('phase')))
    return pairs


def open_times(page_url, log, pages):
    """When the page stood in the window: from its request until that of the next page."""
    begins = sorted((r['at'], page(r['url'])) for r in log if page(r['url']) in pages and r['status'] == 200)
    ends = [at for at, _ in begins[1:]] + [float('inf')]
    return [(at, end) for (at, url), end in zip(begins, ends) if url == page_url]


def cause_of_miss(host, page_url, archive, log, kind, pages, conditional):
    asked = [r for r in log if r['host'] == host]
    if not asked:
        return 'that run never asked this host (another visit: later phases, mouse, scroll)'
    if kind == 'browsertrix':
        entries = archive.listed.get(page_url, {}).get(host)
        if entries is None:
            return 'the page list does not name it (EventSource, WebSocket, beacons after load, service worker, redirect of a script)'
        if all(status == 0 for status, _ in entries):
            return 'listed as attempted only (class A)'
        return None
    times = open_times(page_url, log, pages)
    if not times:
        return 'the page itself came from a service worker or the cache'
    here = [r for r in asked if any(begin <= r['at'] < end for begin, end in times)]
    if not here:
        return 'not asked while the page was open: ' + (
            'each URL once in a crawl' if kind == 'wget' else 'answered from the browser cache')
    if not any(begin - 0.2 <= at < end for r in here for at in archive.times[page(r['url'])] for begin, end in times):
        return 'asked while the page was open, but the recorder wrote no record'
    if kind == 'wget' and (page_url, host) in conditional:
        return 'declared under a condition (class D2): that the crawler took it says nothing of a browser'
    if kind == 'wget' and any('&amp;' in r['url'] for r in here):
        return 'asked with "&amp;" left in the address: not what the page declares (class D1 stands)'
    return None


def compare(year, kind, folder, causes):
    base = os.path.join(SHARED, 'crawl', year)
    files = sorted(f for f in os.listdir(os.path.join(base, kind)) if 'consent' not in f)
    index = os.path.join(folder, '%s-%s.index' % (kind, year))
    paths = os.path.join(folder, 'paths')
    with open(paths, 'w') as f:
        f.writelines(os.path.join(base, kind, name) + '\n' for name in files)
    subprocess.run([PROGRAM, 'index', '-q', '--restart', '--progress', 'never', '--year', year, '-o', index, '@' + paths], check=True)
    ours, conditional = contacts(index)
    with gzip.open(os.path.join(base, 'server-log', LOGS[kind] + '.jsonl.gz'), 'rt') as f:
        log = [json.loads(line) for line in f]
    for r in log:
        r['at'], r['host'] = seconds(r['t']), urlsplit(r['url']).hostname
    with open(os.path.join(base, 'truth.json'), encoding='utf-8') as f:
        pairs = truth_pairs(json.load(f))
    total = collections.Counter()
    unexplained = []
    for name in files:
        portal = name.split('.')[0]
        archive = Archive(os.path.join(base, kind, name))
        mine = [r for r in log if archive.window[0] <= r['at'] <= archive.window[1]]
        for url, hosts in pairs[portal].items():
            if url not in ours:
                causes[kind, 'page not visited by this crawl'] += len(hosts)
                continue
            total['truth'] += len(hosts)
            total['ours'] += len(ours[url])
            total['hit'] += len(set(hosts) & ours[url])
            for host in set(hosts) - ours[url]:
                cause = cause_of_miss(host, url, archive, mine, kind, pairs[portal], conditional)
                causes[kind, 'miss: ' + str(cause)] += 1
                if not cause:
                    unexplained.append('%s %s misses %s' % (portal, url, host))
            for host in ours[url] - set(hosts):
                causes[kind, 'extra'] += 1
                unexplained.append('%s %s has %s too much' % (portal, url, host))
    return total, unexplained


def main():
    if not os.path.isdir(os.path.join(SHARED, 'crawl')):
        print('skip crawl_truth: no shared crawls here')
        return
    causes = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        for kind in ('capture', 'proxy', 'browsertrix', 'wget'):
            for year in ('2025', '2026'):
                total, unexplained = compare(year, kind, folder, causes)
                print('# %s %s: recall %.3f precision %.3f of %d pairs' % (
                    kind, year, total['hit'] / total['truth'], total['hit'] / total['ours'], total['truth']))
                for line in unexplained[:20]:
                    print('#   ' + line)
                name = 'crawl_truth %s %s' % (kind, year)
                print('ok ' + name if not unexplained else 'not ok %s: %d differences without a cause' % (name, len(unexplained)))
    for (kind, cause), count in sorted(causes.items()):
        print('# %5d %-12s %s' % (count, kind, cause))


main()
