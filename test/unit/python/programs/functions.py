def defaults(a, b=2, *args, c=3, **kwargs):
    return a, b, args, c, kwargs

d1 = defaults(1)
d2 = defaults(1, 5, 6, 7, c=8, x=9, y=10)
d3 = defaults(*[1, 2, 3], **{"c": 4, "z": 5})
d4 = defaults(b=1, a=2)

def positional(a, b, /, c, *, d=4):
    return a, b, c, d

p1 = positional(1, 2, 3)
p2 = positional(1, 2, c=3, d=5)

def mutable(item, items=[]):
    items.append(item)
    return items

m1 = list(mutable(1))
m2 = list(mutable(2))

def counter():
    count = 0
    def step(by=1):
        nonlocal count
        count += by
        return count
    return step

step = counter()
step()
step(5)
count = step()

adders = [lambda x: x + i for i in range(3)]
late = [f(10) for f in adders]
early = [(lambda x, i=i: x + i)(10) for i in range(3)]

total = 0
def bump():
    global total
    total += 1
for _ in range(4):
    bump()

def decorator(n):
    def wrap(fn):
        def inner(*args, **kwargs):
            return fn(*args, **kwargs) * n
        return inner
    return wrap

@decorator(2)
@decorator(3)
def value(x):
    return x + 1

decorated = value(4)

def recursive(n):
    return 1 if n <= 1 else n * recursive(n - 1)

factorial = recursive(10)
big = recursive(25)

def attributes(): pass
attributes.flag = 7
flag = attributes.flag
name = attributes.__name__

def several():
    return 1, 2, 3
a, b, c = several()
first, *rest = range(5)
*most, last = "abcd"
(x, (y, z)), w = (1, (2, 3)), 4
swap1, swap2 = 1, 2
swap1, swap2 = swap2, swap1
chained = other = [1]
chained.append(2)

errors = []
for bad in (lambda: defaults(), lambda: positional(a=1, b=2, c=3), lambda: positional(1, 2, 3, 4), lambda: defaults(1, a=2), lambda: (lambda: 0)(1)):
    try:
        bad()
    except TypeError as error:
        errors.append(type(error).__name__)

early_return = []
def search(items, wanted):
    for i, item in enumerate(items):
        if item == wanted:
            return i
    else:
        early_return.append("else")
    return -1
found = search("abc", "b"), search("abc", "z")
if (n := len("walrus")) > 3:
    walrus = n
walrus_list = [last_ := v * 2 for v in range(3)], last_
conditional = "yes" if n else "no"
short = (0 or "x", 1 and "y", None or 0, [] and 1, not [])
comparison = 1 < 2 < 3, 1 < 3 < 2, 1 == 1.0, "a" < "b", (1, 2) < (1, 3), [1] == [1], None is None
varargs = (lambda *a, **k: (a, sorted(k)))(1, 2, q=1, p=2)
scoped = [name2 for name2 in "ab"]
del chained[0]
