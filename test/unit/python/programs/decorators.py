import contextlib
import functools
import inspect
import operator
import warnings
from functools import cached_property, partial, partialmethod, reduce, singledispatch, total_ordering, wraps


def register(name=None, *, tags=()):
    def decorate(fn):
        @wraps(fn)
        def wrapper(*args, **kwargs):
            return fn(*args, **kwargs)

        wrapper.registered_as = name or fn.__name__
        wrapper.tags = tuple(tags)
        return wrapper

    return decorate


@register("tiny", tags=["a", "b"])
def make_tiny(width=8):
    """Makes a tiny one."""
    return width * 2


registered = make_tiny.__name__, make_tiny.registered_as, make_tiny.tags, make_tiny(), make_tiny(width=5), make_tiny.__doc__
unwrapped = make_tiny.__wrapped__(3), inspect.unwrap(make_tiny) is make_tiny.__wrapped__


def optional(_fn=None, *, scale=1):
    def decorate(fn):
        @functools.wraps(fn)
        def inner(x):
            return fn(x) * scale

        return inner

    return decorate if _fn is None else decorate(_fn)


@optional
def one(x):
    return x


@optional(scale=3)
def three(x):
    return x


plain_or_called = one(2), three(2), one.__name__


class CountCalls:
    def __init__(self, fn):
        functools.update_wrapper(self, fn)
        self.fn = fn
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.fn(*args)

    def __get__(self, obj, owner=None):
        return self if obj is None else partial(self, obj)


@CountCalls
def counted(x):
    return x + 1


class Holder:
    @CountCalls
    def method(self, x):
        return x, type(self).__name__

    @cached_property
    def expensive(self):
        self.runs = getattr(self, "runs", 0) + 1
        return self.runs * 10

    def area(self, w, h=2):
        return w * h

    unit = partialmethod(area, 1)
    tall = partialmethod(area, h=9)


counted(1), counted(2)
holder = Holder()
calls = counted.calls, counted.__name__, holder.method(4), Holder.method.calls
cached = holder.expensive, holder.expensive, holder.runs, "expensive" in holder.__dict__
partial_methods = holder.unit(), holder.unit(7), holder.tall(2)


def signature_of(a, b: int = 2, *args, c, d=4, **kw):
    return a


sig = inspect.signature(signature_of)
parameters = list(sig.parameters), [p.kind.name for p in sig.parameters.values()]
defaults = {n: p.default for n, p in sig.parameters.items() if p.default is not inspect.Parameter.empty}
required = [n for n, p in sig.parameters.items() if p.default is inspect._empty]
accepts = "c" in sig.parameters, "z" in sig.parameters, sig.parameters["b"].annotation is int
bound = sig.bind(1, 2, 3, c=5, e=6)
bound.apply_defaults()
bound_arguments = dict(bound.arguments), bound.args, bound.kwargs
text = str(inspect.signature(lambda x, y=1, *, z: 0))
spec = inspect.getfullargspec(signature_of)
full = spec.args, spec.varargs, spec.varkw, spec.kwonlyargs


class Conv:
    def __init__(self, dim, kernel=3, *, bias=True):
        pass


init_parameters = list(inspect.signature(Conv.__init__).parameters)
class_parameters = list(inspect.signature(Conv).parameters)
bound_parameters = list(inspect.signature(holder.area).parameters)


def filter_kwargs(cls, kwargs):
    names = inspect.signature(cls.__init__).parameters
    return {k: v for k, v in kwargs.items() if k in names}


filtered = filter_kwargs(Conv, {"dim": 1, "bias": False, "other": 2})
kinds = inspect.isclass(Conv), inspect.isfunction(signature_of), inspect.ismethod(holder.area), inspect.isfunction(holder.area), callable(Conv)


@total_ordering
class Version:
    def __init__(self, *parts):
        self.parts = parts

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __hash__(self):
        return hash(self.parts)


ordering = Version(1, 2) <= Version(1, 2), Version(2) > Version(1, 9), Version(1) >= Version(2), max(Version(1), Version(3)).parts


@singledispatch
def describe(value):
    return "object"


