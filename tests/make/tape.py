# SPDX-License-Identifier: MIT
"""A crawl of a few records, written as a recorder would: answers and requests, page lists, revisits, a crawler's notes."""
import datetime
import json

import tiny

SOFTWARE = {'proxy': 'warcprox 2.4.13', 'list': 'Browsertrix-Crawler 1.9.2 (with warcio.js 2.4.6)', 'joins': 'Squidwarc/1.2.0',
            'crawler': 'Heritrix/3.4.0-20240909', 'wget': 'Wget/1.21.3', 'none': ''}
IDENTICAL = 'http://netpreserve.org/warc/1.1/revisit/identical-payload-digest'
REASON = {200: 'OK', 204: 'No Content', 302: 'Found', 403: 'Forbidden', 404: 'Not Found', 503: 'Service Unavailable'}
START = datetime.datetime(2026, 10, 1, 8)


def when(second):
    """Seconds after eight o'clock of the first of October 2026; before it when negative."""
    return f'{START + datetime.timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}'


def asks(destination, referer='', origin='', cookie='', mode=''):
    """Fields of a browser's request; without a mode that of the destination."""
    modes = {'document': 'navigate', 'iframe': 'navigate', 'font': 'cors', 'empty': 'cors'}
    fields = ['Accept: */*', 'User-Agent: browser', f'Sec-Fetch-Dest: {destination}',
              f'Sec-Fetch-Mode: {mode or modes.get(destination, "no-cors")}']
    return fields + [f'{name}: {value}' for name, value in (('Referer', referer), ('Origin', origin), ('Cookie', cookie)) if value]


def http(start, fields, body=b''):
    return '\r\n'.join([start, *fields, '', '']).encode() + body


class Tape:
    def __init__(self, software):
        self.count = 0
        self.records = [tiny.record('warcinfo', '', f'software: {SOFTWARE[software]}\r\nformat: WARC\r\n'.encode(), WARC_Date=when(0))] \
            if SOFTWARE[software] else []

    def add(self, kind, url, block, second, **more):
        """Its id."""
        self.count += 1
        number = f'<urn:x:{self.count:08}>'
        self.records.append(tiny.record(kind, url, block, version='1.1', WARC_Date=when(second), WARC_Record_ID=number, **more))
        return number

    def exchange(self, second, url, request, body='', mime='text/html', status=200, fields=(), method='GET', sends=b'', revisit=None, **tags):
        """An answer and its request. `revisit`: (what it repeats, when that was recorded, whether it has a head)."""
        block = http(f'HTTP/1.1 {status} {REASON[status]}', [f'Content-Type: {mime}', *fields], body.encode())
        more = dict(tags)
        if revisit:
            block = block[:len(block) - len(body)] if revisit[2] else b''
            more.update(WARC_Profile=IDENTICAL, WARC_Refers_To_Target_URI=revisit[0], WARC_Refers_To_Date=when(revisit[1]))
        answer = self.add('revisit' if revisit else 'response', url, block, second,
                          **{'Content_Type': 'application/http; msgtype=response', **more})
        if request is not None:
            host, _, path = url.split('//')[1].partition('/')
            self.add('request', url, http(f'{method} /{path} HTTP/1.1', [f'Host: {host}', *request], sends), second,
                     WARC_Concurrent_To=answer, **tags)
        return answer

    def tagged(self, second, page, kind, url, request, *more, **named):
        """An exchange that bears the id of its page and a type."""
        return self.exchange(second, url, request, *more, WARC_Page_ID=page, WARC_Resource_Type=kind, **named)

    def list(self, second, page, url, entries):
        """A page's own list; an entry is (status, type, URL) and maybe an error."""
        urls = {entry[2]: {'status': entry[0], 'type': entry[1], **({'error': entry[3]} if entry[3:] else {})} for entry in entries}
        block = json.dumps({'pageid': page, 'urls': urls, 'url': url, 'ts': when(second), 'tsStatus': 200, 'counts': {}}).encode()
        self.add('resource', 'urn:pageinfo:' + url, block, second + 20, Content_Type='application/json')

    def notes(self, second, url, answer, lines):
        """Heritrix's metadata of an answer."""
        self.add('metadata', url, '\r\n'.join([*lines, '', '']).encode(), second, Content_Type='application/warc-fields',
                 WARC_Concurrent_To=answer)

    def gz(self):
        return b''.join(map(tiny.gzip_member, self.records))


def page(*elements):
    return '<!DOCTYPE html><title>x</title>' + ''.join(elements) + '<p>text</p>'


def img(url):
    return f'<img src="{url}">'
