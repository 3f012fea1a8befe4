#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""How many small mistakes the tests notice. Each mutant of a file (mutate.py) is compiled and put in
front of the checked twin of the library; the white-box tests, the nearest first, run until one fails.
What does not compile, and what compiles to code that was there already, does not count. Run in a
build directory where `make check` has built its programs, by `make check-mutants`:
check-mutants.py SRCDIR PLACE... where a place is a file of lib/, a folder of them, or FILE:LINE.
Of the environment: CC, FC_MUTANTS_CFLAGS, _LIBS and _TESTS, and what doc/mutants.md names."""

import collections
import concurrent.futures
import glob
import hashlib
import os
import random
import shlex
import signal
import subprocess
import sys
import tempfile
import threading
import time

from mutate import mutants

GOAL = 90  # per cent
LONGEST = int(os.environ.get("FC_MUTANTS_LONGEST") or 20)  # seconds of a CPU; a program that takes more is left out
PATIENCE = 10  # times as many of the clock: for a busy machine, and for what waits for ever
FLOORS = ["base"], ["alloc", "kernels"], ["memory", "codec"], ["buffer", "stream"]
LIMITED = "sh", "-c", 'ulimit -v 67108864; ulimit -c 0; ulimit -t "$0"; exec "$@"'
QUICK = {"FC_TEST_EFFORT": "quick", "FC_TEST_OPERATIONS": "20000"}
CC = shlex.split(os.environ["CC"])
CFLAGS = shlex.split(os.environ["FC_MUTANTS_CFLAGS"])
LIBS = shlex.split(os.environ["FC_MUTANTS_LIBS"])
NODE = "tests/node/twin_node"
BUILD = os.getcwd()

Mutant = collections.namedtuple("Mutant", "file line change source")
Verdict = collections.namedtuple("Verdict", "mutant is_counted killer")


def ended(process, seconds):
    """How a process has ended, and the seconds of a CPU that it took; None if it has not, by the clock."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        number, status, usage = os.wait4(process, os.WNOHANG)
        if number != 0:
            return status, usage.ru_utime + usage.ru_stime
        time.sleep(0.01)
    return None


def ends_well(command, folder, environment, seconds, given):
    """What of a CPU a command takes that returns 0 in time, else None; its whole process group ends with it."""
    with open(given or os.devnull, "rb") as source:
        process = subprocess.Popen(
            LIMITED + (str(seconds),) + tuple(command), cwd=folder, env={**QUICK, **os.environ, **environment},
            stdin=source, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )
        end = ended(process.pid, PATIENCE * seconds)
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.returncode = end[0] if end else os.waitpid(process.pid, 0)[1]
        return max(end[1], 0.001) if end and end[0] == 0 and end[1] <= seconds else None


def archive_of(library):
    """What libtool has made, or plain-libtool.sh: a word or more to link."""
    archive = os.path.join(".libs", library[:-3] + ".a")
    if os.path.exists(archive):
        return [archive]
    with open(library, encoding="utf-8") as words:
        return words.read().split()


class Test:
    """A program of `make check`: how it is linked, and how long it takes of the library as it is."""

    def __init__(self, link, vectors):
        words = shlex.split(link)
        name = words.index("-o") + 1
        self.name, self.parts = words[name], []
        self.libraries = [word for word in words[:name] if word.startswith("-Wl,")]
        for word in words[name + 1:]:
            if word.endswith(".la"):
                self.libraries += archive_of(word)
            else:
                (self.parts if word.endswith(".o") else self.libraries).append(word)
        self.given, self.words = (vectors, ["45493"]) if self.name == NODE else (None, [])
        self.lock, self.seconds, self.environment = threading.Lock(), None, {}

    def notices(self, floor):
        """Not what stands beside a folder of lib/, or below it: that does not call it."""
        own = self.name.split("/")[1]
        heights = {name: i for i, names in enumerate(FLOORS) for name in names}
        return own == floor or heights.get(own, len(FLOORS)) > heights[floor] and own != "large"

    def measure(self, folder):
        """In one process if it can, for a test that dies then ends all; left out if it fails or takes long."""
        with self.lock:
            for way in ({"CK_FORK": "no"}, {}) if self.seconds is None else ():
                self.environment = way
                self.seconds = self.run(os.path.join(BUILD, self.name), folder, LONGEST)
                if self.seconds is not None:
                    return
            if self.seconds is None:
                self.seconds = 0.0
                print(f"left out: {self.name}", flush=True)

    def run(self, program, folder, seconds):
        return ends_well([program] + self.words, folder, self.environment, seconds, self.given)

    def kills(self, code, folder):
        self.measure(folder)
        if not self.seconds:
            return False
        program = os.path.join(folder, "test")
        link = CC + ["-pthread", "-o", program, code] + self.parts + self.libraries + LIBS
        if subprocess.run(link, stderr=subprocess.DEVNULL).returncode != 0:
            return False  # it has the file in itself
        return self.run(program, folder, 2 + int(4 * self.seconds)) is None


