pi, n, name = 3.14159265, 42, "Ada"
f1 = f"{pi:.2f} {n:5d}|{n:<5}|{n:^6}|{n:>05} {name!r} {name:>6} {n=} {pi!s:.4} {{}} {n:,} {1234567.891:,.1f}"
f2 = f"{n:x} {n:b} {n:o} {n:#x} {n:+d} {-n:+} {0.25:%} {12345.678:e} {1e-10:g} {1e20} {n:08.3f}"
f3 = f"{'nested ' + name} {', '.join(str(i) for i in range(3))} {n if n > 3 else 0} {[1, 2]} {dict(a=1)}"
width = 8
f4 = f"{name:{width}}|{name:*^{width}}|{pi:{width}.{2}f}|{True}|{None}|{1.0}|{n!r:>4}"
fmt = "{} {1}" if False else "{0} {1} {0} {name} {name!r:>6} {d[k]} {v.real}".format(1, 2, name="x", d={"k": 3}, v=7)
auto = "{} {:>4} {:.1f} {{}}".format("a", "b", 2.55)
percent = "%s %d %5.2f %r %x %% %-5s| %05d %e" % ("s", 3, 3.14159, "q", 255, "l", 42, 12345.6789)
percent_dict = "%(a)s-%(b)03d" % {"a": 1, "b": 2}
methods = "Hello World".upper(), "ABC".lower(), "hello world".title(), "hello".capitalize(), "aBc".swapcase()
strips = "  x ".strip(), "xxaxx".strip("x"), " a ".lstrip(), " a ".rstrip(), "a.py".removesuffix(".py"), "pre_x".removeprefix("pre_")
splits = "a,b,,c".split(","), " a  b c ".split(), "a b c".split(None, 1), "a,b,c".rsplit(",", 1), "a\nb\n".splitlines(), "k=v=w".partition("="), "a.b.c".rpartition(".")
finds = "hello".find("l"), "hello".rfind("l"), "hello".find("z"), "hello".index("e"), "hello".count("l"), "hello".startswith(("x", "he")), "hello".endswith("lo"), "ell" in "hello"
replaces = "aXbX".replace("X", "-"), "aaa".replace("a", "b", 2), "-".join(["a", "b"]), "x".zfill(3), "-7".zfill(4), "a".ljust(3, "."), "a".rjust(3), "ab".center(5, "*"), "abc".center(6, "-")
tests = "12".isdigit(), "1a".isalnum(), "ab".isalpha(), " ".isspace(), "AB".isupper(), "ab".islower(), "a_1".isidentifier(), "".isdigit(), "1.5".isnumeric()
slices = "hello"[1], "hello"[-1], "hello"[1:3], "hello"[::-1], "hello"[:100]
conversions = str(1), str(1.0), str(True), str(None), str([1, "a"]), repr("it's"), repr('q"'), repr("a\nb\t\\"), str(1e16), str(1e-5), str(123456789.123), str(0.1 + 0.2), repr(b"x")
numbers = int("12"), int(" -7 "), int("ff", 16), int("0b101", 2), int(3.9), int(-3.9), float("1.5"), float("inf"), float("-1e3"), int(True), int("1_000")
codes = ord("a"), chr(97), bin(5), hex(255), oct(8), ascii("x"), format(3.14159, ".3f"), format("x", ">3"), len("héllo")
compare = "a" < "b", "Z" < "a", "abc" == "abc", "a" != "b", max("b", "a"), sorted(["b", "A", "a"])
multi = "a" "b" 'c', r"\n", """x
y"""
table = "hello".translate(str.maketrans("el", "ip")), "hello".translate({ord("l"): None})
iteration = list("abc"), [c.upper() for c in "ab"], "".join(reversed("abc")), dict(enumerate("ab"))
wrapped = str.upper("x"), list(map(str.strip, [" a ", "b "])), "x".join("abc")
format_map = "{a}".format_map({"a": 1}), "{:d}".format(True), "{:s}".format("s"), "{!r}".format("s")
rounding = round(2.5), round(3.5), round(-2.5), round(2.675, 2), round(0.5), round(1.25, 1), round(1234, -2), round(1.0), round(3.14159, 3), round(-0.125, 2)
floats = 7 / 2, 7 // 2, -7 // 2, 7 % 3, -7 % 3, 7.5 // 2, -7.5 % 2, 2 ** 10, 2 ** -1, 2 ** 0.5, 1e3, 10 / 2, 0.1 * 3, 1 / 3
ints = 7 & 3, 5 | 2, 6 ^ 3, ~5, 1 << 10, 1024 >> 3, -5 // 2, divmod(7, 3), divmod(-7, 3), pow(2, 10), pow(3, 4, 5), abs(-3), abs(-2.5), (5).bit_length()
big = 2 ** 62 + 1, 10 ** 18, -(2 ** 60), 2 ** 53 + 1
bools = True + True, True and 1, False or "x", not 1, True == 1, bool([]), bool("a"), True & False, True ^ True, int(False), sum([True, False, True])
is_integer = (2.0).is_integer(), (2.5).is_integer(), float(3).as_integer_ratio()
inf = float("inf") > 10 ** 9, float("nan") == float("nan"), -float("inf"), 1e308 * 10
