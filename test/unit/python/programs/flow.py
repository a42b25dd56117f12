log = []


def order(n):
    try:
        log.append(f"try {n}")
        if n == 1:
            raise ValueError("one")
        if n == 2:
            return "returned"
        if n == 3:
            raise KeyError("three")
    except ValueError as error:
        log.append(f"except {error}")
    except (KeyError, IndexError) as error:
        log.append(type(error).__name__)
        raise RuntimeError("wrapped") from error
    else:
        log.append("else")
    finally:
        log.append(f"finally {n}")
    return "end"


results = [order(0), order(1), order(2)]
try:
    order(3)
except RuntimeError as error:
    cause = str(error), type(error.__cause__).__name__, error.args, repr(error)


def override():
    try:
        return 1
    finally:
        return 2


def loop_finally():
    seen = []
    for i in range(4):
        try:
            if i == 1:
                continue
            if i == 3:
                break
            seen.append(i)
        finally:
            seen.append(f"f{i}")
    else:
        seen.append("else")
    return seen


overridden = override(), loop_finally()


class Custom(Exception):
    def __init__(self, message, code=1):
        super().__init__(message)
        self.code = code

    def __str__(self):
        return f"{self.args[0]} ({self.code})"


class Sub(Custom):
    pass


try:
    raise Sub("bad", code=7)
except Custom as error:
    custom = str(error), error.code, isinstance(error, Exception), type(error).__name__
try:
    try:
        raise ValueError("inner")
    except ValueError:
        raise
except ValueError as error:
    reraised = str(error)
try:
    try:
        1 / 0
    except ZeroDivisionError:
        {}["k"]
except KeyError as error:
    context = type(error.__context__).__name__, str(error), error.args
errors = []
for expression in ["[][1]", "{}['a']", "int('x')", "1/0", "None.x", "'a' + 1", "undefined", "(1, 2)[5]", "len(3)", "[].pop()", "float('q')", "next(iter([]))", "'abc'.index('z')", "[1].index(2)", "[1].remove(2)", "x = (1, 2); a, b, c = x", "1 % 0", "{[]: 1}", "'%d' % 'a'", "None + 1", "{}.pop('k')", "set().pop()", "1 < 'a'", "(lambda a: a)()", "(lambda: 0)(1)", "max([])", "[1,2,3](0)", "int([])", "'a'.foo", "object().x", "range(1, 2, 0)", "chr(-1)"]:
    try:
        exec(expression) if False else None
    except Exception as error:
        errors.append(type(error).__name__)


def kind_of(f):
    try:
        f()
    except Exception as error:
        return type(error).__name__ + ": " + str(error)
    return "fine"


