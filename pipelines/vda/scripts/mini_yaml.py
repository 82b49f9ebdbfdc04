"""A small YAML reader and writer: the part of YAML that the cookbooks use, with Python's standard library alone.

Read: block mappings and sequences, flow sequences and mappings on one line, plain and quoted scalars, literal (|) and
folded (>) text, comments. Refused with the line number: tabs in indentation, anchors, aliases, tags, several documents.
"""

import json
import re


class YamlError(ValueError):
    """A line that cannot be read, with its number."""


_PLAIN = re.compile(r"[A-Za-z_./][A-Za-z0-9_./+@-]*( [A-Za-z0-9_./+@-]+)*\Z")
_WORDS = {"null": None, "~": None, "": None, "true": True, "false": False, "yes": True, "no": False, "on": True,
          "off": False}
_INT = re.compile(r"[-+]?(0|[1-9][0-9]*)\Z")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?\Z")
_KEY = re.compile(r"(\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^\s\"'\[\]{}#&*!|>%@-][^#]*?|-[^\s#][^#]*?)\s*:(?:\s+|\Z)")


def load(text):
    """Reads one document."""
    reader = _Reader(text)
    value = reader.block(0)
    reader.skip()
    if reader.at < len(reader.lines):
        reader.fail("the indentation does not fit")
    return value


class _Reader:
    def __init__(self, text):
        self.lines = text.split("\n")
        self.at = 0

    def fail(self, why):
        raise YamlError("line %d: %s: %s" % (self.at + 1, why, self.lines[min(self.at, len(self.lines) - 1)].strip()))

    def skip(self):
        """Goes to the next line that says something."""
        while self.at < len(self.lines):
            line = self.lines[self.at]
            bare = line.strip()
            if bare and not bare.startswith("#") and bare != "---":
                if "\t" in line[:len(line) - len(line.lstrip())]:
                    self.fail("a tab in the indentation")
                return
            self.at += 1

    def indent(self):
        line = self.lines[self.at]
        return len(line) - len(line.lstrip(" "))

    def block(self, least):
        """A mapping, sequence or scalar that is indented by at least `least`."""
        self.skip()
        if self.at >= len(self.lines) or self.indent() < least:
            return None
        depth = self.indent()
        content = self.lines[self.at][depth:]
        if content == "-" or content.startswith("- "):
            return self.sequence(depth)
        if _KEY.match(content):
            return self.mapping(depth)
        self.at += 1
        return self.scalar(content)

    def sequence(self, depth):
        items = []
        while True:
            self.skip()
            if self.at >= len(self.lines) or self.indent() != depth:
                return items
            content = self.lines[self.at][depth:]
            if content != "-" and not content.startswith("- "):
                return items
            rest = content[1:].lstrip(" ")
            if not rest or rest.startswith("#"):
                self.at += 1
                items.append(self.block(depth + 1))
            elif _KEY.match(rest) and rest[0] not in "[{":
                inner = depth + len(content) - len(rest)
                self.lines[self.at] = " " * inner + rest
                items.append(self.mapping(inner))
            else:
                items.append(self.value(rest, depth))

    def mapping(self, depth):
        result = {}
        while True:
            self.skip()
            if self.at >= len(self.lines) or self.indent() != depth:
                return result
            content = self.lines[self.at][depth:]
            found = _KEY.match(content)
            if not found:
                self.fail("expected key: value")
            key = self.scalar(found.group(1))
            if key in result:
                self.fail("the key %r stands twice" % (key,))
            rest = content[found.end():]
            if not rest or rest.startswith("#"):
                self.at += 1
                result[key] = self.nested(depth)
            else:
                result[key] = self.value(rest, depth)

    def nested(self, depth):
        """What stands below a key: deeper, or a sequence at the key's own depth."""
        self.skip()
        if self.at < len(self.lines) and self.indent() == depth and self.lines[self.at][depth:].startswith("-"):
            return self.sequence(depth)
        return self.block(depth + 1)

    def value(self, rest, depth):
        """What stands on the line itself: a scalar, flow, or the head of a text block."""
        if rest[0] in "|>":
            return self.text(rest, depth)
        if rest[0] in "&*!":
            self.fail("anchors, aliases and tags are not read here")
        result = self.scalar(rest)
        self.at += 1
        return result

    def text(self, head, depth):
        style, keep = head[0], head[1:].split("#")[0].strip()
        if keep not in ("", "-", "+"):
            self.fail("only |, |-, |+, >, >- and >+ are read")
        self.at += 1
        lines, inner = [], None
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.strip():
                deep = len(line) - len(line.lstrip(" "))
                if deep <= depth:
                    break
                inner = deep if inner is None else inner
                if deep < inner:
                    self.fail("the text is indented less than its first line")
            lines.append(line[inner or 0:] if line.strip() else "")
            self.at += 1
        tail = 0
        while lines and not lines[-1]:
            lines.pop()
            tail += 1
        body = "\n".join(lines) if style == "|" else _fold(lines)
        return body + {"": "\n" if lines else "", "-": "", "+": "\n" * (tail + 1)}[keep]

    def scalar(self, text):
        value, rest = self.flow(text.strip())
        if rest and not rest.startswith("#"):
            self.fail("unexpected text after a value")
        return value

    def flow(self, text):
        """Reads one value from the start of the text; gives it and what follows it."""
        if text[:1] == '"':
            found = re.match(r'"(?:[^"\\]|\\.)*"', text)
            if not found:
                self.fail("the quote is not closed")
            return json.loads(found.group()), text[found.end():].lstrip()
        if text[:1] == "'":
            found = re.match(r"'((?:[^']|'')*)'", text)
            if not found:
                self.fail("the quote is not closed")
            return found.group(1).replace("''", "'"), text[found.end():].lstrip()
        if text[:1] == "[":
            return self.flow_items(text[1:].lstrip(), "]")
        if text[:1] == "{":
            return self.flow_items(text[1:].lstrip(), "}")
        found = re.search(r"\s+#", text)
        return _resolve(text[:found.start()] if found else text), ""

    def flow_items(self, text, end):
        items = [] if end == "]" else {}
        while True:
            if text.startswith(end):
                return items, text[1:].lstrip()
            if not text:
                self.fail("the bracket is not closed on its line")
            key = None
            if end == "}":
                found = re.match(r"([^,:{}\[\]\"']+|\"[^\"]*\"|'[^']*')\s*:\s*", text)
                if not found:
                    self.fail("expected key: value")
                key, text = self.flow(found.group(1).strip())[0], text[found.end():]
            value, text = self.flow_item(text)
            if end == "]":
                items.append(value)
            else:
                items[key] = value
            text = text.lstrip()
            text = text[1:].lstrip() if text.startswith(",") else text

    def flow_item(self, text):
        if text[:1] in ("[", "{", '"', "'"):
            return self.flow(text)
        found = re.match(r"[^,\]}]*", text)
        return _resolve(found.group().strip()), text[found.end():]


