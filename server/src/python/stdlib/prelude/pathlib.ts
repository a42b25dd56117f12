/** `pathlib`: paths as text. What the disk holds is not known. */
export const pathlibSource = `
import os


class PurePath:
    def __init__(self, *parts):
        text = os.path.join("", *[part._text if isinstance(part, PurePath) else part for part in parts])
        root = "/" if text.startswith("/") else ""
        names = [name for name in text.split("/") if name not in ("", ".")]
        self._root = root
        self._names = names
        self._text = root + "/".join(names) or "."

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __repr__(self):
        return "PosixPath(" + repr(self._text) + ")"

    def __eq__(self, other):
        return isinstance(other, PurePath) and self._text == other._text

    def __lt__(self, other):
        return self.parts < other.parts

    def __truediv__(self, other):
        return type(self)(self, other)

    def __rtruediv__(self, other):
        return type(self)(other, self)

    def _with(self, names):
        return type(self)(self._root + "/".join(names))

    @property
    def parts(self):
        return tuple(([self._root] if self._root else []) + self._names)

    @property
    def name(self):
        return self._names[-1] if self._names else ""

    @property
    def suffix(self):
        i = self.name.rfind(".")
        return self.name[i:] if 0 < i < len(self.name) - 1 else ""

    @property
    def suffixes(self):
        if self.name.endswith("."):
            return []
        return ["." + each for each in self.name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        i = self.name.rfind(".")
        return self.name[:i] if 0 < i < len(self.name) - 1 else self.name

    @property
    def parent(self):
        return self._with(self._names[:-1])

    @property
    def parents(self):
        return [self._with(self._names[:i]) for i in range(len(self._names) - 1, -1, -1)]

    def joinpath(self, *parts):
        return type(self)(self, *parts)

    def with_name(self, name):
        return self._with(self._names[:-1] + [name])

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        return self.with_name(self.stem + suffix)

    def relative_to(self, *other):
        base = type(self)(*other)
        if base.parts != self.parts[: len(base.parts)]:
            raise ValueError(repr(self._text) + " is not in the subpath of " + repr(base._text))
        return type(self)("/".join(self.parts[len(base.parts):]))

    def is_relative_to(self, *other):
        base = type(self)(*other)
        return base.parts == self.parts[: len(base.parts)]

    def is_absolute(self):
        return bool(self._root)

    def as_posix(self):
        return self._text

    def match(self, pattern):
        import fnmatch
        return fnmatch.fnmatch(self._text, pattern)


class PurePosixPath(PurePath):
    def __repr__(self):
        return "PurePosixPath(" + repr(self._text) + ")"


class Path(PurePath):
    def mkdir(self, *args, **kwargs):
        return None

    def __getattr__(self, name):
        from pathlib import _disk
        if name.startswith("__"):
            raise AttributeError(name)
        return _disk


PosixPath = Path
`;
