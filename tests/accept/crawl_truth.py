#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Contacts and redirects of the shared crawls against what the browser really did: every miss and every extra has a proven cause.

For each year and kind of archive, hosts of `show contacts` (observed classes) and hops of `show evidence` are held against truth.json.
Of hosts there may be no extra at all.
"""
import collections
import os
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, 'tests', 'reference'))
import causes  # noqa: E402
import crawls  # noqa: E402
import tables  # noqa: E402

NOT_LISTED = 'neither recorded nor on the list of the page (fonts, prefetches, service workers, what comes after it)'
ATTEMPTED = 'listed as attempted only (class A)'


def read_hosts(index):
    found = collections.defaultdict(set)
    for row in tables.rows_of(index, 'contacts'):
        if row['evidence'].startswith('O'):
            found[crawls.page_of(row['page_url'])].add((row['host'],))
    return found


def read_hops(index):
    found = collections.defaultdict(set)
    for row in tables.rows_of(index, 'evidence'):
        if row['redirect_from']:
            found[crawls.page_of(row['page_url'])].add((row['redirect_from'], row['host']))
    return found


def by_page_list(portal, page, fact, cause):
    """What a list names is no miss; what a crawler with lists did not record must not be on them. No cause makes an extra good."""
    statuses = portal.archive.listed.get((page, *fact), set())
    if cause in causes.OF_EXTRAS or statuses - {0}:
        return None
    if statuses:
        return ATTEMPTED
    return NOT_LISTED if portal.archive.listed and cause == causes.NO_RECORD else cause


def main():
    if not os.path.isdir(crawls.CRAWLS):
        print('skip crawl_truth: no shared crawls here')
        return
    with tempfile.TemporaryDirectory() as folder:
        for kind in crawls.LOGS:
            for year in crawls.YEARS:
                crawl = crawls.Crawl(kind, year, folder)
                causes.Comparison(crawl, 'hosts', read_hosts(crawl.index), by_page_list).say(f'crawl_truth hosts {kind} {year}')
                causes.Comparison(crawl, 'hops', read_hops(crawl.index)).say(f'crawl_truth hops {kind} {year}')


main()
