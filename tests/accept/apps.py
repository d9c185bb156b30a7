#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""apps.py: what a proxy or a HAR recorded of an app is judged as the unit's that captures.csv binds it to; without, nothing is."""
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

PROGRAM = os.environ.get('TREDJEPART', os.path.join(ROOT, 'build', 'tredjepart'))
UNIT = {'unit_type': 'self_service', 'authority_id': 'A', 'audience': 'citizens', 'interaction': 'yes', 'provision': 'state',
        'primary_channel': 'statutory', 'entry_urls': '', 'flow_scope': ''}
UNITS = (
    {'unit_id': 'APP', 'name_da': 'Byggesag på farten', 'channel': 'app', 'url_scope': 'api.byggesag.example', **UNIT},
    {'unit_id': 'REN', 'name_da': 'Affaldsappen', 'channel': 'app', 'url_scope': 'api.affald.example', **UNIT},
    {'unit_id': 'TOM', 'name_da': 'Appen ingen har prøvet', 'channel': 'app', 'url_scope': 'api.tom.example', **UNIT},
    {'unit_id': 'WEB', 'name_da': 'Selvbetjening', 'channel': 'web', 'url_scope': 'www.byggesag.example', **UNIT},
)
AUTHORITIES = ({'authority_id': 'A', 'name_da': 'Styrelsen', 'ministry': 'M', 'cvr': '1', 'level': 'state', 'domains': 'styrelsen.example'},)
CAPTURES = (
    {'warc_file': 'session-1.warc.gz', 'unit_id': 'APP', 'crawl_id': 'forår'},
    {'warc_file': 'del/session-2.warc.gz', 'unit_id': 'APP', 'crawl_id': 'forår'},
    {'warc_file': 'affald.har', 'unit_id': 'REN', 'crawl_id': ''},
    {'warc_file': 'side.warc.gz', 'unit_id': '', 'crawl_id': 'web'},
    {'warc_file': 'borte.warc.gz', 'unit_id': 'TOM', 'crawl_id': ''},
)


def native(host=''):
    return ['User-Agent: Byggesag/3.1 CFNetwork'] + ([f'Cookie: {host}'] if host else [])


def session(first):
    """A proxied app: its own API, a measurement service that sets a cookie, a web view, a tunnel, the phone's own update."""
    made = tape.Tape('proxy')
    if first:
        made.exchange(1, 'https://api.byggesag.example/v1/sager', native(), '{}', 'application/json')
        made.exchange(2, 'https://log.maalestok.example/e?id=1', native(), '', 'image/gif', 204,
                      ['Set-Cookie: uid=abc; Max-Age=86400'])
        made.exchange(3, 'https://update.googleapis.com/check', native(), '', 'text/plain')
    else:
        made.exchange(61, 'https://log.maalestok.example/e?id=2', native('uid=abc'), '', 'image/gif', 302,
                      ['Location: https://sync.annonce.example/s'])
        made.exchange(62, 'https://sync.annonce.example/s', native(), '', 'image/gif', 204)
        made.exchange(63, 'https://api.byggesag.example/hjaelp', tape.asks('document'),
                      tape.page('<script src="https://cdn.skrift.example/a.js"></script>'))
    return made.gz()


def web():
    made = tape.Tape('proxy')
    made.exchange(1, 'https://www.byggesag.example/', tape.asks('document'), tape.page(tape.img('https://b.taeller.example/p.gif')))
    made.exchange(2, 'https://b.taeller.example/p.gif', tape.asks('image', 'https://www.byggesag.example/'), '', 'image/gif')
    return made.gz()


def har():
    """As a proxy exports it: one dummy page, that means nothing."""
    def entry(second, url):
        return {'startedDateTime': tape.when(second).replace('Z', '.000Z'), 'time': 1, 'pageref': 'page_0',
                'request': {'method': 'GET', 'url': url, 'httpVersion': 'HTTP/1.1', 'headers': [], 'cookies': [], 'queryString': [],
                            'headersSize': -1, 'bodySize': 0},
                'response': {'status': 200, 'statusText': 'OK', 'httpVersion': 'HTTP/1.1', 'headers': [], 'cookies': [],
                             'content': {'size': 0, 'mimeType': 'application/json'}, 'redirectURL': '', 'headersSize': -1, 'bodySize': 0},
                'cache': {}, 'timings': {'send': 0, 'wait': 1, 'receive': 0}}
    return json.dumps({'log': {'version': '1.2', 'creator': {'name': 'proxy', 'version': '1'},
                               'pages': [{'startedDateTime': tape.when(1), 'id': 'page_0', 'title': 'x', 'pageTimings': {}}],
                               'entries': [entry(1, 'https://api.affald.example/v1/toem'), entry(2, 'https://api.affald.example/v1/log')]}}
                      ).encode()


def write_table(path, rows):
    with open(path, 'w', encoding='utf-8', newline='') as out:
        writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)


def write_all(folder):
    archives, registers = os.path.join(folder, 'arkiv'), os.path.join(folder, 'registre')
    os.makedirs(os.path.join(archives, 'del'))
    os.makedirs(registers)
    for name, data in (('session-1.warc.gz', session(True)), ('del/session-2.warc.gz', session(False)), ('side.warc.gz', web()),
                       ('affald.har', har())):
        with open(os.path.join(archives, name), 'wb') as out:
            out.write(data)
    write_table(os.path.join(registers, 'units.csv'), UNITS)
    write_table(os.path.join(registers, 'authorities.csv'), AUTHORITIES)
    write_table(os.path.join(registers, 'captures.csv'), CAPTURES)
    return archives, registers


