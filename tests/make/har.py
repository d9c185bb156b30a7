# SPDX-License-Identifier: MIT
"""HAR files as developer tools and proxies write them, with what must be found in them; and the same, damaged."""
import base64
import json
import random

STYLES = ('chrome', 'firefox', 'webkit', 'sitespeed', 'proxy')


class Har:
    """`data`: the file. `spans`: (begin, end) of every entry. `hosts`: the host of every entry, each its own.
    `contacts`: {(page, host)}, `blocked` those of them that came to nothing. `cookies`: {(page, host, name, how)}."""

    def __init__(self, seed, style, pages=3, entries=8):
        self.random = random.Random(f'{seed}/{style}')
        self.style = style
        self.hosts, self.contacts, self.blocked, self.cookies = [], set(), set(), set()
        made = [self.page(number, entries) for number in range(1, pages + 1)]
        self.data, self.spans = self.write([page for page, _ in made], [entry for _, list_ in made for entry in list_])

    def page(self, number, count):
        url = f'https://side{number}.example/'
        page = {'startedDateTime': f'2026-01-02T03:0{number}:00.000Z', 'id': f'page_{number}', 'pageTimings': {},
                'title': url if self.style in ('chrome', 'webkit') else f'Side {number} - æøå "\\"'}
        entries = [self.document(number, url)]
        entries += [self.part(number, url, k) for k in range(1, count)]
        return page, entries

    def frame(self, number, k, url, kind):
        second = f'{k % 60:02d}'
        entry = {'startedDateTime': f'2026-01-02T03:0{number}:{second}.123Z', 'time': 7,
                 'request': {'method': 'GET', 'url': url, 'httpVersion': 'h2', 'headers': [], 'cookies': [],
                             'queryString': [], 'headersSize': -1, 'bodySize': 0},
                 'response': {'status': 200, 'statusText': '', 'headers': [], 'cookies': [], 'redirectURL': '',
                              'content': {'size': 9, 'mimeType': kind}}, 'cache': {}, 'timings': {}}
        if self.style != 'proxy':
            entry['pageref'] = f'page_{number}'
        return entry

    def document(self, number, url):
        host = f'side{number}.example'
        entry = self.frame(number, 0, url, 'text/html')
        text = f'<!doctype html><title>Side</title><p>æ{number} "citat" \\ <img src="https://erklaeret{number}.example/x.png">'
        self.content(entry, text)
        fields = entry['request']['headers']
        fields += [{'name': ':authority', 'value': host}, {'name': 'Upgrade-Insecure-Requests', 'value': '1'}]
        if self.style in ('chrome', 'proxy'):
            fields += [{'name': 'sec-fetch-mode', 'value': 'navigate'}, {'name': 'sec-fetch-dest', 'value': 'document'}]
        self.hosts.append(host)
        self.contacts.add((url, host))
        return self.ordered(entry, 'document')

    def part(self, number, page, k):
        host = f'n{len(self.hosts)}.tredje.example'
        entry = self.frame(number, k, f'https://{host}/sti/{k}?q=%7B%22request%22', 'image/gif')
        entry['request']['headers'] += [{'name': 'Referer', 'value': page}]
        self.hosts.append(host)
        self.contacts.add((page, host))
        fate = self.random.choice(('plain', 'set', 'set', 'sent', 'blocked', 'text'))
        if fate == 'blocked':
            entry['response'].update(status=0, headers=[], _error='net::ERR_BLOCKED_BY_CLIENT')
            self.blocked.add((page, host))
        if fate == 'set':
            self.set_cookies(entry, page, host)
        if fate == 'sent':
            self.sent_cookies(entry, page, host)
        if fate == 'text':
            self.content(entry, '},{"request":{"url":"https://falsk.example/"}},{"' + 'x' * self.random.randrange(2000))
        return self.ordered(entry, 'image')

    def content(self, entry, text):
        content = entry['response']['content']
        content['text'] = text
        if self.style in ('webkit', 'proxy') and self.random.random() < 0.5:
            content.update(text=base64.b64encode(text.encode()).decode(), encoding='base64')
            entry['response']['headers'].append({'name': 'Content-Type', 'value': 'text/html; charset=utf-8'})

    def set_cookies(self, entry, page, host):
        names = [f'c{k}' for k in range(self.random.randrange(1, 4))]
        lines = [f'{name}=1; Path=/; Secure; Expires=Fri, 02 Jan 2027 03:04:05 GMT' for name in names]
        listed = [{'name': n, 'value': '1', 'path': '/', 'secure': True, 'expires': '2027-01-02T03:04:05.000Z'} for n in names]
        fields = {'chrome': ['\n'.join(lines)], 'webkit': [', '.join(lines)], 'sitespeed': [], 'firefox': lines, 'proxy': lines}
        entry['response']['headers'] += [{'name': 'Set-Cookie', 'value': value} for value in fields[self.style]]
        entry['response']['cookies'] = [] if self.style == 'proxy' else listed
        self.cookies |= {(page, host, name, 'set') for name in names}

    def sent_cookies(self, entry, page, host):
        names = ['s1', 's2']
        if self.style == 'sitespeed':
            entry['request']['cookies'] = [{'name': name, 'value': 'v'} for name in names]
        else:
            entry['request']['headers'].append({'name': 'Cookie', 'value': 's1=v; s2=w'})
        self.cookies |= {(page, host, name, 'sent') for name in names}

    def ordered(self, entry, kind):
        """Each tool has its own order of keys, and some of its own."""
        if self.style == 'chrome':
            entry.update(_resourceType=kind, _initiator={'type': 'script', 'stack': {'callFrames': [{'url': '}]}'}]}})
            return dict(sorted(entry.items()))
        return dict(reversed(entry.items())) if self.style == 'firefox' else entry

    def write(self, pages, entries):
        pretty = {'chrome': 2, 'firefox': None, 'webkit': 1}.get(self.style)
        dump = lambda value: json.dumps(value, indent=pretty, ensure_ascii=self.style == 'webkit').encode()
        bom = b'\xef\xbb\xbf' if self.style == 'webkit' else b''
        listed = b'"pages": ' + dump([] if self.style == 'proxy' else pages)
        out, spans = bom + b'{"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, ', []
        if self.style != 'firefox':
            out += listed + b', '
        out += b'"entries": ['
        for k, entry in enumerate(entries):
            out += b',\n' if k else b'\n'
            spans.append((len(out), len(out) + len(dump(entry))))
            out += dump(entry)
        out += b']' + (b', ' + listed if self.style == 'firefox' else b'') + b'}}\n'
        return out, spans


def damaged(har, dice):
    """(what was done, data, from, to): only bytes from..to of the original were touched."""
    begin = har.spans[0][0]
    at = dice.randrange(begin, len(har.data))
    size = min(dice.choice((1, 1, 2, 7, 60, 900)), len(har.data) - at)
    how = dice.choice(('flip', 'delete', 'insert', 'repeat', 'cut'))
    data = har.data
    if how == 'cut':
        return how, data[:at], at, len(data)
    if how == 'flip':
        return how, data[:at] + bytes(dice.choice(b'"{}[],:\\ x\0\xff') for _ in range(size)) + data[at + size:], at, at + size
    if how == 'delete':
        return how, data[:at] + data[at + size:], at, at + size
    if how == 'insert':
        return how, data[:at] + bytes(dice.choice(b'"{}[],:\\ x') for _ in range(size)) + data[at:], at, at
    return how, data[:at + size] + data[at:], at, at + size
