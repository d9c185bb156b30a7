#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""big.py OUT MEGABYTES FILE... - one archive of at least so many MB, by repeating the members of .warc.gz files.

Members of gzip files may simply stand behind one another, so whole files are repeated in turn. For benchmarks.
"""
import itertools
import pathlib
import sys


def main():
    if len(sys.argv) < 4 or not sys.argv[2].isdigit():
        raise SystemExit(__doc__)
    pieces = [pathlib.Path(name).read_bytes() for name in sys.argv[3:]]
    if not any(pieces):
        raise SystemExit('big.py: the files given are empty')
    left = int(sys.argv[2]) * 1_000_000
    with open(sys.argv[1], 'wb') as out:
        for piece in itertools.cycle(pieces):
            if left <= 0:
                break
            out.write(piece)
            left -= len(piece)


if __name__ == '__main__':
    main()
