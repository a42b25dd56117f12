import argparse
import collections
import copy
import itertools
import json
import logging
import math
import operator
import os
import os.path as osp
import re
import string
import sys
import textwrap
import time
import types
import warnings
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence, Sized
from contextlib import ExitStack, contextmanager, nullcontext, redirect_stdout, suppress, closing
from itertools import accumulate, chain, combinations, count, cycle, groupby, islice, pairwise, permutations, product, repeat, starmap, takewhile, dropwhile, tee, zip_longest
from pathlib import Path, PurePosixPath

m = re.match(r"(?P<name>[a-z]+)(\d+)(?:_(\w))?", "resnet50_d")
matched = m.group(), m.group(1), m.group("name"), m.groups(), m.groupdict(), m[2], m.span(2), m.start()
nothing = re.match("x", "y")
found = re.findall(r"\d+", "a1b22c333"), re.findall(r"(\w)=(\d)", "a=1, b=2"), re.sub(r"\.(\d+)\.", r"[\1].", "layers.0.conv.1.w"), re.split(r"[,;]\s*", "a, b;c")
subbed = re.sub(r"\d+", lambda k: str(int(k.group()) * 2), "a1b22"), re.sub("a", "b", "aaa", count=2), re.subn("a", "b", "aa")
_compiled = re.compile(r"^block(\d+)_conv$", re.I)
compiled_use = bool(_compiled.match("Block12_conv")), _compiled.search("block7_conv").group(1), _compiled.fullmatch("block") is None, _compiled.pattern
iterated = [x.group(0) for x in re.finditer(r"[A-Z]\w", "AbCdE")]
block_args = dict(re.split(r"(\d.*)", op)[:2] for op in "r1_k3_s11_e1_i32_o16".split("_"))
escaped = re.escape("a.b")
loaded = json.loads('{"dims": [1, 2.5, null], "ok": true, "name": "x\\u00e9"}')
dumped = json.dumps({"a": [1, 2.0, None, True], "b": {"c": "é\n"}}), json.dumps([1, {"k": 2}], indent=2), json.dumps({"b": 1, "a": 2}, sort_keys=True), json.dumps([1, 2], separators=(",", ":"))
path = Path("models") / "resnet" / "weights.tar.gz"
path_parts = path.name, path.stem, path.suffix, path.suffixes, str(path.parent), path.parts, str(path.with_suffix(".pt")), path.as_posix(), str(path.parent.parent), str(Path("a", "b") / "../c")
path_more = path.is_absolute(), str(path.with_name("x.pt")), path == Path("models/resnet/weights.tar.gz"), str(path.relative_to("models")), f"{path}", [str(p) for p in path.parents]
os_paths = osp.join("a", "b", "c.py"), osp.basename("/x/y.py"), osp.dirname("/x/y.py"), osp.splitext("net.v1.py"), osp.join("a", "/b"), osp.normpath("a/../b/./c"), os.sep
template = string.Template("$a and ${b}").substitute(a=1, b=2), string.ascii_lowercase[:3], string.digits, string.ascii_letters[-2:], string.punctuation[:3]
wrapped = textwrap.dedent("""
    a
      b
    """), textwrap.indent("a\nb", "  "), textwrap.shorten("hello big world", 11), textwrap.fill("aa bb cc", 5)
namespace = types.SimpleNamespace(a=1, b=[2])
namespace.c = 3
simple = namespace, namespace.a, vars(namespace), namespace == types.SimpleNamespace(a=1, b=[2], c=3)
_proxy = types.MappingProxyType({"a": 1})
proxied = _proxy["a"], dict(_proxy), isinstance(lambda: 0, types.FunctionType)
_parser = argparse.ArgumentParser(description="train")
_parser.add_argument("--depth", type=int, default=18)
_group = _parser.add_argument_group("model")
_group.add_argument("-w", "--hidden-width", type=int, default=64, dest="width")
_group.add_argument("--norm", choices=["bn", "ln"], default="bn")
_parser.add_argument("--no-bias", dest="bias", action="store_false")
_parser.add_argument("--amp", action="store_true")
_parser.add_argument("--dims", nargs="+", type=int, default=[64, 128])
_parser.add_argument("--flag", action=argparse.BooleanOptionalAction, default=True)
_parser.add_argument("--level", action="count", default=0)
_parser.set_defaults(name="net", extra=3)
args = _parser.parse_args([])
parsed = vars(args)
parsed_given = vars(_parser.parse_args(["--depth", "50", "-w", "32", "--no-bias", "--dims", "1", "2", "--norm=ln"]))
known, rest = _parser.parse_known_args(["--depth=3", "--zzz"])
known_args = known.depth, rest
namespaced = argparse.Namespace(x=1), "x" in argparse.Namespace(x=1)
_log = logging.getLogger(__name__)
_log.info("hello %s", 1)
_log.setLevel(logging.DEBUG)
logging.basicConfig(level=logging.INFO, format="%(message)s")
warnings.warn("careful", UserWarning)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
_start = time.time()
_elapsed = time.perf_counter() - _start
counter = Counter("abracadabra")
counts = counter.most_common(2), counter["z"], sum(counter.values()), counter + Counter("ab"), Counter(a=1) - Counter(a=1), list(Counter("aab").elements())
dd = defaultdict(list)
dd["a"].append(1)
dd["b"]
defaults = dict(dd), defaultdict(int, {"x": 2})["y"], defaultdict(lambda: defaultdict(int))["p"]["q"]
ordered = OrderedDict([("a", 1), ("b", 2)])
ordered.move_to_end("a")
ordered_list = list(ordered), ordered.popitem(last=False), ordered
dq = deque([1, 2, 3], maxlen=3)
dq.append(4)
dq.appendleft(0)
dq.rotate(1)
dequed = list(dq), dq.pop(), dq.popleft(), len(dq), dq.maxlen
chained = ChainMap({"a": 1}, {"a": 2, "b": 3})
chain_map = chained["a"], chained["b"], dict(chained), sorted(chained)


