items = [3, 1, 2]
items.append(4)
items.extend(x for x in (5, 6))
items.insert(1, 10)
popped = items.pop(), items.pop(0)
items.remove(10)
items.sort(reverse=True)
position = items.index(2), items.count(2), 2 in items, 9 not in items
copied = items.copy()
copied.reverse()
sliced = items[1:], items[:-1], items[::2], items[::-1], items[5:], items[-2:]
items[1:2] = [7, 8, 9]
items[0] += 100
del items[-1]
repeated = [0] * 3, (1, 2) * 2, "ab" * 2, [[]] * 2, 2 * [1]
joined = [1] + [2], (1,) + (2,), [*range(3), *"ab"], (*items, 1)
nested = [[i * j for j in range(3)] for i in range(2)]
flat = [x for row in nested for x in row if x % 2 == 0]
pairs = [(a, b) for a in range(3) for b in range(a)]
tuple_ = (1,)
empty = (), [], {}, set()
unique = sorted({3, 1, 3, 2})
d = {"a": 1, "b": 2, **{"c": 3}}
d["d"] = 4
d.update({"a": 10}, e=5)
got = d.get("zz", 0), d.get("a"), d.setdefault("f", []), d.pop("b"), d.pop("zz", None)
d["f"].append(1)
keys = list(d), list(d.keys()), list(d.values()), list(d.items()), len(d), "a" in d
last = d.popitem()
merged = d | {"g": 1}
d |= {"h": 2}
inverted = {v: k for k, v in d.items() if isinstance(v, int)}
from_pairs = dict([("x", 1), ("y", 2)]), dict(zip("ab", (1, 2))), dict.fromkeys("ab", 0), dict(a=1, b=2)
views = d.keys(), d.values(), d.items()
view_ops = d.keys() & {"a", "zz"}, d.keys() - {"c", "d", "e", "h"}, ("a", 10) in d.items(), {"a"} == {"a": 1}.keys()
ordering = sorted(d), sorted(d, key=lambda k: -ord(k)), max(d), min(d.values()), sorted("banana", reverse=True)
equality = {"a": 1, "b": 2} == {"b": 2, "a": 1}, [1, [2]] == [1, [2]], (1, 2) == [1, 2], {1, 2} == {2, 1}
_s = {1, 2, 3}
_s.add(4)
_s.discard(9)
_s.remove(1)
sets = _s | {9}, _s & {2, 3}, _s - {2}, _s ^ {2, 10}, _s <= {2, 3, 4, 5}, _s.issubset({2}), _s.union([7]), _s.isdisjoint({1})
sets = tuple(sorted(x) if isinstance(x, set) else x for x in sets)
frozen = frozenset([1, 2]) == {1, 2}, {frozenset([1]): "f"}[frozenset([1])]
_s.update([100], [101])
grown = len(_s), len(set("hello"))
matrix = list(zip(*[[1, 2], [3, 4]]))
enumerated = list(enumerate("ab", start=1)), list(enumerate(["x"]))
zipped = list(zip([1, 2, 3], "ab")), list(zip([1], [2], strict=True))
mapped = list(map(lambda a, b: a * b, [1, 2], [3, 4])), list(filter(None, [0, 1, "", "x"])), list(filter(lambda x: x > 1, [1, 2, 3]))
reverse = list(reversed([1, 2, 3])), list(reversed(range(3))), list(reversed("ab")), list(reversed({"a": 1, "b": 2}))
ranges = range(5), range(2, 10, 3), list(range(10, 0, -3)), len(range(0, 10, 3)), 4 in range(0, 10, 2), range(10)[2:5], range(5)[-1], range(0, 10, 2).index(4)
aggregate = sum([1, 2, 3]), sum([[1], [2]], []), sum([0.5, 0.25]), min(3, 1, 2), max("abc"), max([1, 2], key=lambda x: -x), min([], default="none"), any([0, 1]), all([1, 0]), all([])
stable = sorted([("b", 1), ("a", 1), ("c", 0)], key=lambda p: p[1]), sorted([("b", 1), ("a", 1), ("c", 0)], key=lambda p: p[1], reverse=True)
unhashable = []
for key in ([], {}, set()):
    try:
        hash(key)
    except TypeError as error:
        unhashable.append(str(error))
errors = []
for action in (lambda: [1][5], lambda: {}["k"], lambda: (1, 2).index(3), lambda: [].pop(), lambda: {1: 2}[3], lambda: next(iter([])), lambda: [1].remove(2), lambda: int("x"), lambda: [1, 2, 3][::0]):
    try:
        action()
    except Exception as error:
        errors.append(repr(error).split("(")[0])
key_error = None
try:
    {}["missing"]
except KeyError as error:
    key_error = str(error), repr(error), error.args
nested_dict = {"a": {"b": [1, 2, {"c": 3}]}}
deep = nested_dict["a"]["b"][2]["c"]
nested_dict["a"]["b"][2]["c"] += 1
tuple_keys = {(1, 2): "t", 1.0: "f", True: "b", None: "n"}
lookups = tuple_keys[(1, 2)], tuple_keys[1], tuple_keys[None], len(tuple_keys)
aliased = [[0] * 2 for _ in range(2)]
shared = [[0] * 2] * 2
aliased[0][0] = shared[0][0] = 1
slice_object = [1, 2, 3, 4][slice(1, 3)], slice(1, 2), slice(5).stop
bytes_ = b"ab", len(b"abc"), "ab".encode() == b"ab", b"ab".decode()
unpacked = [*{"a": 1}], {**{"a": 1}, "b": 2}, [*map(str, range(2))]
del d["a"], items[0]
star_dict = {k: v for d_ in ({"x": 1}, {"y": 2}) for k, v in d_.items()}
