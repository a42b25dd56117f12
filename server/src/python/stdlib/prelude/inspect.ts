/** `inspect`: signatures as objects. What a callable takes is read by `_parameters`, which the interpreter brings. */
export const inspectSource = `
import enum
from collections import namedtuple
from inspect import _empty, _parameters


class _ParameterKind(enum.IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    def __str__(self):
        return self.name


def _annotation(annotation):
    if isinstance(annotation, type):
        return annotation.__name__ if annotation.__module__ == "builtins" else annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation)


class Parameter:
    POSITIONAL_ONLY = _ParameterKind.POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _ParameterKind.POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _ParameterKind.VAR_POSITIONAL
    KEYWORD_ONLY = _ParameterKind.KEYWORD_ONLY
    VAR_KEYWORD = _ParameterKind.VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name = name
        self.kind = _ParameterKind(kind)
        self.default = default
        self.annotation = annotation

    def replace(self, *, name=None, kind=None, default=_ParameterKind, annotation=_ParameterKind):
        return Parameter(
            self.name if name is None else name,
            self.kind if kind is None else kind,
            default=self.default if default is _ParameterKind else default,
            annotation=self.annotation if annotation is _ParameterKind else annotation,
        )

    def __str__(self):
        text = self.name
        if self.annotation is not _empty:
            text += ": " + _annotation(self.annotation)
        if self.default is not _empty:
            text += (" = " if self.annotation is not _empty else "=") + repr(self.default)
        return {2: "*", 4: "**"}.get(int(self.kind), "") + text

    def __repr__(self):
        return '<Parameter "' + str(self) + '">'

    def __eq__(self, other):
        return isinstance(other, Parameter) and (self.name, self.kind, self.default, self.annotation) == (other.name, other.kind, other.default, other.annotation)


class BoundArguments:
    def __init__(self, signature, arguments):
        self.signature = signature
        self.arguments = arguments

    def apply_defaults(self):
        filled = {}
        for name, parameter in self.signature.parameters.items():
            if name in self.arguments:
                filled[name] = self.arguments[name]
            elif parameter.default is not _empty:
                filled[name] = parameter.default
            elif parameter.kind == 2:
                filled[name] = ()
            elif parameter.kind == 4:
                filled[name] = {}
        self.arguments = filled

    @property
    def args(self):
        given = []
        for name, parameter in self.signature.parameters.items():
            if parameter.kind in (3, 4) or name not in self.arguments:
                break
            if parameter.kind == 2:
                given.extend(self.arguments[name])
            else:
                given.append(self.arguments[name])
        return tuple(given)

    @property
    def kwargs(self):
        given = {}
        started = False
        for name, parameter in self.signature.parameters.items():
            if name not in self.arguments:
                started = started or parameter.kind < 3
                continue
            if parameter.kind == 4:
                given.update(self.arguments[name])
            elif parameter.kind == 3 or started:
                given[name] = self.arguments[name]
        return given

    def __repr__(self):
        return "<BoundArguments (" + ", ".join(name + "=" + repr(value) for name, value in self.arguments.items()) + ")>"


class Signature:
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty):
        self.parameters = {p.name: p for p in parameters or ()}
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj):
        return signature(obj)

    def replace(self, *, parameters=None, return_annotation=_ParameterKind):
        return Signature(
            list(self.parameters.values()) if parameters is None else parameters,
            return_annotation=self.return_annotation if return_annotation is _ParameterKind else return_annotation,
        )

    def bind(self, /, *args, **kwargs):
        return self._bind(args, kwargs, False)

    def bind_partial(self, /, *args, **kwargs):
        return self._bind(args, kwargs, True)

    def _bind(self, args, kwargs, partial):
        arguments = {}
        args = list(args)
        rest = dict(kwargs)
        for name, parameter in self.parameters.items():
            kind = parameter.kind
            if kind == 2:
                if args:
                    arguments[name] = tuple(args)
                args = []
            elif kind == 4:
                if rest:
                    arguments[name] = rest
                rest = {}
            elif kind < 2 and args:
                if name in rest and kind == 1:
                    raise TypeError("multiple values for argument " + repr(name))
                arguments[name] = args.pop(0)
            elif name in rest and kind != 0:
                arguments[name] = rest.pop(name)
            elif parameter.default is _empty and not partial:
                raise TypeError("missing a required argument: " + repr(name))
        if args:
            raise TypeError("too many positional arguments")
        if rest:
            raise TypeError("got an unexpected keyword argument " + repr(next(iter(rest))))
        return BoundArguments(self, arguments)

    def __str__(self):
        texts = []
        slash = star = False
        for parameter in self.parameters.values():
            if slash and parameter.kind != 0:
                texts.append("/")
                slash = False
            slash = slash or parameter.kind == 0
            if parameter.kind == 2:
                star = True
            elif parameter.kind == 3 and not star:
                texts.append("*")
                star = True
            texts.append(str(parameter))
        if slash:
            texts.append("/")
        text = "(" + ", ".join(texts) + ")"
        return text if self.return_annotation is _empty else text + " -> " + _annotation(self.return_annotation)

    def __repr__(self):
        return "<Signature " + str(self) + ">"

    def __eq__(self, other):
        return isinstance(other, Signature) and list(self.parameters.values()) == list(other.parameters.values())


def signature(obj, **options):
    rows, returns = _parameters(obj)
    parameters = [Parameter(name, kind, default=default, annotation=annotation) for name, kind, default, annotation in rows]
    return Signature(parameters, return_annotation=returns)


FullArgSpec = namedtuple("FullArgSpec", "args, varargs, varkw, defaults, kwonlyargs, kwonlydefaults, annotations")


def getfullargspec(func):
    rows, returns = _parameters(func)
    args, defaults, kwonly, kwdefaults, annotations = [], [], [], {}, {}
    varargs = varkw = None
    if returns is not _empty:
        annotations["return"] = returns
    for name, kind, default, annotation in rows:
        if kind < 2:
            args.append(name)
            if default is not _empty:
                defaults.append(default)
        elif kind == 2:
            varargs = name
        elif kind == 3:
            kwonly.append(name)
            if default is not _empty:
                kwdefaults[name] = default
        else:
            varkw = name
        if annotation is not _empty:
            annotations[name] = annotation
    return FullArgSpec(args, varargs, varkw, tuple(defaults) or None, kwonly, kwdefaults or None, annotations)


def unwrap(func, *, stop=None):
    while hasattr(func, "__wrapped__") and not (stop is not None and stop(func)):
        func = func.__wrapped__
    return func


def cleandoc(doc):
    from textwrap import dedent
    first, _, rest = doc.expandtabs().partition("\\n")
    return (first.lstrip() + ("\\n" + dedent(rest) if rest else "")).strip("\\n")


def getdoc(obj):
    doc = getattr(obj, "__doc__", None)
    return None if doc is None else cleandoc(doc)


def getmembers(object, predicate=None):
    members = []
    for name in dir(object):
        try:
            value = getattr(object, name)
        except AttributeError:
            continue
        if predicate is None or predicate(value):
            members.append((name, value))
    return members
`;
