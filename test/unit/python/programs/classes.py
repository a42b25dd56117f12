class Base:
    kind = "base"
    instances = 0

    def __init__(self, x=1):
        self.x = x
        Base.instances += 1

    def who(self):
        return "Base"

    @property
    def double(self):
        return self.x * 2

    @double.setter
    def double(self, value):
        self.x = value // 2

    @classmethod
    def make(cls, *args):
        return cls(*args)

    @staticmethod
    def helper(a, b=2):
        return a * b

    def __repr__(self):
        return f"{type(self).__name__}({self.x})"


class Left(Base):
    def who(self):
        return "Left>" + super().who()


class Right(Base):
    kind = "right"

    def who(self):
        return "Right>" + super().who()


class Both(Left, Right):
    def __init__(self, x, y):
        super().__init__(x)
        self.y = y

    def who(self):
        return "Both>" + super(Both, self).who()


both = Both(3, 4)
who = both.who()
mro = [cls.__name__ for cls in Both.__mro__]
both.double = 20
doubled = both.double, both.x, both.kind, Both.kind, Base.kind
made = Left.make(9)
helped = Both.helper(3), both.helper(3, 3)
instances = Base.instances
checks = isinstance(both, Right), issubclass(Both, Base), isinstance(both, (int, Left)), hasattr(both, "z"), getattr(both, "z", 5)
setattr(both, "z", 6)
dynamic = both.z, both.__dict__, vars(both)["y"]
del both.z
gone = hasattr(both, "z")
type_name = type(both).__name__, both.__class__.__name__, Both.__qualname__


class Vector:
    def __init__(self, *v): self.v = v
    def __add__(self, o): return Vector(*(a + b for a, b in zip(self.v, o.v)))
    def __mul__(self, k): return Vector(*(a * k for a in self.v))
    __rmul__ = __mul__
    def __eq__(self, o): return isinstance(o, Vector) and self.v == o.v
    def __lt__(self, o): return self.v < o.v
    def __len__(self): return len(self.v)
    def __getitem__(self, i): return self.v[i]
    def __iter__(self): return iter(self.v)
    def __contains__(self, x): return x in self.v
    def __bool__(self): return any(self.v)
    def __neg__(self): return Vector(*(-a for a in self.v))
    def __call__(self, x): return x + self.v[0]
    def __repr__(self): return "V" + repr(self.v)
    def __matmul__(self, o): return sum(a * b for a, b in zip(self, o))
    def __iadd__(self, o):
        self.v = tuple(a + 1 for a in self.v)
        return self
    def __floordiv__(self, k): return NotImplemented
    def __getattr__(self, name):
        if name == "norm2": return sum(a * a for a in self.v)
        raise AttributeError(name)


v = Vector(1, 2)
w = Vector(3, 4)
ops = v + w, v * 2, 3 * v, v == Vector(1, 2), v != w, v < w, len(v), v[1], list(v), 2 in v, bool(Vector(0)), -v, v(10), v @ w, v.norm2
v += w
augmented = v
try:
    v // 2
except TypeError:
    unsupported = True
try:
    v.missing
except AttributeError as error:
    missing = str(error)
ordered = sorted([Vector(3), Vector(1), Vector(2)])
greatest = max(Vector(1), Vector(5))


class Registry(type):
    classes = {}
    def __new__(mcs, name, bases, namespace, **kwargs):
        cls = super().__new__(mcs, name, bases, namespace)
        mcs.classes[name] = kwargs
        return cls
    def __call__(cls, *args):
        made = super().__call__(*args)
        made.tag = cls.__name__
        return made


class Registered(metaclass=Registry):
    def __init__(self, n): self.n = n


class Child(Registered, flag=1):
    pass


registered = dict(Registry.classes)
tagged = Child(4).tag, Child(5).n


class Plugin:
    found = []
    def __init_subclass__(cls, /, key=None, **kwargs):
        super().__init_subclass__(**kwargs)
        Plugin.found.append((cls.__name__, key))


class PluginA(Plugin, key="a"): pass
class PluginB(PluginA): pass
plugins = Plugin.found


class Typed:
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, obj, owner=None): return obj.__dict__.get(self.name, "unset") if obj else self
    def __set__(self, obj, value): obj.__dict__[self.name] = value * 10


class Described:
    size = Typed()


