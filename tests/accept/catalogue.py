#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""catalogue.py: layers of the catalogue, from CSV files to the report.

Generated pages that embed what layers know: the built-in layer, an own layer with owners, a query key and dated facts, a signal that
contradicts a declared opt-out, a layer that is not for commercial use and the open data without it. Of the hosts that the shared
crawl met, how many the built-in layer knows.
"""
import csv
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import tables  # noqa: E402
import tape  # noqa: E402

PAGE = 'https://www.portal.example/side'
UNITS = 'unit_id,name_da,unit_type,authority_id,url_scope,entry_urls,audience,interaction,provision,primary_channel,known_pages\n' \
        f'U,n,self_service,A,www.portal.example,{PAGE},citizens,yes,state,statutory,1\n'
REGISTERS = {'authorities.csv': 'authority_id,name_da,domains\nA,n,portal.example\n', 'units.csv': UNITS}
FREE = 'key,value\nname,Egen liste\nlicence,CC0\nnon_commercial,no\nversion,7\n'
CLOSED = 'key,value\nname,Sporerlisten\nlicence,CC BY-NC-SA 4.0\nnon_commercial,yes\nversion,1\n'
OPT_OUT = 'basis_id,unit_id,entity,basis_type,setting_name,activated,effective,evidence_ref\nB,U,{},opt_out,dnt,yes,all,dok\n'
BUILT_IN = (  # address, service, entity, owner, rule
    ('https://www.google-analytics.com/g/collect?v=2', 'Google Analytics', 'Google LLC', 'Alphabet Inc.', 'third'),
    ('https://fonts.gstatic.com/s/a.woff2', 'Google Fonts', 'Google LLC', 'Alphabet Inc.', 'third'),
    ('https://www.google.com/recaptcha/api.js', 'Google reCAPTCHA', 'Google LLC', 'Alphabet Inc.', 'third'),
    ('https://www.google.com/other', 'Google', 'Google LLC', 'Alphabet Inc.', 'third'),
    ('https://snap.licdn.com/li.lms-analytics/insight.min.js', 'LinkedIn Insight Tag', 'LinkedIn Corporation', 'Microsoft Corporation', 'third'),
    ('https://1.global.siteimproveanalytics.io/image.aspx', 'Siteimprove Analytics', 'Siteimprove A/S', 'Siteimprove A/S', 'third'),
    ('https://consent.cookiebot.com/uc.js', 'Cookiebot', 'Usercentrics A/S', 'Usercentrics GmbH', 'third'),
    ('https://api.dataforsyningen.dk/x', 'Dataforsyningen', 'Klimadatastyrelsen', 'Klimadatastyrelsen', 'public'),
    ('https://unheard-of.example/x', '', 'unheard-of.example', '', 'third_unidentified'),
)


def say(name, wrong):
    for line in wrong[:20]:
        print('# ' + line)
    print(f'not ok catalogue {name}: {len(wrong)} differences' if wrong else f'ok catalogue {name}')


def write(folder, name, text):
    path = os.path.join(folder, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8', newline='') as file:
        file.write(text)


def index_of(folder, addresses):
    """One page that a crawler saw fetch the addresses."""
    t = tape.Tape('crawler')
    front = t.exchange(1, PAGE, [], tape.page(*map(tape.img, addresses)))
    t.notes(1, PAGE, front, ['seed: '] + [f'outlink: {address} E img/@src' for address in addresses])
    for number, address in enumerate(addresses):
        got = t.exchange(2 + number % 50, address, ['Referer: ' + PAGE], 'x', 'image/gif')
        t.notes(2 + number % 50, address, got, ['via: ' + PAGE, 'hopsFromSeed: E'])
    path, index = os.path.join(folder, 'a.warc.gz'), os.path.join(folder, 'a.index')
    with open(path, 'wb') as file:
        file.write(t.gz())
    tables.make_index(index, [path])
    return index


class Report:
    """What a report says of the one unit; the registers are written anew."""

    def __init__(self, folder, index, files, *options):
        registers, out = os.path.join(folder, 'registers'), os.path.join(folder, 'report')
        subprocess.run(['rm', '-rf', registers], check=True)
        for name, text in {**REGISTERS, **files}.items():
            write(registers, name, text)
        done = subprocess.run([tables.PROGRAM, 'report', '--registers', registers, '-o', out, *options, index],
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        self.status, self.said = done.returncode, done.stdout.decode('utf-8', 'replace')
        if self.status:
            return
        self.sheet = self.json(out, 'finding-sheets/U.json')
        self.provenance = self.json(out, 'provenance.json')
        self.third_parties = self.csv(out, 'third_parties')
        self.findings = self.csv(out, 'findings')
        self.all = ''
        for base, _, names in os.walk(out):
            for name in names:
                with open(os.path.join(base, name), encoding='utf-8') as file:
                    self.all += file.read()

    @staticmethod
    def json(out, name):
        with open(os.path.join(out, name), encoding='utf-8') as file:
            return json.load(file)

    @staticmethod
    def csv(out, name):
        with open(os.path.join(out, 'data', name + '.csv'), encoding='utf-8', newline='') as file:
            return list(csv.DictReader(file))

    def codes(self):
        return {row['entity']: row['codes'] for row in self.findings}


def check_built_in(folder):
    index = index_of(folder, [row[0] for row in BUILT_IN])
    report = Report(folder, index, {})
    found = {host: finding for finding in report.sheet['findings'] for host in finding['hosts']}
    owners = {(row['entity'], row['service']): row['owner'] for row in report.third_parties}
    wrong = []
    for address, service, entity, owner, party in BUILT_IN:
        host = address.split('/')[2]
        rows = [f for f in report.sheet['findings'] if host in f['hosts'] and (f['service'] or '') == service]
        got = rows[0] if rows else found.get(host, {})
        seen = (got.get('service') or '', got.get('entity'), owners.get((entity, service), owner), got.get('party_view'))
        if seen != (service, entity, owner, party):
            wrong.append(f'{address}: {seen}')
    layers = report.provenance['catalogue']['layers']
    if [layer['folder'] for layer in layers] != ['built-in'] or len(report.provenance['catalogue']['sha256']) != 64:
        wrong.append(f'provenance names {layers}')
    without = Report(folder, index, {'policy.csv': 'key,value\nbase_catalogue,no\n'})
    wrong += [f'without it: {row["entity"]}' for row in without.findings if row['party_view'] != 'third_unidentified']
    say('built in', wrong)


LAYER = {
    'catalogue/10-egen/layer.csv': FREE,
    'catalogue/10-egen/entities.csv': 'entity,owner,country,aliases\nVid Inc.,Holding A/S,US,Vid\nHolding A/S,,DK,\n',
    'catalogue/10-egen/services.csv': 'service,entity,category\nVid,Vid Inc.,video\nVid Annoncer,Vid,ad\n',
    'catalogue/10-egen/patterns.csv': 'service,pattern,query_key,valid_to\nVid,*.vid.example,,\nVid Annoncer,a.vid.example,ad,\nVid Annoncer,b.vid.example,,2026-09-30\n',
}


def check_own(folder):
    """Owners and countries of an own layer, a query key, a pattern that is over; services.csv and later layers win; ties are told."""
    index = index_of(folder, ['https://a.vid.example/x?ad=1', 'https://b.vid.example/', 'https://c.vid.example/'])
    report = Report(folder, index, LAYER)
    rows = [(r['entity'], r['service'], r['owner'], r['country']) for r in report.third_parties]
    wanted = [('Vid Inc.', 'Vid', 'Holding A/S', 'US'), ('Vid Inc.', 'Vid Annoncer', 'Holding A/S', 'US')]
    wrong = [] if sorted(rows) == wanted else [f'{rows}']
    report = Report(folder, index, {**LAYER, 'services.csv': 'pattern,service,entity\nc.vid.example,Lokal,Lokal A/S\n'})
    wrong += [] if 'Lokal A/S' in report.codes() else ['services.csv does not win']
    later = {'catalogue/20/layer.csv': FREE, 'catalogue/20/services.csv': 'service,entity\nNy,Vid\n',
             'catalogue/20/patterns.csv': 'service,pattern\nNy,*.vid.example\n'}
    report = Report(folder, index, {**LAYER, **later})
    services = sorted(row['service'] for row in report.third_parties)
    wrong += [] if services == ['Ny', 'Vid Annoncer'] else [f'with a later layer {services}']
    files = [row['file'] for row in report.provenance['registers'] if row['file'].startswith('catalogue/')]
    wrong += [] if 'catalogue/10-egen/patterns.csv' in files and 'catalogue/20/layer.csv' in files else [f'digests of {files}']
    tie = {'catalogue/20/layer.csv': FREE, 'catalogue/20/services.csv': 'service,entity\nNy,Vid\n',
           'catalogue/20/patterns.csv': 'service,pattern\nNy,*.vid.example\nNy,*.VID.example\n'}
    report = Report(folder, index, {**LAYER, **tie})
    wrong += [] if report.status == 2 and 'catalogue/20/patterns.csv:3: column pattern: ' in report.said else [f'tie: {report.status} {report.said}']
    report = Report(folder, index, {'catalogue/20/layer.csv/odd': ''})
    told = report.status == 2 and 'catalogue/20/layer.csv: cannot be read: ' in report.said
    say('own layer', wrong + ([] if told else [f'a folder for a file: {report.status} {report.said}']))


def check_names(folder):
    """Files that are not read are told, but for texts for people; how many layers there may be."""
    registers = os.path.join(folder, 'registers')
    for name, text in {**REGISTERS, **LAYER, 'catalogue/10-egen/pattern.csv': 'x', 'catalogue/10-egen/.x': '', 'catalogue/10-egen/README.md': '',
                       'catalogue/10-egen/Licence': '', 'catalogue/services.csv': 'x', 'catalogue/LICENSE.txt': ''}.items():
        write(registers, name, text)
    os.symlink('nowhere', os.path.join(registers, 'catalogue', '20'))

    def said():
        done = subprocess.run([tables.PROGRAM, 'check', '--registers', registers], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        return done.returncode, [line for line in done.stdout.decode('utf-8', 'replace').splitlines() if 'catalogue' in line]

    status, lines = said()
    wanted = ['catalogue/20: is not read: ', 'catalogue/services.csv: is not read: ', 'catalogue/10-egen/pattern.csv: is not read: ']
    wrong = [] if status == 0 and len(lines) == 3 and all(w in line for w, line in zip(wanted, lines)) else [f'{status} {lines}']
    for number in range(64):
        write(registers, f'catalogue/l{number}/layer.csv', FREE)
    status, lines = said()
    wrong += [] if status == 2 and any('catalogue: holds more than 64 layers' in line for line in lines) else [f'65 layers: {status} {lines}']
    say('names of files', wrong)


def check_facts(folder):
    """An opt-out that an address contradicts, by the built-in signal and by a decisive one; a setting that came later."""
    wrong, quiet, loud = [], 'https://player.vimeo.com/video/1?dnt=1', 'https://player.vimeo.com/video/2'
    facts = 'service,fact,value,strength,detail,valid_from,valid_to\n'
    own = {'catalogue/x/layer.csv': FREE}
    for addresses, rows, code in (
            ([quiet], None, 'O-PARTIAL'), ([quiet.replace('dnt=1', 'dnt=true')], None, 'O-PARTIAL'),
            ([quiet.replace('dnt=1', 'dnt=0')], None, 'O-DOUBT'), ([quiet, loud], None, 'O-DOUBT'), ([loud, quiet], None, 'O-DOUBT'),
            ([quiet, loud], 'Vimeo,signal,must,decisive,player.vimeo.com/video?dnt=1,,\n', 'O-CONTRADICTED'),
            ([quiet, loud], 'Vimeo,signal,must,decisive,player.vimeo.com/video?dnt=1,2026-11-01,\n', 'O-DOUBT'),
            ([quiet], 'Vimeo,optout_effective,all,,,,\n', 'O-OK'),
            ([quiet], 'Vimeo,optout_effective,no,,,,\n', 'O-INEFFECTIVE'),
            ([quiet], 'Vimeo,optout_effective,all,,,2026-11-01,\n', 'O-PARTIAL')):
        index = index_of(folder, addresses)
        files = {'bases.csv': OPT_OUT.format('Vimeo')}  # an alias of the entity
        if rows:
            files.update(own, **{'catalogue/x/facts.csv': facts + rows})
        codes = Report(folder, index, files).codes()
        if code not in codes.get('Vimeo.com, Inc.', ''):
            wrong.append(f'{addresses} {rows}: {codes}, not {code}')
    say('facts and signals', wrong)


def check_closed(folder):
    """What only a list tells that is not for commercial use stays out of the open data; verdicts stay."""
    index = index_of(folder, ['https://a.spor.example/x', 'https://b.spor.example/y', 'https://vid.example/z'])
    files = {**LAYER, 'catalogue/90-lukket/layer.csv': CLOSED,
             'catalogue/90-lukket/entities.csv': 'entity,owner,country\nSporer Inc.,Sporer Holding,FR\nHolding A/S,Topfirma,SE\n',
             'catalogue/90-lukket/services.csv': 'service,entity,category\nSporet,Sporer Inc.,ad\nSporets kort,Sporer Inc.,content\n',
             'catalogue/90-lukket/patterns.csv': 'service,pattern\nSporet,*.spor.example\nSporets kort,b.spor.example\n'}
    inside, outside = Report(folder, index, files), Report(folder, index, files, '--public')
    wrong = [] if 'Sporer Inc.' in inside.all and 'Topfirma' in inside.all else ['the report inside does not name them']
    for word in ('Sporer Inc.', 'Sporer Holding', 'Sporets kort', 'Topfirma'):
        if word in outside.all:
            wrong.append(f'the open data name {word}')
    rows = sorted((r['entity'], r['service'], r['owner'], r['country'], r['category']) for r in outside.third_parties)
    wanted = [('Vid Inc.', 'Vid', '', 'US', 'video'), ('spor.example', '', '', '', ''), ('spor.example', 'b.spor.example', '', '', '')]
    wrong += [] if rows == wanted else [f'{rows}']
    verdicts = [sorted(r['verdict'] for r in report.findings) for report in (inside, outside)]
    wrong += [] if verdicts[0] == verdicts[1] else [f'verdicts {verdicts}']
    index = index_of(folder, ['https://www.google-analytics.com/a.js'])
    for pattern, inside_name in (('*.google-analytics.com', 'Google LLC'), ('www.google-analytics.com', 'Sporer Inc.')):
        over = {name.replace('90-lukket', '95'): text.replace('*.spor.example', pattern) for name, text in files.items() if '90-lukket' in name}
        names = [[r['entity'] for r in Report(folder, index, over, *options).third_parties] for options in ((), ('--public',))]
        wrong += [] if names == [[inside_name], ['Google LLC']] else [f'{pattern} over the built-in layer: {names}']
    index = index_of(folder, ['https://v.vend.example/x', 'https://v.acme.example/x'])
    named = {'catalogue/b/layer.csv': CLOSED, 'catalogue/b/entities.csv': 'entity,aliases\nVend Holdings,Vend\nAcme Holdings,Acme\n',
             'catalogue/c/layer.csv': FREE, 'catalogue/c/services.csv': 'service,entity\nV,Vend\n',
             'catalogue/c/patterns.csv': 'service,pattern\nV,*.vend.example\n',
             'services.csv': 'pattern,service,entity\n*.acme.example,A,Acme\n', 'bases.csv': OPT_OUT.format('Acme')}
    names = [sorted((r['entity'], 'O-OK' in r['codes']) for r in Report(folder, index, named, *options).findings)
             for options in ((), ('--public',))]
    wrong += [] if names == [[('Acme', True), ('Vend', False)]] * 2 else [f'names: {names}']
    if outside.provenance['catalogue']['withheld_pairs'] != 3 or 'ikke til kommerciel brug' not in outside.all:
        wrong.append('the open data do not say so')
    say('not for commercial use', wrong)


def check_coverage(folder):
    path = os.path.join(tables.SHARED, 'crawl', 'third-party-hosts.csv')
    if not os.path.isfile(path):
        print('skip catalogue coverage: no shared list of hosts here')
        return
    with open(path, encoding='utf-8', newline='') as file:
        hosts = [row['host'] for row in csv.DictReader(file)]
    report = Report(folder, index_of(folder, [f'https://{host}/x' for host in hosts]), {})
    known = {host for finding in report.sheet['findings'] if finding['party_view'] != 'third_unidentified' for host in finding['hosts']}
    missing = sorted(set(hosts) - known)
    invented = [host for host in missing if 'eksempel' in host]
    print(f'# of {len(hosts)} hosts of the shared crawl the built-in layer knows {len(known & set(hosts))}; not: {" ".join(missing)}')
    share = 1 - (len(missing) - len(invented)) / (len(hosts) - len(invented))
    say('coverage', [] if share >= 0.95 else [f'{share:.0%} of the hosts that are not invented'])


def main():
    for check in (check_built_in, check_own, check_names, check_facts, check_closed, check_coverage):
        with tempfile.TemporaryDirectory() as folder:
            try:
                check(folder)
            except tables.Failed as failed:
                print(f'not ok catalogue {check.__name__}: {failed}')


main()
