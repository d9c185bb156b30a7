#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cookies of the shared crawls against what the browser did with them.

All crawls: each cookie that only one of truth and `show cookies` has, set or sent, must have a proven cause.
Recorders that keep every Set-Cookie: each row of `show jar` that says a cookie is stored, refused or depends on the browser must agree with
the browser of the truth (a Chromium, which refuses what depends). Each cookie said to be a script's must be one of its scripts.
"""
import collections
import csv
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'reference'))
import causes  # noqa: E402
import crawls  # noqa: E402
import tables  # noqa: E402


def compare_cookies(crawl):
    told = {os.path.basename(row['archive']) for row in tables.rows_of(crawl.index, 'faults') if row['kind'] == 'COOKIE'}

    def with_fault(portal, _page, _fact, cause):
        """What the program drops it must tell."""
        return None if cause == causes.TOO_LARGE and portal.archive.file not in told else cause

    found = {'set': collections.defaultdict(set), 'sent': collections.defaultdict(set)}
    for row in tables.rows_of(crawl.index, 'cookies'):
        if row['how'] in found:
            found[row['how']][crawls.page_of(row['page_url'])].add((row['host'], row['name']))
    for how, ours in found.items():
        causes.Comparison(crawl, how, ours, with_fault).say(f'cookie_truth {how} {crawl.kind} {crawl.year}')


def fates_of(portal):
    """{(page, host, name): what became of it} in the truth."""
    fates = collections.defaultdict(set)
    for page in portal.session['pages']:
        for request in page['requests']:
            for cookie in request.get('setCookies', []):
                why = ''.join(cookie.get('blocked') or [])
                fate = 'yes' if not why else 'browser_dependent' if 'Unspecified' in why else 'no'
                fates[crawls.final_url(page), request['host'], cookie['name']].add(fate)
    return fates


def compare_jar(crawl):
    fates = {key: found for portal in crawl.portals for key, found in fates_of(portal).items()}
    scripts = {portal.archive.file: portal.scripts for portal in crawl.portals}
    wrong, compared = [], collections.Counter()
    for row in tables.rows_of(crawl.index, 'jar'):
        key = row['page_url'], row['host'], row['name']
        if row['how'] == 'set' and key in fates:  # else that page did not ask for it in the visit of the truth
            compared[row['stored']] += 1
            if row['stored'] not in fates[key]:
                wrong.append(f'{" ".join(key)}: {row["stored"]} {row["reason"]}, not {sorted(fates[key])}')
        if row['how'] == 'script':
            compared['script'] += 1
            if row['name'] not in scripts[os.path.basename(row['archive'])]:
                wrong.append(f'{" ".join(key)}: no script set it')
    name = f'cookie_truth jar {crawl.kind} {crawl.year}'
    if not compared['script'] or not compared['no']:
        wrong.append('nothing to compare')
    print(f'ok {name}' if not wrong else f'not ok {name}: {len(wrong)} differ: ' + '; '.join(wrong[:3]))
    print(f'# {name}: {dict(sorted(compared.items()))}')


OWN_HOST = 'www.erhvervsindberetning-eksempel.dk'
REGISTERS = {
    'policy.csv': 'key,value\nbase_catalogue,no\n',  # so that vendors are called by their domains
    'authorities.csv': 'authority_id,name_da\nA,n\n',
    'units.csv': 'unit_id,name_da,unit_type,authority_id,channel,url_scope,entry_urls,audience,interaction,provision,'
                 f'primary_channel,known_pages\nU,n,self_service,A,,{OWN_HOST},,citizens,yes,state,statutory,1\n',
}
# Who names cookies of the site so, and was asked on its pages: bing _uet*, clarity _clck, google _ga, queue-it QueueITAccepted-*.
VENDORS = {'bing.com', 'clarity.ms', 'google-analytics.com', 'queue-it.net'}


def make_report(crawl, folder):
    registers, out = os.path.join(folder, 'registers'), os.path.join(folder, f'report-{crawl.kind}')
    os.makedirs(registers, exist_ok=True)
    for name, text in REGISTERS.items():
        with open(os.path.join(registers, name), 'w', encoding='utf-8') as file:
            file.write(text)
    subprocess.run([tables.PROGRAM, 'report', '-q', '--registers', registers, '-o', out, crawl.index], check=True, stdout=subprocess.DEVNULL)
    return out


def compare_vendors(report):
    """Scenario 17 from the archive to the finding sheet: a vendor's cookie on the site's own host is an observation of the vendor."""
    with open(os.path.join(report, 'finding-sheets', 'U.json'), encoding='utf-8') as file:
        sheet = json.load(file)
    found = {pair['entity'] for pair in pairs_of(sheet) if OWN_HOST in pair['hosts']}
    name = 'cookie_truth vendors by the names of their cookies'
    print(f'ok {name}' if found == VENDORS else f'not ok {name}: {sorted(found)}, not {sorted(VENDORS)}')


def pairs_of(sheet):
    """Whatever in the sheet has an entity and hosts."""
    parts = sheet.values() if isinstance(sheet, dict) else sheet if isinstance(sheet, list) else []
    own = [sheet] if isinstance(sheet, dict) and 'entity' in sheet and 'hosts' in sheet else []
    return own + [pair for part in parts for pair in pairs_of(part)]


def compare_marks(report):
    """A crawler that wrote no Set-Cookie down although servers sent many: the report says that it cannot know."""
    with open(os.path.join(report, 'data', 'measurement.csv'), encoding='utf-8') as file:
        said = [row['set_cookie'] for row in csv.DictReader(file)]
    name = 'cookie_truth what Browsertrix does not record is marked'
    print(f'ok {name}' if said == ['unknowable'] else f'not ok {name}: {said}')


def main():
    if not os.path.isdir(crawls.CRAWLS):
        print('skip cookie_truth: no shared crawls here')
        return
    with tempfile.TemporaryDirectory() as folder:
        for kind in crawls.LOGS:
            for year in crawls.YEARS:
                crawl = crawls.Crawl(kind, year, folder)
                compare_cookies(crawl)
                if kind in ('capture', 'proxy'):
                    compare_jar(crawl)
                if (kind, year) == ('capture', '2026'):
                    compare_vendors(make_report(crawl, folder))
                if (kind, year) == ('browsertrix', '2026'):
                    compare_marks(make_report(crawl, folder))


main()