d = Described()
described = d.size
d.size = 4
described_after = d.size, d.__dict__


class Singleton:
    _one = None
    def __new__(cls, *args):
        if cls._one is None:
            cls._one = super().__new__(cls)
        return cls._one
    def __init__(self, n): self.n = n


same = Singleton(1) is Singleton(2), Singleton._one.n


class Config(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.ready = True
    def __getattr__(self, key):
        try:
            return self[key]
        except KeyError:
            raise AttributeError(key)
    def __missing__(self, key): return "missing " + key


config = Config({"a": 1}, b=2)
config["c"] = 3
config.update(d=4)
conf = config.a, config["b"], config["q"], len(config), list(config), config.get("zz"), "c" in config, config.ready, {**config}, dict(config)
show = lambda **k: sorted(k)
spread = show(**config)


class Stack(list):
    def push(self, x): self.append(x)
    def top(self): return self[-1]


stack = Stack([1, 2])
stack.push(3)
stacked = stack.top(), len(stack), stack, list(reversed(stack)), stack + [4], stack == [1, 2, 3], isinstance(stack, list), stack[0:2], [x for x in stack]


class Name(str):
    def shout(self): return self.upper() + "!"


name = Name("ada")
named = name.shout(), name + "x", len(name), name == "ada", {"ada": 1}[name], f"{name:>5}", ",".join([name, name]), isinstance(name, str)


class Meters(int):
    def __new__(cls, value): return super().__new__(cls, value * 2)
    def twice(self): return self + self


meters = Meters(3)
measured = meters, meters.twice(), meters + 1, 1 + meters, meters > 5, list(range(meters)), [10, 20, 30, 40, 50, 60, 70][meters], int(meters), meters == 6


class Point(tuple):
    @property
    def x(self): return self[0]


point = Point((5, 6))
pointed = point.x, len(point), tuple(point), point == (5, 6)
Dynamic = type("Dynamic", (Base,), {"extra": 5, "who": lambda self: "dyn"})
dynamic_class = Dynamic(2).who(), Dynamic.extra, Dynamic(3).double, Dynamic.__name__


class Outer:
    class Inner:
        value = 5
    inner = Inner()
    table = {k: k * 2 for k in range(3)}
    def method(self): return self.Inner.value + Outer.Inner.value


nested = Outer().method(), Outer.inner.value, Outer.table


class Slots:
    __slots__ = ("a", "b")
    def __init__(self): self.a, self.b = 1, 2


slots = Slots().a + Slots().b


class Context:
    log = []
    def __enter__(self):
        self.log.append("enter")
        return 42
    def __exit__(self, kind, value, trace):
        self.log.append(kind.__name__ if kind else None)
        return kind is ValueError


with Context() as entered:
    inside = entered
with Context():
    raise ValueError("swallowed")
try:
    with Context(), Context() as second:
        raise KeyError("k")
except KeyError as error:
    escaped = repr(error)
log = Context.log


class Lazy:
    def __getattribute__(self, name):
        if name == "magic":
            return "made up"
        return object.__getattribute__(self, name)
    def __setattr__(self, name, value):
        object.__setattr__(self, name, [value])


lazy = Lazy()
lazy.a = 1
lazied = lazy.magic, lazy.a


class Iter:
    def __init__(self, n): self.n = n
    def __iter__(self): return self
    def __next__(self):
        if self.n == 0: raise StopIteration
        self.n -= 1
        return self.n


iterated = list(Iter(3)), sum(Iter(4)), max(Iter(2)), 1 in Iter(3), next(Iter(9)), next(Iter(0), "end"), [*Iter(2)], dict(zip("ab", Iter(2)))
_bound = both.who
called = _bound(), Base.who(both), list(map(Base.helper, [1, 2]))


class Counted:
    pass


counted = Counted()
type(counted).total = 5
type(counted).table = {}
type(counted).table["key"] = 7
type(counted).total += 1
type_attributes = counted.total, Counted.table


def _named():
    class Local:
        pass

    return Local


class Outer:
    class Inner:
        def method(self):
            pass

        short = lambda self: 0


qualified = (
    Outer.__qualname__,
    Outer.Inner.__qualname__,
    Outer.Inner.method.__qualname__,
    Outer.Inner().method.__qualname__,
    Outer.Inner.short.__qualname__,
    _named().__qualname__,
    _named.__qualname__,
)
