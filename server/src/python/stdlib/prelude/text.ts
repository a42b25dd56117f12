/** `textwrap`, and what `string` brings beside its constants. */
export const textwrapSource = `
def dedent(text):
    margin = None
    lines = [line if line.strip(" \\t") else "" for line in text.split("\\n")]
    for line in lines:
        if not line:
            continue
        indent = line[: len(line) - len(line.lstrip(" \\t"))]
        if margin is None:
            margin = indent
        while not indent.startswith(margin):
            margin = margin[:-1]
    margin = margin or ""
    return "\\n".join(line[len(margin):] if line else line for line in lines)


def indent(text, prefix, predicate=None):
    test = predicate or str.strip
    return "".join(prefix + line if test(line) else line for line in text.splitlines(True))


def wrap(text, width=70, **options):
    lines, line = [], ""
    for word in text.split():
        while len(word) > width:
            if line:
                lines.append(line)
                line = ""
            lines.append(word[:width])
            word = word[width:]
        if not line:
            line = word
        elif len(line) + 1 + len(word) <= width:
            line += " " + word
        else:
            lines.append(line)
            line = word
    if line:
        lines.append(line)
    return lines


def fill(text, width=70, **options):
    return "\\n".join(wrap(text, width))


def shorten(text, width, *, placeholder=" [...]", **options):
    words = text.split()
    if len(" ".join(words)) <= width:
        return " ".join(words)
    while words and len(" ".join(words) + placeholder) > width:
        words.pop()
    return (" ".join(words) + placeholder).strip() if not words else " ".join(words) + placeholder
`;

export const stringSource = `
import re


class Template:
    delimiter = "$"

    def __init__(self, template):
        self.template = template

    def _replaced(self, values, safe):
        def replace(match):
            if match.group(1):
                return self.delimiter
            name = match.group(2) or match.group(3)
            if safe and name not in values:
                return match.group(0)
            return str(values[name])
        mark = re.escape(self.delimiter)
        return re.sub(mark + "(?:(" + mark + ")|([_a-zA-Z][_a-zA-Z0-9]*)|{([_a-zA-Z][_a-zA-Z0-9]*)})", replace, self.template)

    def substitute(self, mapping={}, /, **kws):
        return self._replaced({**mapping, **kws}, False)

    def safe_substitute(self, mapping={}, /, **kws):
        return self._replaced({**mapping, **kws}, True)


def capwords(s, sep=None):
    return (sep or " ").join(map(str.capitalize, s.split(sep)))
`;