def _fold(lines):
    out = ""
    for number, line in enumerate(lines):
        joint = " " if number and line and lines[number - 1] else "\n" if number and not line else ""
        out += joint + line
    return out


def _resolve(text):
    if text.lower() in _WORDS and (text.islower() or text.istitle() or text.isupper() or text in ("", "~")):
        return _WORDS[text.lower()]
    if _INT.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return text


def dump(value):
    """Writes one document in block style."""
    lines = []
    _write(value, 0, lines)
    return "\n".join(lines) + "\n"


def _write(value, depth, lines):
    pad = "  " * depth
    if isinstance(value, dict):
        for key, item in value.items():
            _entry(pad + _scalar(key) + ":", item, depth, lines)
    else:
        for item in value:
            _entry(pad + "-", item, depth, lines)


def _entry(head, item, depth, lines):
    if isinstance(item, (dict, list)) and item:
        lines.append(head)
        _write(item, depth + 1, lines)
    elif isinstance(item, str) and "\n" in item and _fits_literal(item):
        lines.append(head + (" |" if item.endswith("\n") else " |-"))
        lines.extend("  " * (depth + 1) + line if line else "" for line in item.rstrip("\n").split("\n"))
    else:
        lines.append(head + " " + _scalar(item))


def _fits_literal(text):
    body = text[:-1] if text.endswith("\n") else text
    return bool(body) and not body.endswith("\n") and body[0] not in " \n\t" and text.isprintable() is False \
        and all(part.isprintable() for part in body.split("\n"))


def _scalar(value):
    if isinstance(value, str):
        plain = _PLAIN.match(value) and value.lower() not in _WORDS and not _FLOAT.match(value)
        return value if plain else json.dumps(value, ensure_ascii=False)
    return json.dumps(value)