kinds = [
    kind_of(lambda: [][1]),
    kind_of(lambda: {}["a"]),
    kind_of(lambda: int("x")),
    kind_of(lambda: 1 / 0),
    kind_of(lambda: None.x),
    kind_of(lambda: "a" + 1),
    kind_of(lambda: (1, 2)[5]),
    kind_of(lambda: len(3)),
    kind_of(lambda: [].pop()),
    kind_of(lambda: "abc".index("z")),
    kind_of(lambda: 1 % 0),
    kind_of(lambda: None + 1),
    kind_of(lambda: {}.pop("k")),
    kind_of(lambda: 1 < "a"),
    kind_of(lambda: max([])),
    kind_of(lambda: [1, 2][0](0)),
    kind_of(lambda: "a".foo),
    kind_of(lambda: 1.5 // 0),
    kind_of(lambda: [1] + (2,)),
    kind_of(lambda: {1, 2}[0]),
    kind_of(lambda: {}[[]]),
    kind_of(lambda: float("q")),
    kind_of(lambda: next(iter([]))),
    kind_of(lambda: sum(["a"])),
    kind_of(lambda: [3, "a"].sort()),
    kind_of(lambda: dict(zip([1, 2], [3], strict=True))),
    kind_of(lambda: 3 in 4),
    kind_of(lambda: iter(3)),
    kind_of(lambda: isinstance(1, 2)),
    kind_of(lambda: "abc"["a"]),
    kind_of(lambda: [1]["a"]),
    kind_of(lambda: int(None)),
    kind_of(lambda: -"a"),
    kind_of(lambda: range(1, 2, 0)),
    kind_of(lambda: "x".join([1])),
    kind_of(lambda: getattr(3, "nope")),
]


def unpack_errors():
    out = []
    for value in [(1,), (1, 2, 3)]:
        try:
            p, q = value
        except ValueError as error:
            out.append(str(error))
    try:
        p, *q, r = (1,)
    except ValueError as error:
        out.append(str(error))
    try:
        p, q = 3
    except TypeError as error:
        out.append(str(error))
    return out


unpacking = unpack_errors()


def arguments(a, b=2, *, c):
    return a


def argument_errors():
    out = []
    for call in (lambda: arguments(), lambda: arguments(1, 2, 3, c=1), lambda: arguments(1), lambda: arguments(1, c=1, d=2), lambda: arguments(1, a=2, c=3)):
        try:
            call()
        except TypeError as error:
            out.append(str(error))
    return out


argument_messages = argument_errors()
try:
    unbound_local
except NameError as error:
    name_error = str(error)


def local_error():
    try:
        value += 1
    except UnboundLocalError as error:
        return str(error)
    value = 0


unbound = local_error()
try:
    assert 1 == 2, "not equal"
except AssertionError as error:
    asserted = str(error)
group = ExceptionGroup("many", [ValueError("a"), TypeError("b"), ExceptionGroup("in", [ValueError("c")])])
handled = []
try:
    raise group
except* ValueError as eg:
    handled.append([str(e) for e in eg.exceptions if not isinstance(e, ExceptionGroup)])
except* TypeError as eg:
    handled.append(len(eg.exceptions))
try:
    raise ValueError("noted")
except ValueError as error:
    error.add_note("n1")
    notes = error.__notes__


class Manager:
    def __init__(self, swallow=False):
        self.swallow = swallow
        self.log = []

    def __enter__(self):
        self.log.append("enter")
        return self

    def __exit__(self, kind, value, traceback):
        self.log.append((kind.__name__ if kind else None, str(value) if value else None, traceback is None))
        return self.swallow


with Manager() as manager:
    pass
swallowing = Manager(True)
with swallowing:
    raise KeyError("k")
strict = Manager()
try:
    with strict, Manager(False):
        raise ValueError("v")
except ValueError:
    passed_on = True
with (Manager() as m1, Manager() as m2):
    m2.log.append(m1 is not m2)
managers = manager.log, swallowing.log, strict.log, m2.log


def generator(n):
    received = []
    try:
        for i in range(n):
            got = yield i
            if got:
                received.append(got)
    finally:
        log.append("closed")
    return received


gen = generator(3)
sent = next(gen), gen.send("a"), gen.send("b")
try:
    gen.send("c")
except StopIteration as stop:
    stopped = stop.value


def delegating():
    result = yield from generator(2)
    yield result
    yield from "ab"
    yield from (x * 2 for x in range(2))


delegated = list(delegating())


def throwing():
    while True:
        try:
            value = yield "ready"
        except ValueError as error:
            value = yield f"caught {error}"
        if value == "stop":
            return


t = throwing()
thrown = next(t), t.throw(ValueError("boom")), t.send(None)
t.close()


def infinite():
    n = 0
    while True:
        yield n
        n += 1


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


class Sized:
    def __len__(self):
        return 3

    def __getitem__(self, i):
        if i >= 3:
            raise IndexError
        return i * 10


iterations = [x for x, _ in zip(infinite(), range(3))], list(Countdown(3)), list(Sized()), list(reversed(Sized())), 20 in Sized(), next(iter([]), "default"), sum(Countdown(4)), max(Countdown(3)), [*Countdown(2)], tuple(Sized()), list(iter(lambda c=Countdown(3): next(c, None), None)), dict(enumerate(Countdown(2)))
it = iter([1, 2, 3, 4])
paired = list(zip(it, it))
for index in range(3):
    pass
else:
    completed = index
for index in range(5):
    if index == 2:
        break
else:
    completed = -1
n = 0
while n < 10:
    n += 3
    if n == 6:
        continue
else:
    n += 100


def outer():
    count = 0

    def increment():
        nonlocal count
        count += 1
        return count

    def reader():
        return count

    increment()
    return increment(), reader(), [increment() for _ in range(2)]


total = 0


def add_global(k):
    global total, created
    total += k
    created = k


add_global(5)
scopes = outer(), total, created
fs = []
for late in range(3):
    fs.append(lambda: late)
late_bound = [f() for f in fs], [f() for f in [(lambda v: lambda: v)(v) for v in range(3)]]


def mutable(x, acc=[]):
    acc.append(x)
    return acc


mutable(1)
shared_default = mutable(2), mutable.__defaults__


def positional_only(a, /, b, *, c=3, **kw):
    return a, b, c, kw


positional = positional_only(1, b=2), positional_only(1, 2, a=5)


def match_all(value):
    match value:
        case 0 | 1:
            return "small"
        case int(n) if n > 100:
            return f"big {n}"
        case int() | float():
            return "number"
        case "a" | "b" as letter:
            return f"letter {letter}"
        case str(text) if text.startswith("x"):
            return "x text"
        case []:
            return "empty"
        case [single]:
            return f"one {single}"
        case [1, second, *others]:
            return f"1 {second} {others}"
        case (first, *_, last_):
            return f"{first}..{last_}"
        case {"type": "conv", "k": k, **rest}:
            return f"conv {k} {rest}"
        case {"type": kind}:
            return f"type {kind}"
        case {}:
            return "dict"
        case Manager(swallow=True):
            return "swallowing"
        case None:
            return "none"
        case bool():
            return "bool"
        case _:
            return "other"


matches = [match_all(v) for v in [0, 1, 500, 50, 2.5, "a", "xyz", "q", [], [5], [1, 2, 3], (4, 5, 6), {"type": "conv", "k": 3, "s": 2}, {"type": "lin"}, {"z": 1}, Manager(True), Manager(), None, True, {1}]]


class Reflected:
    def __radd__(self, other):
        return f"radd {other}"

    def __rsub__(self, other):
        return f"rsub {other}"

    def __rmatmul__(self, other):
        return "rmatmul"

    def __rpow__(self, other):
        return "rpow"

    def __rtruediv__(self, other):
        return "rtruediv"

    def __rfloordiv__(self, other):
        return "rfloordiv"

    def __rmod__(self, other):
        return "rmod"

    def __rlshift__(self, other):
        return "rlshift"

    def __rand__(self, other):
        return "rand"

    def __ror__(self, other):
        return "ror"

    def __gt__(self, other):
        return "gt"

    def __ge__(self, other):
        return "ge"


r = Reflected()
reflected = 1 + r, 1 - r, [] @ r, 2**r, 1 / r, 1 // r, 5 % r, 1 << r, 1 & r, 1 | r, 1 < r, 1 <= r, sum([1, 2], start=0), [1] + [2]


class Number:
    def __init__(self, v):
        self.v = v

    def __index__(self):
        return self.v

    def __int__(self):
        return self.v

    def __float__(self):
        return float(self.v)

    def __bool__(self):
        return self.v != 0

    def __abs__(self):
        return abs(self.v)

    def __neg__(self):
        return Number(-self.v)

    def __pos__(self):
        return self

    def __invert__(self):
        return ~self.v

    def __round__(self, n=None):
        return ("rounded", n)

    def __trunc__(self):
        return self.v

    def __ceil__(self):
        return self.v + 1

    def __floor__(self):
        return self.v - 1

    def __divmod__(self, other):
        return ("divmod", other)

    def __pow__(self, other, modulo=None):
        return ("pow", other, modulo)

    def __eq__(self, other):
        return isinstance(other, Number) and other.v == self.v

    def __hash__(self):
        return hash(self.v)

    def __repr__(self):
        return f"Number({self.v})"

    def __str__(self):
        return f"n{self.v}"

    def __format__(self, spec):
        return f"<{spec or 'none'}>"

    def __contains__(self, item):
        return item == self.v

    def __ior__(self, other):
        return Number(self.v | other)

    def __delitem__(self, key):
        log.append(f"del {key}")

    def __setitem__(self, key, value):
        log.append(f"set {key}={value}")

    def __getitem__(self, key):
        return key

    def __missing__(self, key):
        return key

    def __dir__(self):
        return ["v", "w"]

    def __reversed__(self):
        return iter("rev")

    def __length_hint__(self):
        return 1


import math

num = Number(2)
protocol = [10, 20, 30][num], int(num), float(num), bool(Number(0)), abs(Number(-3)), -num, +num, ~num, round(num), round(num, 2), math.trunc(num), math.ceil(num), math.floor(num), divmod(num, 3), num**2, pow(num, 2, 3), num == Number(2), f"{num}", f"{num:>3}", f"{num!r}", str(num), 2 in num, range(num), [0] * num, num[1:2, ...], num[1, 2], dir(num), list(reversed(num)), hex(Number(255)), "ab" * num, "%s %r" % (num, num), "{:x}".format(num)
num[1] = 5
del num["k"]
num |= 4
after = num, log[-2:]


class Dyn:
    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return name.upper()

    def __setattr__(self, name, value):
        object.__setattr__(self, name, value if name != "w" else value * 2)

    def __delattr__(self, name):
        log.append("delattr " + name)
        super().__delattr__(name)


dyn = Dyn()
dyn.w = 4
dyn.v = 1
del dyn.v
dynamic = dyn.w, dyn.anything, hasattr(dyn, "_private"), getattr(dyn, "_x", "dflt"), log[-1], dyn.__dict__
