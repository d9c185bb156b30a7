# SPDX-License-Identifier: MIT
"""What the house checks share: which files there are, and how a finding is said."""
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
found = 0

TOKENS = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])+\'', re.S)


def files():
    """All files of the repository, relative to it, sorted; without a checkout: what lies there but builds."""
    listed = subprocess.run(['git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], cwd=ROOT,
                            capture_output=True, check=False)
    if listed.returncode == 0:
        names = set(listed.stdout.decode('utf-8', 'surrogateescape').split('\0'))
    else:
        names = {os.path.relpath(os.path.join(folder, name), ROOT) for folder, _, inside in os.walk(ROOT)
                 if '/build' not in folder and '/.git' not in folder for name in inside}
    return sorted(name for name in names if name and (ROOT / name).is_file())


def c_files():
    return [name for name in files() if name.endswith(('.c', '.h'))]


def text_of(name):
    return (ROOT / name).read_text('utf-8', errors='replace')


def is_generated(text):
    return any('/* generated' in line for line in text.split('\n')[:5])


def without_words(text):
    """C without comments and literals; lines stay where they are."""
    return TOKENS.sub(lambda token: re.sub(r'[^\n]', ' ', token.group()), text)


def without_comments(text):
    """C without comments; literals stay."""
    return TOKENS.sub(lambda t: re.sub(r'[^\n]', ' ', t.group()) if t.group()[0] == '/' else t.group(), text)


def line_at(text, at):
    return text.count('\n', 0, at) + 1


def rows(name):
    """Rows of a list beside the checks: white space between cells, # begins a remark."""
    for line in (ROOT / 'scripts' / name).read_text('utf-8').split('\n'):
        cells = line.split('#', 1)[0].split()
        if cells:
            yield cells


def say(name, line, what):
    global found
    found += 1
    print(f'{name}:{line}: {what}')


def finish():
    sys.exit(1 if found else 0)
