#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Cookies of the shared crawls against what the browser did with them.

Recorders that keep every Set-Cookie: each row of `show jar` that says a cookie is stored, refused or depends on the browser must agree with
the browser of the truth (a Chromium, which refuses what depends). Each cookie said to be a script's must be one of its scripts.
"""
import collections
import csv
import json
import os
import subprocess
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get('TREDJEPART_SHARED', os.path.join(ROOT, '..', 'shared'))
PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
csv.field_size_limit(10 ** 9)


def read_truth(year):
    """{(page, host, name): what became of it}, {(portal, name)} set by scripts."""
    fates, scripts = collections.defaultdict(set), set()
    with open(os.path.join(SHARED, 'crawl', year, 'truth.json'), encoding='utf-8') as file:
        portals = json.load(file)['portals']
    for portal in portals:
        for page in (page for session in portal['sessions'] for page in session['pages']):
            url = (page.get('finalUrl') or page['url']).split('#')[0]
            for request in page['requests']:
                for cookie in request.get('setCookies', []):
                    why = ''.join(cookie.get('blocked') or [])
                    fate = 'yes' if not why else 'browser_dependent' if 'Unspecified' in why else 'no'
                    fates[url, request['host'], cookie['name']].add(fate)
            scripts |= {(portal['id'], entry['raw'].split('=')[0].strip()) for entry in page['js'] if entry['k'] == 'cookie'}
    return fates, scripts


def compare(kind, year, folder):
    index = os.path.join(folder, f'{kind}-{year}.index')
    archives = os.path.join(SHARED, 'crawl', year, kind)
    subprocess.run([PROGRAM, 'index', '-q', '--progress', 'never', '--year', year, '-o', index, archives], check=True)
    out = subprocess.run([PROGRAM, 'show', 'jar', index], check=True, stdout=subprocess.PIPE).stdout.decode('utf-8')
    fates, scripts = read_truth(year)
    wrong, compared = [], collections.Counter()
    for row in csv.DictReader(out.splitlines(), delimiter='\t', quoting=csv.QUOTE_NONE):
        key = row['page_url'], row['host'], row['name']
        if row['how'] == 'set' and key in fates:  # else that page did not ask for it in the visit of the truth
            compared[row['stored']] += 1
            if row['stored'] not in fates[key]:
                wrong.append(f'{" ".join(key)}: {row["stored"]} {row["reason"]}, not {sorted(fates[key])}')
        if row['how'] == 'script':
            compared['script'] += 1
            if (os.path.basename(row['archive']).split('.')[0], row['name']) not in scripts:
                wrong.append(f'{" ".join(key)}: no script set it')
    name = f'cookie_truth {kind} {year}'
    if not compared['script'] or not compared['no']:
        wrong.append('nothing to compare')
    print(f'ok {name}' if not wrong else f'not ok {name}: {len(wrong)} differ: ' + '; '.join(wrong[:3]))
    print(f'# {name}: {dict(sorted(compared.items()))}')


OWN_HOST = 'www.erhvervsindberetning-eksempel.dk'
REGISTERS = {
    'authorities.csv': 'authority_id,name_da\nA,n\n',
    'units.csv': 'unit_id,name_da,unit_type,authority_id,channel,url_scope,entry_urls,audience,interaction,provision,'
                 f'primary_channel,known_pages\nU,n,self_service,A,,{OWN_HOST},,citizens,yes,state,statutory,1\n',
}
# Who names cookies of the site so, and was asked on its pages: bing _uet*, clarity _clck, google _ga, queue-it QueueITAccepted-*.
VENDORS = {'bing.com', 'clarity.ms', 'google-analytics.com', 'queue-it.net'}


def compare_vendors(folder):
    """Scenario 17 from the archive to the finding sheet: a vendor's cookie on the site's own host is an observation of the vendor."""
    index, registers, out = (os.path.join(folder, name) for name in ('vendors.index', 'registers', 'report'))
    os.mkdir(registers)
    for name, text in REGISTERS.items():
        with open(os.path.join(registers, name), 'w', encoding='utf-8') as file:
            file.write(text)
    archives = os.path.join(SHARED, 'crawl', '2026', 'capture')
    subprocess.run([PROGRAM, 'index', '-q', '--progress', 'never', '--year', '2026', '-o', index, archives], check=True)
    subprocess.run([PROGRAM, 'report', '-q', '--registers', registers, '-o', out, index], check=True, stdout=subprocess.DEVNULL)
    with open(os.path.join(out, 'finding-sheets', 'U.json'), encoding='utf-8') as file:
        sheet = file.read()
    found = {pair['entity'] for pair in pairs_of(json.loads(sheet)) if OWN_HOST in pair['hosts']}
    name = 'cookie_truth vendors by the names of their cookies'
    print(f'ok {name}' if found == VENDORS else f'not ok {name}: {sorted(found)}, not {sorted(VENDORS)}')


def pairs_of(sheet):
    """Whatever in the sheet has an entity and hosts."""
    parts = sheet.values() if isinstance(sheet, dict) else sheet if isinstance(sheet, list) else []
    own = [sheet] if isinstance(sheet, dict) and 'entity' in sheet and 'hosts' in sheet else []
    return own + [pair for part in parts for pair in pairs_of(part)]


def main():
    if not os.path.isdir(os.path.join(SHARED, 'crawl')):
        print('skip cookie_truth: no shared crawls here')
        return
    with tempfile.TemporaryDirectory() as folder:
        for kind in ('capture', 'proxy'):
            for year in ('2025', '2026'):
                compare(kind, year, folder)
        compare_vendors(folder)


main()
