import copy, functools, itertools, math, operator, string
import collections.abc
from collections import ChainMap, Counter, OrderedDict, defaultdict, deque, namedtuple
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import KW_ONLY, InitVar, asdict, astuple, dataclass, field, fields, is_dataclass, replace
from enum import Enum, Flag, IntEnum, StrEnum, auto
from functools import cached_property, lru_cache, partial, reduce, wraps
from types import SimpleNamespace
from typing import Any, ClassVar, Dict, Generic, List, NamedTuple, Optional, TypedDict, TypeVar, Union, cast

maths = math.ceil(2.1), math.floor(-2.1), math.sqrt(16), math.prod([2, 3, 4]), math.gcd(12, 18), math.log2(8), math.isqrt(17), math.factorial(5), math.comb(5, 2), math.inf, math.pi, math.trunc(-2.7), math.isclose(0.1 + 0.2, 0.3), math.log(8, 2), math.hypot(3, 4), math.lcm(4, 6), math.log10(1000), math.exp(0), math.perm(5, 2), math.copysign(1, -0.0)

def add(a, b=0, *, c=0): return a, b, c
p = partial(add, 1, c=5)
partials = p(), p(2), p(2, c=7), partial(p, 9)(), p.func is add, p.args, p.keywords
reduced = reduce(lambda a, b: a * b, [1, 2, 3, 4]), reduce(operator.add, [], 10)

def logged(fn):
    @wraps(fn)
    def inner(*args):
        return "logged", fn(*args)
    return inner

@logged
def named(x): return x
wrapped = named(1), named.__name__, named.__wrapped__(2)

calls = []
@lru_cache(maxsize=None)
def slow(x):
    calls.append(x)
    return x * 2
cached = slow(1), slow(1), slow(2), calls

class Lazy:
    computed = 0
    @cached_property
    def value(self):
        Lazy.computed += 1
        return 5
lazy = Lazy()
lazied = lazy.value, lazy.value, Lazy.computed

@functools.total_ordering
class Ver:
    def __init__(self, n): self.n = n
    def __eq__(self, o): return self.n == o.n
    def __lt__(self, o): return self.n < o.n
versions = Ver(1) <= Ver(1), Ver(2) > Ver(1), Ver(1) >= Ver(2), Ver(1) < Ver(2)

chain = list(itertools.chain([1], (2, 3), "a")), list(itertools.chain.from_iterable([[1], [2]]))
product = list(itertools.product([1, 2], "ab")), list(itertools.product([0, 1], repeat=2))
slices = list(itertools.islice(itertools.count(5, 2), 3)), list(itertools.islice(range(10), 2, 8, 3)), list(itertools.islice(itertools.cycle("ab"), 5)), list(itertools.repeat(7, 3))
accumulated = list(itertools.accumulate([1, 2, 3])), list(itertools.accumulate([1, 2, 3], operator.mul, initial=10))
longest = list(itertools.zip_longest([1, 2, 3], "a", fillvalue="-"))
combos = list(itertools.combinations("abc", 2)), list(itertools.permutations([1, 2, 3], 2)), list(itertools.combinations_with_replacement("ab", 2)), list(itertools.pairwise([1, 2, 3]))
takes = list(itertools.takewhile(lambda x: x < 3, range(10))), list(itertools.dropwhile(lambda x: x < 3, range(5))), list(itertools.starmap(pow, [(2, 3), (3, 2)])), list(itertools.compress("abcd", [1, 0, 1, 0])), list(itertools.filterfalse(lambda x: x % 2, range(5)))
groups = [(k, list(g)) for k, g in itertools.groupby("aabbb")]
t1, t2 = itertools.tee([1, 2])
tees = list(t1), list(t2)

od = OrderedDict([("a", 1), ("b", 2)])
od["c"] = 3
od.move_to_end("a")
ordered = od, list(od), od.popitem(last=False), isinstance(od, dict), od == {"c": 3, "a": 1}
dd = defaultdict(list)
dd["x"].append(1)
dd["y"] += [2]
defaulted = dd, dict(dd), len(dd), defaultdict(int, a=1)["zz"]
counts = Counter("hello")
counts.update("lo")
counted = counts["l"], counts["zz"], counts.most_common(2), counts, Counter(a=2) + Counter(a=1, b=1), sum(counts.values())
dq = deque([1, 2, 3], maxlen=3)
dq.append(4)
dq.appendleft(0)
queued = dq, dq.pop(), dq.popleft(), len(dq), list(dq), 2 in dq
P = namedtuple("P", "x y", defaults=[5])
point = P(1)
px, py = point
named_tuple = point, point.x, point[1], px, py, point._replace(x=9), point._asdict(), P._fields, P(x=3, y=4) == (3, 4), P._make([7, 8])

class Row(NamedTuple):
    id: int
    name: str = "none"
    def label(self): return f"{self.name}:{self.id}"
row = Row(3)
rows = row, row.label(), row.name, Row(1, "z"), [r.id for r in (row, Row(4))], row == (3, "none")

@dataclass
class Base:
    a: int
    b: float = 0.5
    shared: ClassVar[int] = 9