def run(*arguments):
    done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def say(name, wrong):
    print(f'not ok apps {name}: {wrong}' if wrong else f'ok apps {name}')


def check(name, got, wanted):
    say(name, '' if got == wanted else f'got {got}, wanted {wanted}')


def check_index(folder, archives, registers):
    index = os.path.join(folder, 'app.index')
    status, text = run('index', '--year', '2026', '-q', '--captures', os.path.join(registers, 'captures.csv'), '-o', index, archives)
    say('index', f'exit status {status}: {text}' if status else '')
    check('sessions are visits', {(row['page_url'], row['contacts']) for row in tables.rows_of(index, 'visits')},
          {('app:APP/forår', '5'), ('app:REN/affald', '2'), ('https://www.byggesag.example/', '2')})
    check('contacts', {(row['host'], row['evidence'], row['party'], row['count']) for row in tables.rows_of(index, 'contacts')
                       if row['page_url'] == 'app:APP/forår'},
          {('api.byggesag.example', 'O4', 'third', '1'), ('log.maalestok.example', 'O4', 'third', '2'),
           ('sync.annonce.example', 'O4', 'third', '1'), ('cdn.skrift.example', 'D1', 'third', '1')})
    check('redirects', {(row['host'], row['redirect_from']) for row in tables.rows_of(index, 'evidence') if row['redirect_from']},
          {('sync.annonce.example', 'log.maalestok.example')})
    check('cookies', {(row['host'], row['name'], row['how']) for row in tables.rows_of(index, 'cookies')},
          {('log.maalestok.example', 'uid', 'set'), ('log.maalestok.example', 'uid', 'sent')})


def check_report(folder, archives, registers):
    out = os.path.join(folder, 'ud')
    status, text = run('run', '--registers', registers, '-o', out, '--year', '2026', archives)
    say('run', f'exit status {status}: {text}' if status else '')
    say('a session that is not there is told', '' if '1 archives of apps are not among these inputs' in text else text)
    with open(os.path.join(out, 'data', 'units.csv'), encoding='utf-8') as file:
        rows = {row['unit_id']: row for row in csv.DictReader(file)}
    check('verdicts', {unit: row['verdict'] for unit, row in rows.items()},
          {'APP': 'unresolved', 'REN': 'limited', 'TOM': 'not_measured', 'WEB': 'unresolved'})
    with open(os.path.join(out, 'data', 'findings.csv'), encoding='utf-8') as file:
        found = {(row['entity'], row['best_grade'], row['example_page']) for row in csv.DictReader(file) if row['unit_id'] == 'APP'}
    check('findings', {(entity, grade) for entity, grade, _ in found},
          {('maalestok.example', 'A'), ('annonce.example', 'B'), ('skrift.example', 'C')})
    check('they name the session', {page for _, _, page in found}, {'app:APP/forår'})


def check_without(folder, archives):
    index = os.path.join(folder, 'none.index')
    run('index', '--year', '2026', '-q', '-o', index, archives)
    check('unbound, nothing is of an app', [row['page_url'] for row in tables.rows_of(index, 'visits') if row['page_url'].startswith('app:')],
          [])


def check_refused(folder, registers):
    path = os.path.join(registers, 'captures.csv')
    write_table(path, ({'warc_file': 'a', 'unit_id': 'WEB'}, {'warc_file': 'b', 'unit_id': 'NIX'}, {'warc_file': 'a', 'unit_id': 'APP'},
                       {'warc_file': 'c', 'unit_id': 'A/P'}))
    status, text = run('check', '--registers', registers)
    wanted = ("captures.csv:2: column unit_id: 'WEB' is no app", "captures.csv:3: column unit_id: 'NIX' is not in units.csv",
              "captures.csv:4: column warc_file: 'a' stands on line 2 too", "captures.csv:5: column unit_id: 'A/P' has a slash")
    missing = [line for line in wanted if line not in text]
    say('what is wrong with captures.csv is told', f'{missing} not in {text}' if missing or status != 2 else '')
    status, text = run('index', '--year', '2026', '--captures', path, '-o', os.path.join(folder, 'x.index'), folder)
    say('index refuses it', '' if status == 2 and 'captures.csv:5' in text else f'exit status {status}: {text}')


def check_twice(folder, archives, registers):
    """A row tells one file. Here another one of its name lies in another folder."""
    os.makedirs(os.path.join(archives, 'andet'))
    os.link(os.path.join(archives, 'affald.har'), os.path.join(archives, 'andet', 'affald.har'))
    status, text = run('index', '--year', '2026', '--captures', os.path.join(registers, 'captures.csv'),
                       '-o', os.path.join(folder, 'y.index'), archives)
    told = "captures.csv:4: 'affald.har' names both" in text and 'give more of the path' in text
    say('a row that two files fit is refused', '' if status == 2 and told else f'exit status {status}: {text}')


def main():
    with tempfile.TemporaryDirectory() as folder:
        archives, registers = write_all(folder)
        check_index(folder, archives, registers)
        check_report(folder, archives, registers)
        check_without(folder, archives)
        check_twice(folder, archives, registers)
        check_refused(folder, registers)


main()
