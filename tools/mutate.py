#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Mutants of a C file: each a small mistake in the body of a function. Comments, text, what the
preprocessor reads, and FCI_ENSURE (which nothing can make fail) are left alone; so are the orders of
atomic operations, which have proofs of their own. Prints them: mutate.py FILE"""

import re
import sys

TOKEN = re.compile(
    r"""(?P<gap>\s+|//[^\n]*|/\*.*?\*/|^[ \t]*\#(?:[^\n\\]|\\.)*)
    |(?P<text>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')
    |(?P<number>0[xX][0-9a-fA-F]+[uUlL]*|\d+\.\d+\w*|\d+[uUlL]*)
    |(?P<word>[A-Za-z_]\w*)
    |(?P<op>->|\+\+|--|<<=|>>=|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%&|^]=|.)""",
    re.X | re.M | re.S,
)

# What stands between two operands, or after one.
BINARY = {
    "<": ["<=", ">="], "<=": ["<", ">"], ">": [">=", "<="], ">=": [">", "<"], "==": ["!="], "!=": ["=="],
    "&&": ["||"], "||": ["&&"], "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["/"],
    "&": ["|"], "|": ["&"], "^": ["|"], "<<": [">>"], ">>": ["<<"], "+=": ["-="], "-=": ["+="],
    "&=": ["|="], "|=": ["&="], "^=": ["|="], "<<=": [">>="], ">>=": ["<<="], "++": ["--"], "--": ["++"],
}
UNARY = {"!": [""], "~": [""], "-": [""], "++": ["--"], "--": ["++"]}
WORDS = {"true": ["false"], "false": ["true"], "FC_OK": ["FC_ERR_NO_MEMORY"]}
HEADS = {"if", "while", "for", "switch"}
NO_EXPRESSION = HEADS | {"return", "do", "else", "case", "default", "_Static_assert"}
ASSIGNS = {"=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", "++", "--"}
OPEN, CLOSE = "([{", ")]}"


class Token:
    def __init__(self, match):
        self.kind, self.text, self.start, self.end = match.lastgroup, match.group(), *match.span()


def tokens_of(source):
    return [Token(m) for m in TOKEN.finditer(source) if m.lastgroup != "gap"]


def partners(tokens):
    """For each bracket that opens, where it closes."""
    stack, pairs = [], {}
    for i, token in enumerate(tokens):
        if token.kind == "op" and token.text in OPEN:
            stack.append(i)
        elif token.kind == "op" and token.text in CLOSE and stack:
            pairs[stack.pop()] = i
    return pairs


def bodies(tokens, pairs):
    """The first and last token of each function's body."""
    i = 0
    while i < len(tokens):
        if tokens[i].text == "{" and tokens[i].kind == "op":
            if i > 0 and tokens[i - 1].text == ")":
                yield i, pairs[i]
            i = pairs[i]
        i += 1


def swapped_token(token, before):
    """What a token may be taken for."""
    if token.kind == "number" and "." not in token.text:
        digits = token.text.rstrip("uUlL")
        value, suffix = int(digits, 0), token.text[len(digits):]
        return [f"{value + 1}{suffix}"] + ([f"0{suffix}"] if value == 1 else [])
    if token.kind == "word":
        return WORDS.get(token.text, [])
    if token.kind != "op":
        return []
    operand = before.kind in ("word", "number", "text") and before.text != "return" or before.text in (")", "]")
    return (BINARY if operand else UNARY).get(token.text, [])


def statement_end(tokens, pairs, i, last):
    """The semicolon that ends the statement at i, or None where a brace comes first."""
    while i < last and tokens[i].text not in (";", "{", "}"):
        i = pairs.get(i, i) + 1
    return i if tokens[i].text == ";" else None


def is_deletable(part):
    """Whether a statement is a call, an assignment or a jump; not a declaration."""
    texts = [t.text for t in part]
    if not part or texts[0] in NO_EXPRESSION:
        return texts == ["return"]
    if len(part) > 1 and part[0].kind == "word" and (part[1].kind == "word" or texts[1] == "*"):
        return texts[0] == "goto"
    if any(t in ASSIGNS for t in texts) or texts[0] in ("break", "continue", "goto"):
        return True
    return any(b == "(" and (a == ")" or part[i].kind == "word") for i, (a, b) in enumerate(zip(texts, texts[1:])))


class Mutator:
    def __init__(self, source):
        self.source, self.tokens = source, tokens_of(source)
        self.pairs, self.found = partners(self.tokens), []

    def add(self, first, last, text, what):
        """Tokens first to last become a text; lines keep their numbers."""
        start, end = self.tokens[first].start, self.tokens[last].end
        line = self.source.count("\n", 0, start) + 1
        text += "\n" * (self.source.count("\n", start, end) - text.count("\n"))
        self.found.append((line, what, self.source[:start] + text + self.source[end:]))

    def text(self, first, last):
        return self.source[self.tokens[first].start:self.tokens[last].end]

    def shown(self, first, last):
        return " ".join(re.sub(r"//[^\n]*|/\*.*?\*/", "", self.text(first, last), flags=re.S).split())

    def statement(self, i, last):
        end = statement_end(self.tokens, self.pairs, i, last)
        if end is None:
            return
        if self.tokens[i].text == "return" and end > i + 1 and self.text(i + 1, end - 1) not in ("0", "false"):
            self.add(i + 1, end - 1, " 0", f"return {self.shown(i + 1, end - 1)} -> return 0")
        if is_deletable(self.tokens[i:end]):
            self.add(i, end, ";", f"deleted: {self.shown(i, end)}")

    def is_array_size(self, i):
        """The number of a declaration: TYPE NAME[NUMBER]."""
        return self.tokens[i - 1].text == "[" and [t.kind for t in self.tokens[i - 3:i - 1]] == ["word", "word"]

    def token(self, i):
        token, before = self.tokens[i], self.tokens[i - 1]
        if self.is_array_size(i):
            return
        for text in swapped_token(token, before):
            near = self.shown(max(i - 2, 0), min(i + 2, len(self.tokens) - 1))
            self.add(i, i, text, f"{token.text} -> {text or 'nothing'} in: {near}")
        if token.text in ("if", "while"):
            first, last = i + 2, self.pairs[i + 1] - 1
            self.add(first, last, f"!({self.text(first, last)})", f"negated: {self.shown(first, last)}")

    def body(self, first, last):
        """All mutants between two braces. After a head's closing parenthesis a statement starts."""
        starts, i = True, first + 1
        heads = set()
        while i < last:
            text = self.tokens[i].text
            if text in ("FCI_ENSURE", "_Static_assert"):
                i = self.pairs[i + 1] + 1
                continue
            if starts:
                self.statement(i, last)
            self.token(i)
            if text in HEADS:
                heads.add(self.pairs[i + 1])
            starts = text in ("{", "}", ";", "else", "do", ":") or i in heads
            i += 1


def mutants(source):
    """All mutants of a source: line, what is changed, and the changed source."""
    mutator = Mutator(source)
    for first, last in bodies(mutator.tokens, mutator.pairs):
        mutator.body(first, last)
    return mutator.found


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as file:
        for number, change, _ in mutants(file.read()):
            print(f"{sys.argv[1]}:{number}: {change}")