@dataclass
class Config(Base):
    layers: List[int] = field(default_factory=lambda: [1, 2])
    name: str = "cfg"
    hidden: int = field(default=3, repr=False)
    derived: int = field(init=False)
    scale: InitVar[int] = 2
    def __post_init__(self, scale):
        self.derived = self.a * scale
    @property
    def size(self): return len(self.layers)
cfg = Config(4, scale=10)
other = Config(4, layers=[1, 2], scale=10)
data = cfg, cfg.derived, cfg.size, cfg == other, cfg.layers is other.layers, asdict(cfg), is_dataclass(cfg), [f.name for f in fields(cfg)], Config.shared, cfg != Base(4)
changed = replace(Base(1), b=2.5)

@dataclass(frozen=True, order=True)
class Frozen:
    x: int
    y: int = 0
try:
    Frozen(1).x = 5
except AttributeError as error:
    frozen = type(error).__name__
frozen_ops = Frozen(1) < Frozen(2), Frozen(1, 2) == Frozen(1, 2), sorted([Frozen(2), Frozen(1)]), astuple(Frozen(1, 2)), max(Frozen(1), Frozen(3))

@dataclass(kw_only=True)
class Kw:
    a: int = 1
    b: int
kw = Kw(b=2)

@dataclass
class Mixed:
    x: int
    _: KW_ONLY
    y: int = 2
mixed = Mixed(1, y=5)

class Color(Enum):
    RED = 1
    GREEN = "g"
    CRIMSON = 1
    def describe(self): return self.name.lower()
    @classmethod
    def default(cls): return cls.GREEN
colors = Color.RED, Color["GREEN"], Color("g"), Color.RED.name, Color.RED.value, list(Color), len(Color), Color.CRIMSON is Color.RED, Color.RED.describe(), Color.default(), Color.RED == Color.RED, Color.RED in Color, str(Color.RED), f"{Color.RED}", isinstance(Color.RED, Color), {Color.RED: 1}[Color.RED], list(Color.__members__)
class Size(IntEnum):
    S = 1
    L = auto()
    XL = auto()
sizes = Size.L, Size.L + 1, Size.XL > Size.S, int(Size.XL), [10, 20, 30][Size.S], Size(3), str(Size.S), f"{Size.L}", list(range(Size.L)), max(Size), Size.L == 2
class Mode(StrEnum):
    TRAIN = auto()
    EVAL = "evaluate"
class Act(str, Enum):
    RELU = "relu"
modes = Mode.TRAIN == "train", Mode.EVAL.upper(), str(Mode.TRAIN), f"{Mode.EVAL}", Act.RELU == "relu", Act("relu"), Act.RELU.value, str(Act.RELU), {"relu": 1}[Act.RELU], Act.RELU + "x", isinstance(Act.RELU, str)
class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
flags = Perm.R | Perm.W, Perm.R in (Perm.R | Perm.W), bool(Perm.R & Perm.W), (Perm.R | Perm.X).value
Functional = Enum("Functional", "A B")
functional = list(Functional), Functional.B.value
try:
    Color("nope")
except ValueError as error:
    enum_error = str(error)

@contextmanager
def managed(log):
    log.append("in")
    try:
        yield "resource"
    except KeyError:
        log.append("key")
    finally:
        log.append("out")
trace = []
with managed(trace) as resource:
    trace.append(resource)
with managed(trace):
    raise KeyError("x")
with suppress(ValueError, KeyError):
    raise ValueError("gone")
with nullcontext(5) as five:
    pass

original = {"a": [1, {"b": 2}], "t": (1, [2])}
shallow, deep = copy.copy(original), copy.deepcopy(original)
original["a"][1]["b"] = 99
original["new"] = 1
copies = shallow, deep
class Node:
    def __init__(self, v): self.v, self.me = v, self
node = Node([1])
clone = copy.deepcopy(node)
clone.v.append(2)
cloned = node.v, clone.v, clone.me is clone, copy.copy(node).v is node.v

getters = operator.itemgetter(1)([5, 6]), operator.itemgetter("a", "b")({"a": 1, "b": 2}), operator.attrgetter("real")(5), operator.mul(3, 4), operator.methodcaller("upper")("x"), sorted([(1, "b"), (0, "z")], key=operator.itemgetter(1))
ns = SimpleNamespace(a=1, b="x")
ns.c = 2
namespace = ns, ns.a, vars(ns)
T = TypeVar("T")
class Box(Generic[T]):
    def __init__(self, item: T): self.item = item
class Movie(TypedDict, total=False):
    title: str
typed = Box[int](3).item, cast(int, "x"), Movie(title="m"), Optional[int] is None, isinstance([], collections.abc.Sequence), isinstance({}, collections.abc.Mapping), isinstance("s", collections.abc.Iterable), callable(len), isinstance(len, collections.abc.Callable), isinstance(3, collections.abc.Sized), isinstance(x := 5, int | str), isinstance(None, (int, type(None)))
alphabet = string.ascii_lowercase[:3], string.digits
maps = dict(ChainMap({"a": 1}, {"a": 2, "b": 3}))
hashes = hash(5) == 5, id(node) == id(node), {id(node): 1}[id(node)]
built = type(3), type("s").__name__, isinstance(True, int), issubclass(bool, int), callable(lambda: 0), type(None).__name__, type([]) is list
