big = 2**64 + 1, 10**30 // 7, (2**70) % 1000, -(2**65) // 3, 2**53 + 1, 3**50 * 3**20, (1 << 80) >> 75, int("123456789012345678901234567890"), hash(1) == hash(1.0)
floor = -7 // 2, -7 % 2, 7 // -2, 7 % -2, -7.5 // 2, -7.5 % 2, divmod(-7, 3), divmod(7.5, 2), 0 // 5, -1 // 10**20
rounded = round(0.5), round(1.5), round(2.5), round(-0.5), round(2.675, 2), round(1234, -2), round(1250, -2), round(1350, -2), round(2.5, 0), round(1e20), round(0.1 + 0.2, 10), round(-1.5)
conversions = int(3.99), int(-3.99), int("0x1f", 16), int(" 42 "), int("1_000"), float("1e3"), float("inf"), int(True), bool([]), bool("False"), str(1.0), repr(1e16), repr(1e-5), 1e22, 123456789.123456789, float("nan") != float("nan")
floats = 0.1 + 0.2, 1 / 3, 2 / 1, 1e100, 1.5e-10, 100000000000000000.0, 1e15, 1e16, 3.0, -0.0, 5e-324, 1.7976931348623157e308, 2**0.5, 2**-1, 10 / 5, 1_000.5
bits = 5 & 3, 5 | 3, 5 ^ 3, ~5, 1 << 10, -8 >> 1, 0b101, 0o17, 0xFF, bin(10), hex(255), oct(8), (255).bit_length(), (6).bit_count()
formats = f"{3.14159:.2f}", f"{42:05d}", f"{1234567:,}", f"{0.25:.0%}", f"{'x':>5}|{'y':<3}|{'z':^5}", f"{255:#x}", f"{5:b}", f"{1e10:g}", f"{1234.5:e}", f"{3:+d}", f"{'abc':.2}", f"{1000000:_}", f"{-5: d}", f"{5:*^9}", f"{3.0}", f"{True}", f"{None!s:>6}", f"{'a'!r}", f"{1.0:.3g}", f"{123456789.0:.3g}", f"{0.00001234:g}", f"{12:3}|{12:<4}|", f"{2.5:.0f}", f"{3.5:.0f}", f"{1e-7}", f"{100:.1e}", f"{3.14159:8.3f}|", f"{1234.5678:,.2f}", f"{7:>{3 + 2}}"
debug = f"{big[4]=}", f"{1 + 1 = }", f"{'a' + 'b'=!s}"
nested = f"{f'{3:02d}':>5}", f"{'{'}x{'}'}", f"{{literal}}", f"{[i for i in range(3)]}", f"{ {'a': 1}['a'] }", f"{'x' if big else 'y'}"
old = "%d %s %.2f %5d|%-5s|%05.1f %x %r %%" % (1, "a", 2.5, 3, "b", 4.56, 255, "q"), "%(a)s-%(b)03d" % {"a": "x", "b": 5}, "%s" % (1,), "%s" % [1, 2], "%e %g %i" % (12345.678, 0.0001, 3.7), "%c%o" % ("z", 8)
dotted = "{} {}".format(1, "a"), "{1}{0}".format("a", "b"), "{x:>4}{y!r}".format(x=1, y="s"), "{0[1]} {0[0]}".format([1, 2]), "{a.real}".format(a=3), "{:{w}.{p}f}".format(3.14159, w=8, p=2), "{{}}".format(), "{:,}".format(1234567), "{:>{}}".format("a", 4), "{k[x]}".format(k={"x": 5})
strings = "a,b,,c".split(","), "a b  c".split(), "a,b,c".rsplit(",", 1), "abc".partition("b"), "a.b.c".rpartition("."), "x".join(["a", "b"]), " s ".strip(), "xxaxx".strip("x"), "abc".replace("b", "BB"), "abcabc".find("c", 3), "abc".index("b"), "aXbX".count("X"), "Ab".swapcase(), "ab cd".title(), "abc".capitalize(), "5".zfill(3), "-5".zfill(4), "a".center(5, "*"), "a".ljust(3, "."), "a".rjust(3), "abc".startswith(("x", "a")), "abc".endswith("c", 1), "prefix_x".removeprefix("prefix_"), "x.py".removesuffix(".py"), "a\nb\r\nc".splitlines(), "aBc".casefold(), "abc".translate(str.maketrans("ab", "xy")), "a\tb".expandtabs(4), "abc".isalpha(), "12".isdigit(), "a1".isalnum(), "A".isupper(), " ".isspace(), "a_1".isidentifier(), "e".encode("utf-8"), b"ab".decode(), "abc"[::-1], "abc"[-2:], "abc" * 2, "b" in "abc", "a" < "b", ord("a"), chr(98), "%s" % "x", "a" "b", r"\n", "\x41\u00e9", "abc".rfind("z"), "aaa".replace("a", "b", 2), "A-B".lower().upper(), sorted("bca"), "a-b_c".split("-", maxsplit=1), ascii("é"), "abc".find("")
slices = [0, 1, 2, 3, 4][1:4], [0, 1, 2, 3, 4][::-2], [0, 1, 2][5:], [0, 1, 2][-2:], (1, 2, 3)[:-1], range(10)[2:8:2], range(10)[-1], list(range(5, 0, -2)), len(range(0, 10, 3)), 4 in range(0, 10, 2), "hello"[1:-1:2], slice(1, 10, 2).indices(5), range(5)[::-1], range(3) == range(0, 3, 1), range(10).index(4), range(0)
xs = list(range(6))
xs[1:3] = ["a", "b", "c"]
xs[::3] = [0, 0, 0]
del xs[-2:]
xs[len(xs):] = [9]
ys = [1, 2, 3]
ys *= 2
ys += (7,)
ys.insert(-1, 5)
ys.remove(2)
ys.reverse()
popped = ys.pop(0), ys.pop(), ys.index(1), ys.count(1), ys.copy() == ys, sorted(ys, reverse=True), ys
sorts = sorted(["bb", "a", "ccc"], key=len), sorted([3, 1, 2], key=lambda x: -x), sorted([("a", 2), ("b", 1)], key=lambda t: t[1]), sorted({"b": 1, "a": 2}), sorted([True, 0, 2]), min([3, 1], key=lambda x: -x), max("a", "bbb", key=len), min([], default=5), max({"a": 1, "b": 3}, key={"a": 1, "b": 3}.get), sorted([1, 2, 3], key=lambda v: v % 2), list(reversed([1, 2])), sum([[1], [2]], []), sum([0.1] * 3), sum(x * x for x in range(4)), any(x > 2 for x in [1, 3]), all([]), list(zip([1, 2], "ab", strict=True)), list(enumerate("ab", start=1)), list(map(lambda a, b: a + b, [1, 2], [3, 4])), list(filter(None, [0, 1, "", "a"])), dict(zip("ab", range(2))), [*map(str, range(2))], abs(-3), pow(2, 10, 1000), pow(2, -1), divmod(7, 3)
d = {"a": 1, "b": 2, **{"c": 3}}
d |= {"d": 4}
d.update(e=5, a=10)
d.setdefault("f", []).append(1)
dicts = d, d.pop("b"), d.pop("zz", None), d.get("q"), list(d), list(d.items())[-1], {k: v for k, v in d.items() if isinstance(v, int)}, dict.fromkeys("ab", 0), {**d, "a": 0} | {"z": 1}, "a" in d, len(d), list(reversed(d)), d.keys() & {"a", "q"}, dict(a=1, **{"b": 2}), dict([("x", 1)]), {1: "a", True: "b"}, {1.0: "x", 1: "y"}, next(iter(d)), d.popitem(), dict(d) == d, d.keys() - {"a"} == {"c", "d", "e"}
_s = {1, 2, 3}
sets = sorted(_s | {4}), _s & {2, 9}, sorted(_s - {1}), sorted(_s ^ {3, 4}), _s <= {1, 2, 3, 4}, {1} < _s, _s.isdisjoint({9}), len({1, 1, 2}), frozenset([1, 2]) == {1, 2}, sorted(_s.union([7], (8,))), _s.issuperset([1]), sorted({x % 2 for x in _s}), set("aab") == {"a", "b"}
a, *b, c = range(5)
(d1, (e1, *f1)), *g1 = [(1, (2, 3, 4)), 5, 6]
first, *_ = "abc"
unpacked = [*range(2), *"ab", *{"k": 1}], (*[1], 2), sorted({*[1, 2], 3}), {**{"a": 1}, "b": 2}, [a, b, c, d1, e1, f1, g1, first]
x = y = [1]
chain = 1 < 2 < 3, 1 < 3 > 2, 1 == 1 != 2, not 1 > 2 > 3, (1 < 2) == True, x is y, x is not [1], 1 in [1] in [[1]], None is None
walrus = [(n := len(w)) * 2 for w in ["a", "bb"]], n, (z := 5) + z, [last := i for i in range(3)][-1], last
ternary = "a" if [] else "b", [] or "x", 0 and 1, None or 0 or [], not [], 1 and 2, "" or None
comps = [(i, j) for i in range(3) for j in range(i) if (i + j) % 2], [[j for j in range(i)] for i in range(3)], {i: [k for k in range(i)] for i in range(3)}, sorted({(i, j) for i in range(2) for j in range(1)}), sum(i for i in range(10) if i % 2 if i > 3), [x for x in (y for y in range(3))], [lambda: i for i in range(3)][0](), [f() for f in [lambda i=i: i for i in range(3)]], dict((k, v) for k, v in [("a", 1)]), [a + b for a, b in zip([1, 2], [3, 4])], [i if i % 2 else -i for i in range(4)]
tuples = (1,) + (2, 3), (1, 2) * 2, (1, 2) < (1, 3), (1, 2, 1).count(1), (5, 6).index(6), tuple([1, 2]), (), (1, "a", None), ((1, 2), 3)[0][1], (1, 2) == (1.0, 2.0), [1, [2]] == [1, [2]], [1, 2] < [1, 2, 0]
types_ = type(1) is int, type(1.0).__name__, type("").__name__, type(None).__name__, isinstance(True, int), type(True) is bool, issubclass(bool, int), type([]) == list, callable(print), type(lambda: 0).__name__, isinstance(int, type), int.__name__, type(type).__name__, isinstance(1, (str, (int, float)))
numbers = (3).real, (2.0).is_integer(), (0.75).as_integer_ratio(), int(1e18), 7 .__add__(3), (5).__mul__(2), int.__add__(1, 2), max(1, 2.0), min(1, 1.0), 10**-2, 0.1 * 3, 1e3 == 1000, 3 == 3.0, 2**63 == 2.0**63, 2**53 + 1 == float(2**53)
bytes_ = b"abc"[0], b"abc"[1:], len(b"ab"), b"a" + b"b"
star = print.__name__, [print] == [print], max(*[1, 5], 3), "{}{}".format(*"ab"), "{x}".format(**{"x": 1}), (lambda *a, **k: (a, k))(1, *[2], z=3, **{"y": 4})
