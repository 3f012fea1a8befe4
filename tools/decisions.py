#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Conditions of C files that && and || join to decisions, and whether branches taken both ways show MC/DC.

They do where no condition is reached from more than one other (the decision's diagram is a tree): then each
condition's two branches are a pair of tests in which it alone has changed the result. `(a || b) && c` is not of
that form, for c is reached from a and from b; `c && (a || b)` is. What such a decision is short of, branches do
not tell, so this prints it and fails.

Usage: decisions.py MISSED FILE... The file MISSED has lines "FILE LINE" that hold a branch not taken; their
conditions do not count as shown. What the preprocessor reads, and the arguments of FCI_REQUIRE, FCI_ENSURE and
_Static_assert, are left alone."""

import sys

from mutate import ASSIGNS, partners, tokens_of

ENDS = {";", ",", "?", ":", "{", "}", "return", "case"} | ASSIGNS - {"++", "--"}
PROMISES = {"FCI_REQUIRE", "FCI_ENSURE", "_Static_assert"}


class Logic:
    """A decision or a part of one: its conditions, how many of them lead out when true and when false, and
    whether it is a tree."""

    def __init__(self, conditions, true=1, false=1, tree=True):
        self.conditions, self.true, self.false, self.tree = conditions, true, false, tree

    def then(self, other, operator):
        """What && and || make of two: the second is entered by each true or each false end of the first."""
        both, tree = self.conditions + other.conditions, self.tree and other.tree
        if operator == "&&":
            return Logic(both, other.true, self.false + other.false, tree and self.true == 1)
        return Logic(both, self.true + other.true, other.false, tree and self.false == 1)


class Decisions:
    def __init__(self, source):
        self.tokens = tokens_of(source)
        self.pairs = partners(self.tokens)
        self.found = []
        self.region(0, len(self.tokens))

    def split(self, start, end, marks):
        """The ranges between the marks that stand outside of brackets."""
        i = begin = start
        while i < end:
            if self.tokens[i].kind in ("op", "word") and self.tokens[i].text in marks:
                yield begin, i
                begin = i + 1
            if i in self.pairs and self.tokens[i].text != "{":
                i = self.pairs[i]
            i += 1
        yield begin, end

    def region(self, start, end):
        """Everything in a range: expressions between what ends one."""
        for piece in self.split(start, end, ENDS):
            logic = self.expression(*piece)
            if len(logic.conditions) > 1:
                self.found.append(logic)

    def expression(self, start, end):
        for operator in ("||", "&&"):
            parts = list(self.split(start, end, {operator}))
            if len(parts) > 1:
                logic = self.expression(*parts[0])
                for part in parts[1:]:
                    logic = logic.then(self.expression(*part), operator)
                return logic
        if end - start > 1 and self.tokens[start].text == "!":
            inner = self.expression(start + 1, end)
            return Logic(inner.conditions, inner.false, inner.true, inner.tree)
        if self.pairs.get(start) == end - 1 and len(list(self.split(start + 1, end - 1, ENDS))) == 1:
            return self.expression(start + 1, end - 1)
        return self.condition(start, end)

    def condition(self, start, end):
        """One without && or ||; what stands in its brackets are decisions of their own."""
        i = start
        while i < end:
            if i in self.pairs:
                if self.tokens[i - 1].text not in PROMISES:
                    self.region(i + 1, self.pairs[i])
                i = self.pairs[i]
            i += 1
        return Logic([start])


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        missed = {tuple(line.split()) for line in file}
    decisions = conditions = hidden = 0
    unclear = []
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            source = file.read()
        one = Decisions(source)
        for logic in one.found:
            lines = [source.count("\n", 0, one.tokens[at].start) + 1 for at in logic.conditions]
            decisions += 1
            conditions += len(lines)
            hidden += sum((path, str(line)) in missed for line in lines)
            if not logic.tree:
                unclear.append(f"{path}:{lines[0]}: {len(lines)} conditions: branches do not show MC/DC")
    print("\n".join(unclear + [f"{decisions} decisions of {conditions} conditions, {conditions - hidden} shown"]))
    return 1 if unclear else 0


if __name__ == "__main__":
    sys.exit(main())