@describe.register
def _(value: int):
    return "int"


@describe.register(list)
def _(value):
    return "list of " + str(len(value))


@describe.register(str)
@describe.register(bytes)
def _(value):
    return "text"


dispatched = describe(1), describe([1, 2]), describe("x"), describe(b"x"), describe(2.0), describe(True)


@functools.lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@functools.cache
def square(n):
    return n * n


memo = fib(30), square(5), square.__wrapped__(6)
folded = reduce(operator.mul, [1, 2, 3, 4]), reduce(lambda a, b: a + [b], (1, 2), []), reduce(max, [3, 9, 2])
p = partial(int, base=2)
partials = p("101"), p.func is int, p.args, p.keywords, partial(p, "11")(), partial(max, 5)(3, 9)
compose = lambda *fs: reduce(lambda f, g: lambda x: g(f(x)), fs)
composed = compose(lambda x: x + 1, lambda x: x * 2, str)(3)


def deprecated(message):
    def decorate(cls_or_fn):
        if isinstance(cls_or_fn, type):
            original = cls_or_fn.__init__

            @wraps(original)
            def __init__(self, *args, **kwargs):
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                original(self, *args, **kwargs)

            cls_or_fn.__init__ = __init__
            return cls_or_fn
        return cls_or_fn

    return decorate


@deprecated("use New")
class Old:
    def __init__(self, x):
        self.x = x


old = Old(4).x


def add_method(cls):
    def decorate(fn):
        setattr(cls, fn.__name__, fn)
        return fn

    return decorate


@add_method(Old)
def doubled(self):
    return self.x * 2


monkey = Old(5).doubled()
stacked_order = []


def tag(label):
    stacked_order.append("make " + label)

    def apply(fn):
        stacked_order.append("apply " + label)
        return fn

    return apply


@tag("outer")
@tag("inner")
def stacked():
    pass


class Meta(type):
    def __getitem__(cls, key):
        return f"{cls.__name__}[{key}]"

    def __contains__(cls, key):
        return key in cls.names

    def __iter__(cls):
        return iter(cls.names)

    def __len__(cls):
        return len(cls.names)

    @property
    def first(cls):
        return cls.names[0]

    def __prepare__(name, bases, **kw):
        return {}


class WithMeta(metaclass=Meta):
    names = ("a", "b")


meta = WithMeta["k"], "a" in WithMeta, list(WithMeta), len(WithMeta), WithMeta.first


class Generic2:
    def __class_getitem__(cls, item):
        return cls.__name__, item


class_getitem = Generic2[int, 3][1][1], Generic2["x"]


class Slots:
    __slots__ = ("a", "b")

    def __init__(self):
        self.a = 1


slots = Slots()
slots_has = hasattr(slots, "a"), hasattr(slots, "b")


class Validator:
    def __set_name__(self, owner, name):
        self.private = "_" + name
        owner.fields = getattr(owner, "fields", ()) + (name,)

    def __get__(self, obj, owner):
        if obj is None:
            return self
        return getattr(obj, self.private, None)

    def __set__(self, obj, value):
        if value < 0:
            raise ValueError(f"{self.private[1:]} must not be negative, got {value}")
        setattr(obj, self.private, value)

    def __delete__(self, obj):
        delattr(obj, self.private)


class Layer:
    width = Validator()
    depth = Validator()

    def __init__(self, width, depth):
        self.width, self.depth = width, depth


layer = Layer(3, 4)
try:
    layer.depth = -1
except ValueError as error:
    refused = str(error)
descriptors = layer.width, layer.depth, Layer.fields, vars(layer)
del layer.width
descriptor_deleted = layer.width


class lazy:
    def __init__(self, fn):
        self.fn = fn
        self.name = fn.__name__

    def __get__(self, obj, owner=None):
        value = self.fn(obj)
        obj.__dict__[self.name] = value
        return value


class Lazy:
    made = 0

    @lazy
    def table(self):
        Lazy.made += 1
        return [1, 2]


lazily = Lazy()
lazy_table = lazily.table, lazily.table, Lazy.made
