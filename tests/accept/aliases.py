#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""aliases.py: names that answers of the DNS lead elsewhere, from records of archives to the verdict.

A generated crawl, as Heritrix writes one, whose own name stat.portal.example leads to a vendor of the catalogue: the vendor is a
disguised third party, and the table says which record proves it. The same table whatever the threads, chunks, framing and order of
files. Then the shared corpus: a second reading of its dns: records gives the same names, times and no others, and every row names
the record that says so.
"""
import csv
import os
import re
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, 'tests', 'reference'), os.path.join(ROOT, 'tests', 'make')]
import reader  # noqa: E402
import tables  # noqa: E402
import tape  # noqa: E402
import tiny  # noqa: E402

PAGE, OWN, STAT, VENDOR, CDN = 'https://www.portal.example/side', 'www.portal.example', 'stat.portal.example', 'x.vendor.example', 'y.cdn.example'
UNITS = 'unit_id,name_da,unit_type,authority_id,url_scope,entry_urls,audience,interaction,provision,primary_channel,known_pages\n' \
        f'U,n,self_service,A,{OWN},{PAGE},citizens,yes,state,statutory,1\n'
SERVICES = 'pattern,service,entity,country,category\n*.vendor.example,Analyse,Vendor Inc,US,analytics\n*.cdn.example,CDN,Cdn Inc,US,cdn\n'
DAY = '2026-10-01T08:{:02}:{:02}Z'
ASK = ['User-Agent: heritrix', 'Connection: close']
DIG = ';; opcode: QUERY, status: NOERROR, id: 1\n\n;; QUESTION SECTION:\n;{0}.\tIN\t A\n\n;; ANSWER SECTION:\n{0}.\t9\tIN\tCNAME\t{1}.\n' \
      '{1}.\t9\tIN\tCNAME\t{2}.\n{2}.\t9\tIN\tA\t192.0.2.2\n'


def say(name, wrong):
    for line in wrong[:20]:
        print('# ' + line)
    print(f'not ok aliases {name}: {len(wrong)} differences' if wrong else f'ok aliases {name}')


def answer(second, *owners):
    lines = [f'202610010800{second:02}'] + [f'{owner}.\t300\tIN\tA\t192.0.2.{number}' for number, owner in enumerate(owners, 1)]
    return ('\n'.join(lines) + '\n').encode()


def crawl(answers):
    """A page with a counter of its own name; `answers`: (second, host, block, type of record) of the DNS."""
    t = tape.Tape('crawler')
    for second, host, block, kind in answers:
        t.add(kind, f'dns:{host}', block, second, Content_Type='text/dns')
    counter = f'https://{STAT}/p.gif'
    front = t.exchange(20, PAGE, ASK, tape.page(tape.img(counter)))
    t.notes(20, PAGE, front, ['seed: ', f'outlink: {counter} E img/@src'])
    got = t.exchange(21, counter, [*ASK, 'Referer: ' + PAGE], 'x', 'image/gif')
    t.notes(21, counter, got, ['via: ' + PAGE, 'hopsFromSeed: E'])
    return t


def aliases_of(index):
    return [tuple(row.values()) for row in tables.rows_of(index, 'aliases')]


def write(folder, name, data):
    path = os.path.join(folder, name)
    with open(path, 'wb') as file:
        file.write(data)
    return path


def digest(index):
    """Everything observed."""
    return [tables.text_of(index, table) for table in ('visits', 'contacts', 'evidence', 'cookies', 'aliases', 'archives', 'faults', 'counters')]


def judged(folder, index, *aliases):
    """[(entity, party, codes)] of the findings of the unit."""
    registers, out = os.path.join(folder, 'registers'), os.path.join(folder, 'report')
    os.makedirs(registers, exist_ok=True)
    texts = {'authorities.csv': 'authority_id,name_da,domains\nA,n,portal.example\n', 'units.csv': UNITS, 'services.csv': SERVICES,
             'aliases.csv': 'host,canonical,valid_from,valid_to\n' + ''.join(line + '\n' for line in aliases)}
    for name, text in texts.items():
        write(registers, name, text.encode())
    done = subprocess.run([tables.PROGRAM, 'report', '--registers', registers, '-o', out, index], stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise tables.Failed(done.stdout.decode('utf-8', 'replace')[-300:])
    with open(os.path.join(out, 'data', 'findings.csv'), encoding='utf-8', newline='') as file:
        return [(row['entity'], row['party_view']) for row in csv.DictReader(file)]


def printed(archive, offset):
    done = subprocess.run([tables.PROGRAM, 'record', archive, offset], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return done.stdout


def check_estate(folder):
    """What a Heritrix crawl shows, who is judged for it, and what the registers say against it."""
    t = crawl([(1, OWN, answer(1, OWN), 'response'), (2, STAT, answer(2, VENDOR), 'response'), (9, STAT, answer(9, VENDOR), 'response')])
    path, index = write(folder, 'a.warc.gz', t.gz()), os.path.join(folder, 'a.index')
    tables.make_index(index, [path])
    members = [tiny.gzip_member(record) for record in t.records]
    at, length = sum(map(len, members[:2])), len(members[2])
    rows, wanted = aliases_of(index), [(STAT, VENDOR, DAY.format(0, 2), path, str(at), str(length))]
    wrong = [] if rows == wanted else [f'the table has {rows}, not {wanted}']
    if f'\n{VENDOR}.\t300\tIN\tA\t'.encode() not in printed(path, str(at)):
        wrong.append('the record does not say so')
    if any(row['host'] == VENDOR for row in tables.rows_of(index, 'evidence')):
        wrong.append('a name that was only asked for is a contact')
    for lines, parties in (((), [('Vendor Inc', 'third_disguised')]),
                           ((f'{STAT},{CDN},,',), [('Cdn Inc', 'infrastructure')]),
                           ((f'{STAT},{CDN},,2026-09-30',), [('Vendor Inc', 'third_disguised')]),
                           ((f'{VENDOR},{CDN},,',), [('Vendor Inc', 'third_disguised')]),
                           ((f'{STAT},{STAT},,',), [])):
        got = judged(folder, index, *lines)
        if got != parties:
            wrong.append(f'with aliases {lines}: {got}, not {parties}')
    say('of a generated crawl', wrong)


def check_chain(folder):
    """A resource as the standard has it, with the CNAMEs: the vendor on the way to its host is the one."""
    t = crawl([(3, f'{STAT}?TYPE=A', DIG.format(STAT, VENDOR, CDN).encode(), 'resource')])
    path, index = write(folder, 'chain.warc.gz', t.gz()), os.path.join(folder, 'chain.index')
    tables.make_index(index, [path])
    names = [row[:3] for row in aliases_of(index)]
    wrong = [] if names == [(STAT, VENDOR, DAY.format(0, 3)), (VENDOR, CDN, DAY.format(0, 3))] else [str(names)]
    got = judged(folder, index)
    if got != [('Vendor Inc', 'third_disguised')]:
        wrong.append(f'the finding is {got}')
    say('over a vendor to its host', wrong)


def check_faults(folder):
    """Lines that are none are counted, and the end of a cut record is no name."""
    odd = answer(4, VENDOR) + b'no line\nb. 1 IN A c\n'
    t = crawl([(4, STAT, odd, 'response')])
    t.records.insert(1, tiny.record('response', 'dns:cut.portal.example', answer(5) + b'cut.portal.example. 1 IN CNAME x.vend',
                                    Content_Type='text/dns', WARC_Truncated='length'))
    path, index = write(folder, 'odd.warc.gz', t.gz()), os.path.join(folder, 'odd.index')
    tables.make_index(index, [path])
    faults = [(row['stage'], row['kind'], row['count']) for row in tables.rows_of(index, 'faults') if row['stage'] == 'extract']
    wrong = [] if faults == [('extract', 'SYNTAX', '2')] else [f'faults {faults}']
    names = [row[:2] for row in aliases_of(index)]
    say('of odd lines', wrong + ([] if names == [(STAT, VENDOR)] else [f'names {names}']))


def check_same(folder):
    """Threads, chunks, order and repetition change nothing; of several files the first record proves it."""
    first = crawl([(7, STAT, answer(7, VENDOR), 'response'), (8, OWN, answer(8, CDN), 'response')])
    second = crawl([(6, STAT, answer(6, VENDOR), 'response'), (6, OWN, answer(6, VENDOR), 'response')])
    paths = [write(folder, 'first.warc.gz', first.gz()), write(folder, 'second.warc', b''.join(second.records)),
             write(folder, 'third.arc.gz', tiny.gzip_member(tiny.arc_version()) + tiny.gzip_member(
                 tiny.arc_record(f'dns:{STAT}', answer(5, VENDOR), 'text/dns', '20261001080005')))]
    index, found = os.path.join(folder, 'same.index'), []
    for options in (('-j1',), ('-j4', '--chunk', '64K'), ('-j2', '--complete')):
        for order in (paths, paths[::-1], paths + paths[:1]):
            tables.make_index(index, order, *options)
            found.append(digest(index)[:7])
    wrong = [f'run {number} differs' for number, tables_of in enumerate(found) if tables_of != found[0]]
    rows = [row[:4] for row in aliases_of(index)]
    wanted = [(STAT, VENDOR, DAY.format(0, 5), paths[2]), (OWN, CDN, DAY.format(0, 8), paths[0]), (OWN, VENDOR, DAY.format(0, 6), paths[1])]
    say('in any order', wrong + ([] if rows == sorted(wanted) else [f'{rows}, not {wanted}']))


LINE = re.compile(rb'([^\s;]+?)\.?[ \t]+\d+[ \t]+IN[ \t]+(A|AAAA|CNAME)[ \t]+(\S+?)\.?[ \t]*', re.I)


def second_reading(path):
    """{(host, name)}, and how many dns: records there are: a step each, by the same rules, with other means."""
    found, count = set(), 0
    for data in reader.parts(path):
        for fields, block in reader.records(data):
            uri = fields.get('warc-target-uri', '').strip('<>').lower()
            if not uri.startswith('dns:') or fields['warc-type'].lower() not in ('response', 'resource'):
                continue
            count += 1
            asked = uri[4:].split('?')[0].rstrip('.')
            date = re.match(rb'\d{14}', block)
            lines = [match.groups() for match in map(LINE.fullmatch, re.split(rb'\r?\n', block)) if match]
            lines = [(owner.decode().lower(), kind.upper(), data.decode().lower()) for owner, kind, data in lines]
            steps = {owner: data for owner, kind, data in lines if kind == b'CNAME'}
            if not steps:
                steps = {asked: owner for owner, _, _ in lines if owner != asked}
            while asked in steps:
                found.add((asked, steps[asked], date.group().decode() if date else ''))
                asked = steps.pop(asked)
    return found, count


def earliest(rows):
    """{(host, name): time}"""
    first = {}
    for host, name, time in rows:
        first[host, name] = min(time, first.get((host, name), time))
    return first


def check_corpus(folder):
    paths = [path for path, _ in tables.corpus()]
    if not paths:
        print('skip aliases corpus: no shared corpus here')
        return
    wrong, union, records, with_dns, readable = [], set(), 0, [], []
    for path in paths:
        try:
            rows, count = second_reading(path)
        except reader.Unreadable:
            continue
        readable.append(path)
        records += count
        if count:
            with_dns.append(path)
            wrong += compare(os.path.join(folder, 'one.index'), [path], rows)
            union |= rows
    wrong += compare(os.path.join(folder, 'all.index'), readable, union)
    print(f'# {records} dns: records in {len(with_dns)} of {len(readable)} files, {len(earliest(union))} names that lead elsewhere')
    say('of the corpus', wrong + ([] if union else ['none']))


def compare(index, paths, rows):
    tables.make_index(index, paths)
    wrong, wanted, got = [], earliest(rows), {}
    for host, name, time, archive, offset, _ in aliases_of(index):
        got[host, name] = re.sub('[^0-9]', '', time)
        record = printed(archive, offset)
        if f'dns:{host}'.encode() not in record.lower() or f'{name}.'.encode() not in record.lower():
            wrong.append(f'{archive} {offset}: does not say that {host} leads to {name}')
    return wrong + ([] if got == wanted else [f'{paths[0]}: {got}, second reading {wanted}'])


def main():
    for check in (check_estate, check_chain, check_faults, check_same, check_corpus):
        with tempfile.TemporaryDirectory() as folder:
            check(folder)


main()