def tests_of(names, vectors):
    """Make tells how it would link them."""
    told = subprocess.run(
        ["make", "-n", "V=1", "-W", "libfc_test.la"] + names, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    return [Test(line, vectors) for line in told.splitlines() if "--mode=link" in line and " -o tests/" in line]


class File:
    """A file of lib/: its tests, the nearest and what killed last first, and the codes seen."""

    def __init__(self, path, tests):
        _, floor, name = path.split("/")
        near = f"tests/{floor}/check_{name[:-2]}"
        self.near = [t for t in tests if t.name.startswith(near)]
        self.others = [t for t in tests if t.notices(floor) and t not in self.near]
        self.codes, self.lock = set(), threading.Lock()

    def is_new(self, code):
        with open(code, "rb") as file:
            digest = hashlib.sha256(file.read()).digest()
        with self.lock:
            known = digest in self.codes
            self.codes.add(digest)
        return not known

    def tests(self):
        """The nearest first, then the quickest, as far as it is known."""
        return self.near + sorted(self.others, key=lambda t: t.seconds or 0)

    def killed_by(self, test):
        """What killed one comes early from now on."""
        if test in self.others:
            with self.lock:
                self.others.remove(test)
                self.near.append(test)


def compiles(source, path, code):
    command = CC + CFLAGS + ["-x", "c", "-", "-c", "-o", code]
    return subprocess.run(command, input=f'# 1 "{path}"\n{source}', text=True, stderr=subprocess.DEVNULL).returncode == 0


def try_mutant(mutant, file):
    with tempfile.TemporaryDirectory() as folder:
        code = os.path.join(folder, "mutant.o")
        if not compiles(mutant.source, mutant.file, code) or not file.is_new(code):
            return Verdict(mutant, False, None)
        for test in file.tests():
            if test.kills(code, folder):
                file.killed_by(test)
                return Verdict(mutant, True, test.name)
    print(f"survived: {mutant.file}:{mutant.line}: {mutant.change}", flush=True)
    return Verdict(mutant, True, None)


def files_of(top, place):
    """The files of lib/ that the build has, and the line that is asked for."""
    path, _, line = place.partition(":")
    for found in sorted(glob.glob(os.path.join(top, path, "*.c")) or [os.path.join(top, path)]):
        name = os.path.relpath(found, top)
        if glob.glob(os.path.join(os.path.dirname(name), f"libfc_*_la-{os.path.basename(name)[:-2]}.o")):
            yield name, line


def collect(top, places, tests):
    files, found = {}, []
    for name, line in (each for place in places for each in files_of(top, place)):
        with open(os.path.join(top, name), encoding="utf-8") as file:
            source = file.read()
        files[name] = File(name, tests)
        with tempfile.NamedTemporaryFile(suffix=".o") as code:
            if not compiles(source, name, code.name):
                sys.exit(f"{name}: does not compile as it is")
            files[name].is_new(code.name)
        found += [Mutant(name, *m) for m in mutants(source) if line in ("", str(m[0]))]
    random.Random(1).shuffle(found)
    return files, found[:int(os.environ.get("FC_MUTANTS") or len(found))]


def report(verdicts):
    """Each file's score; whether the goal is reached."""
    made, killed = collections.Counter(), collections.Counter()
    for verdict in (v for v in verdicts if v.is_counted):
        for name in (verdict.mutant.file, "all"):
            made[name] += 1
            killed[name] += verdict.killer is not None
    for name, count in sorted(made.items()):
        print(f"{name}: {killed[name]} of {count} killed, {100 * killed[name] / count:.1f} %")
    return 100 * killed["all"] >= GOAL * made["all"]


def main():
    top, places = sys.argv[1], sys.argv[2:]
    with tempfile.NamedTemporaryFile() as vectors:
        names = os.environ["FC_MUTANTS_TESTS"].split()
        if NODE in names:
            frozen = os.path.join(top, "tests/data/node.jsonl.xz")
            subprocess.run(["xz", "-dc", frozen], stdout=vectors, check=True)
        tests = tests_of(names, vectors.name)
        files, found = collect(top, places, tests)
        jobs = int(os.environ.get("FC_MUTANTS_JOBS") or os.cpu_count())
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            verdicts = list(pool.map(lambda m: try_mutant(m, files[m.file]), found))
    return 0 if report(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
