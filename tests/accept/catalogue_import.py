#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""catalogue_import.py: public lists as layers, in small samples of the shape of each format, invented names.

Each sample gives the layer expected, line by line; all six together are valid layers of one register, and hosts, paths, cookie
names and names of one's own that they tell are found through the program. Input of another shape is refused, with nothing written.
"""
import csv
import hashlib
import json
import os
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import tables  # noqa: E402
import tape  # noqa: E402

IMPORT = os.path.join(ROOT, 'scripts', 'catalogue-import')
COOKIES = 'ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,Data Controller,' \
          'User Privacy & GDPR Rights Portals,Wildcard match\n'
SAMPLES = {  # format: ({file: content}, what to give, non-commercial, {file: lines})
    'third-party-web': ({'entities.json': json.dumps([
        {'name': 'Maaler', 'company': 'Maaler Inc.', 'homepage': 'https://maaler.example', 'categories': ['analytics'],
         'domains': ['*.maaler.example', 'cdn.maalt.example', 'not a host'], 'totalOccurrences': 9,
         'products': [{'name': 'Maaler Video', 'categories': ['video'], 'urlPatterns': ['cdn.maalt.example/video', 'cdn.maalt.example/(a|b)']}]},
        {'name': 'Ensom', 'category': 'consent-provider', 'domains': ['ensom.example', 'cdn.maalt.example']}])},
        'entities.json', 'no',
        {'entities': ['Ensom,,,,', 'Maaler Inc.,,,https://maaler.example,'],
         'services': ['Ensom,Ensom,consent_provider', 'Maaler,Maaler Inc.,analytics', 'Maaler Video,Maaler Inc.,video'],
         'patterns': ['Ensom,ensom.example,', 'Maaler,*.maaler.example,', 'Maaler Video,cdn.maalt.example/video,']}),
    'tracker-radar': ({
        'entities/Sporer Inc..json': json.dumps({'name': 'Sporer Inc.', 'displayName': 'Sporer', 'properties': ['sporer.example'], 'prevalence': {'total': 0.1}}),
        'entities/Barn.json': json.dumps({'name': 'Barn', 'displayName': 'Barn', 'owner': 'Sporer Inc.', 'properties': []}),
        'domains/NO/sporer.example.json': json.dumps({
            'domain': 'sporer.example', 'owner': {'name': 'Sporer Inc.', 'displayName': 'Sporer', 'url': 'https://sporer.example', 'privacyPolicy': ''},
            'categories': ['Session Replay', 'Analytics'], 'prevalence': 0.1, 'fingerprinting': 2, 'resources': []}),
        'domains/NO/uejet.example.json': json.dumps({'domain': 'uejet.example', 'owner': {}, 'categories': []})}, '', 'yes',
        {'entities': ['Barn,Sporer Inc.,,,', 'Sporer Inc.,,,https://sporer.example,Sporer'],
         'services': ['sporer.example,Sporer Inc.,analytics'], 'patterns': ['sporer.example,*.sporer.example,']}),
    'disconnect': ({
        'services.json': json.dumps({'license': 'CC', 'categories': {
            'Advertising': [{'Reklame': {'http://reklame.example/': ['reklame.example', 'delt.example'], 'performance': 'true'}}],
            'Social': [{'Reklame': {'http://reklame.example/': ['venner.example']}}, {'Anden': {'http://anden.example/': ['delt.example']}}]}}),
        'entities.json': json.dumps({'license': 'CC', 'entities': {'Tredje': {'properties': ['tredje.example'], 'resources': ['tredje.example']}}})}, '', 'yes',
        {'entities': ['Anden,,,http://anden.example/,', 'Reklame,,,http://reklame.example/,', 'Tredje,,,tredje.example,'],
         'services': ['Anden,Anden,social', 'Reklame,Reklame,ad', 'Reklame Social,Reklame,social'],
         'patterns': ['Reklame,*.reklame.example,', 'Reklame Social,*.venner.example,']}),
    'trackerdb': ({
        'patterns/film.eno': 'name: Film\ncategory: audio_video_player\nwebsite_url: https://film.example\norganization: filmhuset\n\n'
                             '--- domains\nfilm.example\n--- domains\n\n--- filters\n||kort.example/film/v1\n||film.example/ad.$image\n! note\n'
                             '--- filters\n\nghostery_id: 1\n',
        'patterns/alene.eno': 'name: Alene\ncategory: misc\n\n--- domains\nalene.example\nalene.example\n--- domains\n',
        'organizations/filmhuset.eno': 'name: Filmhuset\nwebsite_url: https://filmhuset.example\ncountry: DK\n\n--- notes\n--- notes\n'}, '', 'yes',
        {'entities': ['Alene,,,,', 'Filmhuset,,DK,https://filmhuset.example,'],
         'services': ['Alene,Alene,other', 'Film,Filmhuset,video'],
         'patterns': ['Alene,*.alene.example,', 'Film,*.film.example,', 'Film,kort.example/film/v1,']}),
    'open-cookie': ({'open-cookie-database.csv': COOKIES +
                     '1,Maaler,Analytics,_maal,maaler.example,"Antal, tid",1 year,Maaler,https://x,0\n'
                     '2,Maaler,Analytics,_maal_,,Antal,1 year,Maaler,https://x,1\n3,,Functional,_ingen,,x,1 day,,,0\n'
                     '4,Anden,Marketing,id,,x,1 day,Anden A/S,,0\n5,Anden,Marketing,_delt,,x,1 day,Anden A/S,,0\n6,Maaler,Analytics,_delt,,x,1 day,Maaler,,0\n'},
                    'open-cookie-database.csv', 'no',
                    {'entities': ['Anden A/S,,,,', 'Maaler,,,,'], 'services': ['Anden,Anden A/S,marketing', 'Maaler,Maaler,analytics'],
                     'patterns': ['Maaler,,_maal;_maal_']}),
    'adguard': ({'trackers/sporer.json': json.dumps({'stat.portal.example': 'x.sporer.example', '*.alle.example': 'y.sporer.example', 'samme.example': 'samme.example'}),
                 'ads/reklame.json': json.dumps({'stat.andre.example': 'x.reklame.example', 'to.example': 'x.sporer.example'}),
                 'ads/anden.json': json.dumps({'to.example': 'y.sporer.example'})}, '', 'no',
                {'aliases': ['stat.andre.example,x.reklame.example', 'stat.portal.example,x.sporer.example']}),
}
HEADS = {'entities': 'entity,owner,country,homepage,aliases', 'services': 'service,entity,category',
         'patterns': 'service,pattern,cookie_prefixes', 'aliases': 'host,canonical'}
PAGE = 'https://www.portal.example/side'
UNITS = 'unit_id,name_da,unit_type,authority_id,url_scope,entry_urls,audience,interaction,provision,primary_channel,known_pages\n' \
        f'U,n,self_service,A,www.portal.example,{PAGE},citizens,yes,state,statutory,1\n'


def say(name, wrong):
    for line in wrong[:20]:
        print('# ' + line)
    print(f'not ok catalogue_import {name}: {len(wrong)} differences' if wrong else f'ok catalogue_import {name}')


def write(folder, files):
    for name, text in files.items():
        path = os.path.join(folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'w', encoding='utf-8', newline='') as file:
            file.write(text)


def run(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.returncode, done.stdout.decode('utf-8', 'replace')


def texts_of(folder):
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding='utf-8', newline='') as file:
            found[name] = file.read()
    return found


def check_format(folder, name, registers):
    files, given, closed, expected = SAMPLES[name]
    source, layer = os.path.join(folder, 'in', name), os.path.join(registers, 'catalogue', name)
    write(source, files)
    status, said = run(IMPORT, name, os.path.join(source, given), '-o', layer, '--version', 'v1', '--date', '2026-08-01')
    if status:
        return [f'{name}: exit status {status}: {said}']
    got, wrong = texts_of(layer), []
    for table, lines in expected.items():
        wanted = '\n'.join([HEADS[table], *lines]) + '\n'
        if got.pop(table + '.csv', None) != wanted:
            wrong.append(f'{name}: {table} is {texts_of(layer).get(table + ".csv")!r}, not {wanted!r}')
    about = dict(csv.reader(got.pop('layer.csv').split('\n')[:-1]))
    if about.get('non_commercial') != closed or not about['licence'] or about['version'] != 'v1':
        wrong.append(f'{name}: {about}')
    if given and about['sha256'] != hashlib.sha256(files[given].encode()).hexdigest():
        wrong.append(f'{name}: the digest is another')
    return wrong + [f'{name}: and {more}' for more in got]


def findings(folder, registers):
    """Of a page that contacts what the layers tell."""
    addresses = ['https://a.maaler.example/m.js', 'https://cdn.maalt.example/video/1', 'https://cdn.maalt.example/andet', 'https://sporer.example/',
                 'https://ny.reklame.example/', 'https://kort.example/film/v1/x', 'https://kort.example/andet', 'https://stat.portal.example/p.gif']
    t = tape.Tape('crawler')
    front = t.exchange(1, PAGE, [], tape.page(*map(tape.img, addresses)))
    t.notes(1, PAGE, front, ['seed: '] + [f'outlink: {address} E img/@src' for address in addresses])
    for number, address in enumerate(addresses):
        got = t.exchange(2 + number, address, ['Referer: ' + PAGE], 'x', 'image/gif')
        t.notes(2 + number, address, got, ['via: ' + PAGE, 'hopsFromSeed: E'])
    path, index, out = (os.path.join(folder, name) for name in ('a.warc.gz', 'a.index', 'report'))
    with open(path, 'wb') as file:
        file.write(t.gz())
    tables.make_index(index, [path])
    status, said = run(tables.PROGRAM, 'report', '--registers', registers, '-o', out, index)
    if status:
        raise tables.Failed(said[-500:])
    with open(os.path.join(out, 'data', 'findings.csv'), encoding='utf-8', newline='') as file:
        return sorted((row['entity'], row['service'], row['party_view']) for row in csv.DictReader(file))


FOUND = [('Filmhuset', 'Film', 'third'), ('Maaler Inc.', 'Maaler', 'third'), ('Maaler Inc.', 'Maaler Video', 'third'),
         ('Reklame', 'Reklame', 'third'), ('Sporer Inc.', 'sporer.example', 'third_disguised'),
         ('kort.example', '', 'third_unidentified'), ('maalt.example', '', 'third_unidentified')]


def check_samples(folder):
    registers, wrong = os.path.join(folder, 'registers'), []
    write(registers, {'authorities.csv': 'authority_id,name_da,domains\nA,n,portal.example\n', 'units.csv': UNITS})
    for name in SAMPLES:
        wrong += check_format(folder, name, registers)
    say('samples', wrong)
    status, said = run(tables.PROGRAM, 'check', '--registers', registers)
    say('layers are valid', [] if status == 0 else said.split('\n'))
    got = findings(folder, registers)
    by_entity = {row[:2] for row in got}
    wrong = [f'{row} is missing of {got}' for row in FOUND if row[:2] not in by_entity]
    say('through the program', wrong + [f'{row} is too much' for row in got if row[:2] not in {r[:2] for r in FOUND}])


def check_refused(folder):
    """Every sample under every other format's name, and its first half."""
    wrong = []
    for name, (files, given, _, _) in SAMPLES.items():
        source = os.path.join(folder, 'in', name)
        write(source, files)
        for other in SAMPLES:
            out = os.path.join(folder, 'out', name, other)
            if other == name:
                continue
            status, said = run(IMPORT, other, os.path.join(source, given), '-o', out)
            if status != 2 or os.path.exists(out) or 'Traceback' in said:
                wrong.append(f'{name} as {other}: exit status {status}: {said[-200:]}')
    half = os.path.join(folder, 'half.json')
    write(folder, {'half.json': SAMPLES['third-party-web'][0]['entities.json'][:80]})
    for name in ('third-party-web', 'disconnect', 'trackerdb', 'open-cookie', 'adguard'):
        status, said = run(IMPORT, name, half, '-o', os.path.join(folder, 'out', 'half'))
        if status != 2 or 'Traceback' in said:
            wrong.append(f'half a file as {name}: exit status {status}: {said[-200:]}')
    say('of another shape', wrong)


def main():
    for check in (check_samples, check_refused):
        with tempfile.TemporaryDirectory() as folder:
            try:
                check(folder)
            except tables.Failed as failed:
                print(f'not ok catalogue_import {check.__name__}: {failed}')


main()
