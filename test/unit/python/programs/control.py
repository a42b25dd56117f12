log = []
def risky(x):
    try:
        if x == 0:
            raise ValueError("zero")
        if x == 1:
            return "returned"
        if x == 2:
            {}["k"]
        log.append("ok")
    except ValueError as error:
        log.append(str(error))
        return "handled"
    except (KeyError, IndexError):
        log.append("lookup")
    else:
        log.append("else")
    finally:
        log.append("finally")
    return "end"

results = [risky(i) for i in range(4)]

class AppError(Exception):
    def __init__(self, code, message="none"):
        super().__init__(message)
        self.code = code

class Sub(AppError):
    pass

try:
    raise Sub(7, "msg")
except AppError as error:
    caught = error.code, str(error), type(error).__name__, error.args, repr(error)

def reraise():
    try:
        raise KeyError("inner")
    except KeyError:
        raise

try:
    reraise()
except KeyError as error:
    reraised = repr(error)
try:
    try:
        raise ValueError("a")
    except ValueError as error:
        raise RuntimeError("b") from error
except RuntimeError as error:
    from_ = str(error)

def finally_wins():
    try:
        return 1
    finally:
        return 2

wins = finally_wins()
def nested_finally():
    out = []
    for i in range(3):
        try:
            if i == 1:
                continue
            out.append(i)
        finally:
            out.append("f")
    return out
nested = nested_finally()
name_error = None
try:
    undefined_name
except NameError as error:
    name_error = str(error)
attribute_error = None
try:
    (1).nope
except AttributeError as error:
    attribute_error = type(error).__name__
assertion = None
try:
    assert 1 == 2, "message"
except AssertionError as error:
    assertion = str(error)
zero = []
for op in (lambda: 1 / 0, lambda: 1 // 0, lambda: 1 % 0, lambda: 1.0 / 0):
    try:
        op()
    except ZeroDivisionError as error:
        zero.append(str(error))
type_errors = []
for op in (lambda: 1 + "a", lambda: "a" + 1, lambda: None[0], lambda: len(5), lambda: 5(), lambda: [] + (), lambda: "a" * "b", lambda: {} < {}, lambda: -"a"):
    try:
        op()
    except TypeError:
        type_errors.append("TypeError")
loops = []
for i in range(10):
    if i == 2: continue
    if i == 5: break
    loops.append(i)
else:
    loops.append("never")
for i in range(2): pass
else:
    loops.append("completed")
i = 0
while i < 10:
    i += 3
    if i > 100: break
else:
    loops.append("while-else")
while True:
    i -= 1
    if i < 5: break
count = i
def match_it(x):
    match x:
        case 0: return "zero"
        case 1 | 2: return "small"
        case int(n) if n > 100: return f"big {n}"
        case str() as s: return "str " + s
        case [a]: return f"one {a}"
        case [a, *rest]: return f"many {a} {rest}"
        case {"type": "circle", "r": r}: return f"circle {r}"
        case {"k": v, **rest}: return f"map {v} {rest}"
        case Point(x=0, y=y): return f"on y {y}"
        case Point(a, b): return f"point {a} {b}"
        case None: return "none"
        case True: return "true"
        case _: return "other"
class Point:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
matched = [match_it(x) for x in (0, 2, 500, "q", [1], [1, 2, 3], (4, 5), {"type": "circle", "r": 2}, {"k": 1, "z": 2}, Point(0, 5), Point(1, 2), None, 50, 2.5)]
def gen(n):
    received = []
    for i in range(n):
        got = yield i
        if got: received.append(got)
    return received
g = gen(3)
sent = [next(g), g.send("a"), g.send("b")]
try:
    next(g)
except StopIteration as stop:
    returned = stop.value
def delegating():
    result = yield from gen(2)
    yield ("result", result)
    yield from [10, 20]
delegated = list(delegating())
def cleanup():
    try:
        yield 1
        yield 2
    except ValueError as error:
        yield f"caught {error}"
    finally:
        log.append("cleaned")
c = cleanup()
thrown = next(c), c.throw(ValueError("v"))
rest = list(c)
def infinite():
    n = 0
    while True:
        yield n
        n += 1
first = []
for n in infinite():
    if n > 3: break
    first.append(n)
squares = (x * x for x in range(5))
lazy = next(squares), next(squares), list(squares), list(squares)
def tree(n):
    if n:
        yield from tree(n - 1)
        yield n
walk = list(tree(3))
def conditional(flag):
    if flag:
        yield "yes"
    else:
        yield "no"
    with_ = yield
cond = list(conditional(True)), list(conditional(False))
suite = sum(1 for _ in range(5)), any(x > 3 for x in range(5)), {x % 2 for x in range(5)} == {0, 1}, max((len(w), w) for w in ["a", "bbb"])
chained_ternary = "a" if 0 else "b" if 0 else "c"
x = 5
x -= 1; x *= 3; x //= 2; x **= 2; x %= 7
y = 6
y /= 4
z = 5
z |= 2; z &= 6; z ^= 1; z <<= 2; z >>= 1
import sys
version = sys.version_info >= (3, 8), sys.version_info[0], sys.version_info.major
