#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""HAR files against a second reader (Python's json): pages, hosts and cookies of every HAR of the shared corpus and of generated
ones; and damage: whatever happens to one place, every entry that it did not touch is read."""
import csv
import glob
import json
import os
import random
import subprocess
import sys
import tempfile
import urllib.parse

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get('TREDJEPART_SHARED', os.path.join(ROOT, '..', 'shared'))
PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'make'))
csv.field_size_limit(10 ** 9)
from har import STYLES, Har, damaged  # noqa: E402

GENERATED = 40
DAMAGES = 400


class Program:
    """What the program finds: rows of its tables."""

    def __init__(self, folder, paths):
        self.index = os.path.join(folder, 'har.index')
        run = subprocess.run([PROGRAM, 'index', '-q', '--restart', '--progress', 'never', '--year', '2026', '-o', self.index,
                              *paths], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
        if run.returncode:
            raise RuntimeError('exit status %d: %s' % (run.returncode, run.stderr.decode('utf-8', 'replace')[-200:]))

    def table(self, name):
        out = subprocess.run([PROGRAM, 'show', name, self.index], check=True, stdout=subprocess.PIPE).stdout.decode()
        return list(csv.DictReader(out.splitlines(), delimiter='\t', quoting=csv.QUOTE_NONE))


def observed(rows):
    return {(r['page_url'], r['host']) for r in rows if r['evidence'][0] in 'OA'}


def named(rows):
    return {(r['page_url'], r['host'], r['name'], r['how']) for r in rows}


def plain(url):
    parts = urllib.parse.urlsplit(url)
    return urllib.parse.urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or '/', parts.query, ''))


def values(message, name):
    return [h.get('value', '') for h in message.get('headers') or [] if h.get('name', '').lower() == name]


class Second:
    """The second reader. `loose`: hosts of entries without a page, which the program may place by their referrer."""

    def __init__(self, path):
        with open(path, 'rb') as f:
            log = json.loads(f.read().decode('utf-8-sig')).get('log', {})
        self.entries = log.get('entries') or []
        self.paged = {}
        self.loose = set()
        for entry in self.entries:
            url = (entry.get('request') or {}).get('url', '')
            if url.split(':')[0] not in ('http', 'https', 'ws', 'wss'):
                continue
            if entry.get('pageref'):
                self.paged.setdefault(entry['pageref'], []).append(entry)
            else:
                self.loose.add(urllib.parse.urlsplit(url).hostname)
        titles = {p.get('id'): p.get('title') or '' for p in log.get('pages') or []}
        self.contacts, self.cookies = set(), set()
        for page, entries in self.paged.items():
            entries.sort(key=lambda e: e.get('startedDateTime', ''))
            url = self.page_url(entries, titles.get(page, ''))
            if url:
                self.read_page(url, entries)

    @staticmethod
    def page_url(entries, title):
        by_url = {}
        for entry in entries:
            by_url.setdefault(plain(entry['request']['url']), entry)
        url = plain(title) if title.startswith('http') and plain(title) in by_url else None
        if not url:
            documents = [e for e in entries if 'html' in (e['response'].get('content') or {}).get('mimeType', '')
                         and not values(e['response'], 'location')]
            url = plain(documents[0]['request']['url']) if documents else title if title.startswith('http') else None
        for _ in range(20):
            to = values(by_url[url]['response'], 'location') if url in by_url else None
            if not to:
                break
            url = plain(urllib.parse.urljoin(url, to[0]))
        return url

    def read_page(self, page, entries):
        for entry in entries:
            request, response = entry['request'], entry['response']
            host = urllib.parse.urlsplit(request['url']).hostname
            self.contacts.add((page, host))
            if response.get('status'):
                sent = [pair for line in values(request, 'cookie') for pair in line.split(';')]
                names = [pair.split('=')[0].strip() for pair in sent] or [c['name'] for c in request.get('cookies') or []]
                self.cookies |= {(page, host, name, 'sent') for name in names}
            self.cookies |= {(page, host, name, 'set') for name in self.set_names(response)}

    @staticmethod
    def set_names(response):
        lines = [line for value in values(response, 'set-cookie') for line in value.split('\n') if line.strip()]
        listed = [c['name'] for c in response.get('cookies') or []]
        if len(listed) > len(lines):
            return listed
        return [line.split(';')[0].split('=')[0].strip() for line in lines]


def difference(name, ours, theirs, but=()):
    more, less = sorted(x for x in ours - theirs if x[1] not in but), sorted(theirs - ours)
    return '%s: %d only ours %s, %d only the second reader %s' % (name, len(more), more[:2], len(less), less[:2]) \
        if more or less else ''


def check_corpus(folder):
    paths = sorted(glob.glob(os.path.join(glob.escape(SHARED), 'corpus', '**', '*.har'), recursive=True))
    if not paths:
        print('skip HAR files of the corpus against a second reader: no shared corpus here')
        return
    wrong, counts = [], [0, 0, 0]
    for path in paths:
        got = Program(folder, [path])
        try:
            second = Second(path)
        except ValueError:
            if got.table('faults')[0]['kind'] not in ('JSON', 'TRUNCATED'):
                wrong.append('%s: no fault' % path)
            continue
        archive = got.table('archives')[0]
        answered = sum((e.get('response') or {}).get('status', 0) > 0 for e in second.entries)
        if (int(archive['records']), int(archive['responses'])) != (len(second.entries), answered):
            wrong.append('%s: %s records, %s responses' % (path, archive['records'], archive['responses']))
        contacts, cookies = observed(got.table('contacts')), named(got.table('cookies'))
        for why in (difference('hosts', contacts, second.contacts, second.loose), difference('cookies', cookies, second.cookies, second.loose)):
            if why:
                wrong.append('%s: %s' % (os.path.basename(path), why))
        counts = [a + b for a, b in zip(counts, (len(second.entries), len(contacts), len(cookies)))]
    for line in wrong:
        print('# ' + line)
    print('# %d files, %d entries, %d pairs of page and host, %d cookies' % (len(paths), *counts))
    print('ok HAR files of the corpus against a second reader' if not wrong else
          'not ok HAR files of the corpus against a second reader: %d differences' % len(wrong))


def write(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, 'wb') as f:
        f.write(data)
    return path


def check_generated(folder):
    wrong = 0
    for seed in range(GENERATED):
        for style in STYLES:
            har = Har(seed, style)
            got = Program(folder, [write(folder, 'one.har', har.data)])
            contacts = got.table('contacts')
            attempted = observed(r for r in contacts if r['evidence'] == 'A')
            whys = [difference('hosts', observed(contacts), har.contacts),
                    difference('blocked', attempted, har.blocked),
                    difference('cookies', named(got.table('cookies')), har.cookies),
                    ''.join('fault %s ' % fault['kind'] for fault in got.table('faults'))]
            for why in filter(None, whys):
                wrong += 1
                print('# seed %d, %s: %s' % (seed, style, why))
    print('# %d files of %d tools' % (GENERATED * len(STYLES), len(STYLES)))
    print('ok generated HAR files give their truth' if not wrong else 'not ok generated HAR files give their truth: %d' % wrong)


def check_damage(folder, seed):
    """Many damaged files in one index: their names tell them apart."""
    dice, files, wrong = random.Random(seed), {}, 0
    for number in range(DAMAGES):
        har = Har(number, STYLES[number % len(STYLES)])
        how, data, begin, end = damaged(har, dice)
        files[write(folder, 'd%04d.har' % number, data)] = (har, how, begin, end)
    got = Program(folder, list(files))
    found = {}
    for row in got.table('contacts'):
        found.setdefault(row['archive'], set()).add(row['host'])
    faulty = {row['archive'] for row in got.table('faults')}
    read = {row['archive']: int(row['records']) for row in got.table('archives')}
    untouched = 0
    for path, (har, how, begin, end) in files.items():
        whole = [k for k, (first, last) in enumerate(har.spans) if last <= begin or first >= end]
        documents = any('side' in har.hosts[k] for k in set(range(len(har.spans))) - set(whole))
        missing = [har.hosts[k] for k in whole if har.hosts[k] not in found.get(path, ())] if not documents else []
        untouched += len(whole)
        if missing or read.get(path, 0) < len(whole):
            wrong += 1
            print('# %s of bytes %d to %d, %s: %d of %d records, missing %s' % (
                how, begin, end, os.path.basename(path), read.get(path, 0), len(whole), missing[:3]))
    print('# seed %s: %d entries that the damage did not touch; %d files with a fault' % (seed, untouched, len(faulty)))
    print('ok a damaged HAR loses what is damaged' if not wrong else 'not ok a damaged HAR loses what is damaged: %d' % wrong)


def main():
    seed = int(os.environ.get('SEED', 1))
    with tempfile.TemporaryDirectory() as folder:
        check_corpus(folder)
        check_generated(folder)
        check_damage(folder, seed)


main()