class MyDict(UserDict):
    def __getitem__(self, key):
        return super().__getitem__(key) * 2


class MyList(UserList):
    pass


class Frozen(Mapping):
    def __init__(self, d):
        self._d = d

    def __getitem__(self, k):
        return self._d[k]

    def __iter__(self):
        return iter(self._d)

    def __len__(self):
        return len(self._d)


user = MyDict(a=1)["a"], MyList([1, 2])[0], len(MyList([1])), Frozen({"x": 1}).get("y", 5), dict(Frozen({"x": 1})), "x" in Frozen({"x": 1}), list(Frozen({"x": 1}).items())
abcs = isinstance([], Sequence), isinstance({}, Mapping), isinstance((), Iterable), isinstance(3, Iterable), isinstance(len, Callable), isinstance("a", Sequence), isinstance({}, MutableMapping), isinstance(iter([]), collections.abc.Iterator), isinstance(set(), Sized), isinstance(range(2), Sequence), isinstance({1}, collections.abc.Set)
its = list(chain([1], (2, 3))), list(chain.from_iterable([[1], [2]])), list(islice(count(5, 2), 3)), list(islice(cycle("ab"), 5)), list(accumulate([1, 2, 3])), list(accumulate([1, 2, 3], operator.mul, initial=1)), list(pairwise([1, 2, 3])), list(product([1, 2], "ab")), list(product([0, 1], repeat=2)), list(combinations("abc", 2)), list(permutations([1, 2])), list(repeat(7, 2))
its2 = [(k, list(g)) for k, g in groupby("aabbb")], list(starmap(pow, [(2, 3), (3, 2)])), list(takewhile(lambda x: x < 3, [1, 2, 3, 1])), list(dropwhile(lambda x: x < 3, [1, 3, 1])), list(zip_longest([1, 2], [3], fillvalue=0)), [list(t) for t in tee([1, 2])], list(itertools.compress("abc", [1, 0, 1])), list(itertools.filterfalse(None, [0, 1])), list(islice(range(10), 2, 8, 3)), list(itertools.batched("abcde", 2))
getters = operator.itemgetter(1)([5, 6]), operator.itemgetter("a", "b")({"a": 1, "b": 2}), operator.attrgetter("a")(namespace), operator.methodcaller("upper")("x"), operator.add(1, 2), operator.truediv(1, 2), operator.contains([1], 1), operator.index(3), operator.neg(2), operator.getitem([1, 2], 0)
maths = math.sqrt(16), math.ceil(2.1), math.floor(-2.1), math.log2(8), math.log(math.e), math.prod([2, 3]), math.gcd(12, 18), math.lcm(4, 6), math.isclose(0.1 + 0.2, 0.3), math.comb(5, 2), math.factorial(10), math.inf, math.hypot(3, 4), math.trunc(-2.5), math.isqrt(17), math.copysign(1, -2), math.fabs(-2), math.pow(2, 3), math.exp(0), math.cos(0), math.modf(2.5), math.perm(5, 2), math.dist([0, 0], [3, 4]), math.fsum([0.1] * 10), math.remainder(7, 4), math.isfinite(1), math.degrees(math.pi)
original = {"a": [1, {"b": 2}], "t": (1, [2])}
deep, shallow = copy.deepcopy(original), copy.copy(original)
original["a"][1]["b"] = 9
copies = deep, shallow


class Node:
    def __init__(self, v):
        self.v = v
        self.me = self

    def __deepcopy__(self, memo):
        n = Node(self.v + 1)
        memo[id(self)] = n
        return n


node = Node([1])
plain_copy = copy.copy(node)
copied = plain_copy.v is node.v, plain_copy.me is node


class Cyclic:
    def __init__(self):
        self.me = self
        self.items = [1]


c1 = Cyclic()
c2 = copy.deepcopy(c1)
cyclic = c2.me is c2, c2.items is c1.items, c2.items
events = []


@contextmanager
def tracked(name):
    events.append("enter " + name)
    try:
        yield name.upper()
    except ValueError as error:
        events.append(f"caught {error}")
    finally:
        events.append("exit " + name)


with tracked("a") as a, tracked("b") as b:
    events.append(a + b)
with tracked("c"):
    raise ValueError("x")
with ExitStack() as stack_:
    names = [stack_.enter_context(tracked(n)) for n in "de"]
    stack_.callback(events.append, "callback")
with nullcontext(5) as five:
    pass
with suppress(KeyError, IndexError):
    {}["x"]
    events.append("unreached")


@tracked("deco")
def decorated_by_context():
    events.append("in deco")
    return 3


decorated_result = decorated_by_context()
versions = sys.version_info >= (3, 8), sys.version_info[0], sys.version_info.major, sys.maxsize, sys.byteorder
import builtins, inspect, keyword
language = builtins.len is len, hasattr(builtins, "getattr"), hasattr(builtins, "conv"), keyword.iskeyword("pass"), keyword.iskeyword("passing"), keyword.kwlist[:3]
looked_up = math.__dict__["floor"](2.5), "sqrt" in math.__dict__, vars(operator)["add"](1, 2)
