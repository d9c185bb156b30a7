# SPDX-License-Identifier: MIT
"""Kinds of jobs that tests/run has. A job is a function without arguments that returns a list of results."""
import collections
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / 'build' / 'tredjepart'
ESTATE = ROOT / 'build' / 'demo' / 'estate'
TIMEOUT_S = 900
GOLDEN_FLAGS = ('-j 1', '-j 4 --chunk 64K', '-j 2 --chunk 1M')

Result = collections.namedtuple('Result', 'status name why count', defaults=('', 1))


def run(command, **more):
    """(exit status, output with errors mixed in); a job that hangs is killed and says so."""
    environment = dict(os.environ, TREDJEPART=str(PROGRAM), LC_ALL='C.UTF-8', UBSAN_OPTIONS='print_stacktrace=1',
                       TSAN_OPTIONS='halt_on_error=1', **more)
    try:
        done = subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, timeout=TIMEOUT_S, check=False)
        return done.returncode, done.stdout.decode('utf-8', 'replace')
    except subprocess.TimeoutExpired as late:
        return 124, (late.stdout or b'').decode('utf-8', 'replace') + f'\nstopped after {TIMEOUT_S} s'


def tail(text, lines=25):
    return '\n'.join('    ' + line for line in text.strip().split('\n')[-lines:])


def fixed_addresses():
    """Sanitizers need their shadow where they expect it; newer kernels spread addresses too far for old ones."""
    return ['setarch', '-R'] if shutil.which('setarch') and run(['setarch', '-R', 'true'])[0] == 0 else []


def unit(program, flavour, prefix):
    """A cmocka program: its closing lines tell the counts."""
    def job():
        name = f'unit {flavour} {program.name}'
        status, text = run(prefix + [str(program)])
        counts = {word: sum(int(n) for n in re.findall(rf'^\[  {word} *\] (\d+) test', text, re.M))
                  for word in ('PASSED', 'FAILED', 'SKIPPED')}
        results = []
        if counts['PASSED']:
            results.append(Result('ok', name, '', counts['PASSED']))
        if counts['FAILED'] or status or not any(counts.values()):
            results.append(Result('not ok', name, f'exit status {status}\n{tail(text)}', counts['FAILED'] or 1))
        if counts['SKIPPED']:
            reasons = [line for line in text.split('\n') if 'skip' in line.lower() and not line.startswith('[')]
            results.append(Result('skip', name, '; '.join(dict.fromkeys(reasons)) or 'the test gives no reason',
                                  counts['SKIPPED']))
        return results
    return job


def replay(program, flavour, prefix):
    """A fuzz target over its seeds."""
    def job():
        parser = program.name.removeprefix('replay_')
        seeds = ROOT / 'tests' / 'fuzz' / 'seeds' / parser
        name = f'replay {flavour} {parser}'
        if not seeds.is_dir():
            return [Result('not ok', name, f'no seeds in {seeds.relative_to(ROOT)}')]
        status, text = run(prefix + [str(program), str(seeds)])
        return [Result('not ok', name, f'exit status {status}\n{tail(text)}') if status else Result('ok', name)]
    return job


def lines(command, name):
    """A program that prints "ok NAME", "not ok NAME: why", "skip NAME: why"; all else is its talk."""
    def job():
        status, text = run(command)
        results = []
        for match in re.finditer(r'^(ok|not ok|skip) ([^:\n]+)(?:: ?(.*))?$', text, re.M):
            results.append(Result(match.group(1), match.group(2), match.group(3) or ''))
        failed = any(result.status == 'not ok' for result in results)
        if (status and not failed) or not results:
            results.append(Result('not ok', name, f'exit status {status}\n{tail(text)}'))
        elif failed:
            results.append(Result('talk', name, tail(text, 60)))
        return results
    return job


def golden_run(case, flags):
    """{file: bytes} that the command of a case gives; the folder it ran in is called TMP."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, T=str(PROGRAM), ESTATE=str(ESTATE), CASE=str(case), FLAGS=flags, LC_ALL='C.UTF-8')
        try:
            done = subprocess.run(['bash', str(case / 'cmd')], cwd=folder, env=environment, stdin=subprocess.DEVNULL,
                                  capture_output=True, timeout=TIMEOUT_S, check=False)
        except subprocess.TimeoutExpired:
            return {'exit': b'hangs\n'}
        places = ((str(ESTATE), 'ESTATE'), (str(case), 'CASE'), (folder, 'TMP'), (str(PROGRAM), 'tredjepart'))

        def plain(text):
            for place, word in places:
                text = text.replace(place.encode(), word.encode())
            return text

        return {'stdout': plain(done.stdout), 'stderr': plain(done.stderr), 'exit': b'%d\n' % done.returncode}


def golden(case):
    """tests/golden/CASE/cmd against the files beside it, for every set of flags if it uses $FLAGS."""
    def job():
        uses_flags = '$FLAGS' in (case / 'cmd').read_text('utf-8')
        for flags in GOLDEN_FLAGS if uses_flags else GOLDEN_FLAGS[:1]:
            for file, got in golden_run(case, flags).items():
                wanted = (case / file).read_bytes() if (case / file).is_file() else None
                if wanted is not None and wanted != got:
                    return [Result('not ok', f'golden {case.name}', f'{file} differs with {flags}\n'
                                   + difference(case / file, got))]
                if wanted is None and file == 'exit' and got != b'0\n':
                    return [Result('not ok', f'golden {case.name}', f'exit status {got.decode().strip()} with {flags}')]
        return [Result('ok', f'golden {case.name}')]
    return job


def difference(path, got):
    done = subprocess.run(['diff', '-u', str(path), '-'], input=got, capture_output=True, check=False)
    return tail('\n'.join(done.stdout.decode('utf-8', 'replace').split('\n')[:30]), 30)


def accept(case):
    for file, got in golden_run(case, GOLDEN_FLAGS[0]).items():
        if file == 'exit' and got == b'0\n':
            (case / file).unlink(missing_ok=True)
        else:
            (case / file).write_bytes(got)


def readme_block(number, block):
    """Commands of the README run as they stand; of make only the target's existence is asked."""
    def job():
        name = f'README block {number}'
        targets = re.findall(r'^make(?: +([\w-]+))?', block, re.M)
        commands = '\n'.join(line for line in block.split('\n') if not re.match(r'(make|sudo)\b', line))
        for target in targets:
            status, text = run(['make', '-n'] + ([target] if target else []))
            if status:
                return [Result('not ok', name, tail(text))]
        if commands.strip():
            status, text = run(['bash', '-euo', 'pipefail', '-c', commands])
            if status:
                return [Result('not ok', name, f'exit status {status}\n{tail(text)}')]
        return [Result('ok', name)]
    return job


def readme():
    """Blocks in their order, one job: later ones read what earlier ones wrote."""
    def job():
        text = (ROOT / 'README.md').read_text('utf-8')
        results = []
        for number, block in enumerate(re.findall(r'^```sh\n(.*?)^```', text, re.M | re.S), 1):
            results += readme_block(number, block)()
        return results
    return job
