import dataclasses
import enum
from abc import ABC, abstractmethod
from collections import namedtuple
from dataclasses import KW_ONLY, InitVar, asdict, astuple, dataclass, field, fields, is_dataclass, replace
from enum import Enum, Flag, IntEnum, IntFlag, StrEnum, auto, unique
from typing import Any, ClassVar, Generic, Literal, NamedTuple, Optional, Protocol, TypedDict, TypeVar, Union, runtime_checkable


@dataclass
class Base:
    dim: int
    depth: int = 2
    names: list = field(default_factory=list)
    registry: ClassVar[dict] = {}


@dataclass
class Derived(Base):
    heads: int = 4
    depth: int = 6
    mlp: Optional[int] = None
    ratio: InitVar[float] = 4.0
    _: KW_ONLY = None
    verbose: bool = field(default=False, repr=False, compare=False)

    def __post_init__(self, ratio):
        if self.mlp is None:
            self.mlp = int(self.dim * ratio)


derived = Derived(64, heads=8)
derived2 = Derived(64, 6, [], 8, verbose=True)
derived_equal = derived == derived2, derived != Derived(32)
derived_fields = [f.name for f in fields(Derived)], [f.default for f in fields(derived) if f.name == "heads"]
replaced = replace(derived, dim=32, ratio=2.0, mlp=None)
as_dict = asdict(derived), astuple(derived)
checks = is_dataclass(Derived), is_dataclass(derived), is_dataclass(3), is_dataclass(derived) and not isinstance(derived, type)
derived.names.append("x")
separate = Derived(1).names, derived.names


@dataclass(frozen=True, order=True)
class Point:
    x: int
    y: int = field(default=0, compare=True)
    label: str = field(default="", compare=False)

    @property
    def norm(self):
        return self.x**2 + self.y**2


try:
    Point(1).x = 3
except dataclasses.FrozenInstanceError as error:
    frozen = str(error)
points = sorted([Point(3), Point(1, 5), Point(1, 2)]), Point(1) < Point(2), Point(1, label="a") == Point(1), Point(3, 4).norm
hashable = {Point(1): "one"}[Point(1)], len({Point(1), Point(1), Point(2)})


@dataclass
class Optim:
    lr: float = 1e-3
    betas: tuple = (0.9, 0.999)


@dataclass
class Model:
    name: str = "vit"
    hidden: int = 32


@dataclass
class Config:
    model: Model = field(default_factory=Model)
    optim: Optim = field(default_factory=lambda: Optim(lr=3e-4))
    tags: dict = field(default_factory=dict)

    @classmethod
    def from_dict(cls, data):
        known = {f.name: f for f in fields(cls)}
        kwargs = {}
        for key, value in data.items():
            if key not in known:
                raise KeyError(key)
            if isinstance(value, dict) and key != "tags":
                value = known[key].default_factory(**value) if False else {"model": Model, "optim": Optim}[key](**value)
            kwargs[key] = value
        return cls(**kwargs)


config = Config.from_dict({"model": {"hidden": 64}, "tags": {"a": 1}})
nested = asdict(config)
config_dict = {k: v for k, v in vars(config).items() if k != "tags"}


@dataclass(kw_only=True, slots=True)
class Strict:
    a: int
    b: int = 2


strict = Strict(a=1)
try:
    Strict(1)
except TypeError:
    positional_refused = True


@dataclass(eq=False, repr=False)
class Quiet:
    a: int = 1

    def __repr__(self):
        return f"<Quiet {self.a}>"


quiet = Quiet(), Quiet() == Quiet()


@dataclass
class Tree:
    value: int
    children: list["Tree"] = field(default_factory=list)

    def total(self):
        return self.value + sum(child.total() for child in self.children)


tree = Tree(1, [Tree(2), Tree(3, [Tree(4)])])
tree_total = tree.total(), asdict(tree)
match derived:
    case Derived(dim=64, heads=h):
        matched = h
match Point(1, 2):
    case Point(1, y):
        matched_positional = y


@dataclass
class Documented:
    a: int = field(default=1, metadata={"help": "h"})


meta_field = fields(Documented)[0].metadata["help"]
same_points = [Point(1)] == [Point(1)], Point(2) in [Point(1), Point(2)], (Point(1), 2) == (Point(1), 2), {"p": Point(1)} == {"p": Point(1)}


class Color(Enum):
    RED = 1
    GREEN = 2
    CRIMSON = 1

    @property
    def pretty(self):
        return self.name.title()

    @classmethod
    def default(cls):
        return cls.GREEN

    def __str__(self):
        return f"color:{self.value}"


color = Color.RED, Color(2), Color["GREEN"], Color.CRIMSON is Color.RED, Color.RED.pretty, str(Color.GREEN), Color.default().name
color_list = list(Color), len(Color), [c.value for c in Color], Color.__members__.keys() == {"RED", "GREEN", "CRIMSON"}
color_checks = Color.RED in Color, isinstance(Color.RED, Color), Color.RED == 1, Color.RED == Color.RED, {Color.RED: 5}[Color(1)]
try:
    Color(9)
except ValueError as error:
    bad_color = str(error)
try:
    Color["BLUE"]
except KeyError as error:
    bad_name = str(error)


class Size(IntEnum):
    SMALL = 8
    LARGE = 16


size = Size.SMALL + 1, Size.SMALL < Size.LARGE, Size(8), int(Size.LARGE), f"{Size.SMALL}", str(Size.SMALL), [0] * 3, max(Size), Size.SMALL == 8


class Act(StrEnum):
    RELU = auto()
    GELU = "gelu_new"


act = Act.RELU, Act.RELU == "relu", f"{Act.GELU}!", str(Act.RELU), Act("relu") is Act.RELU, Act.GELU.upper(), {"relu": 1}[Act.RELU]


class Kind(str, Enum):
    A = "a"
    B = "b"

    def __new__(cls, value):
        obj = str.__new__(cls, value)
        obj._value_ = value
        obj.extra = value * 2
        return obj


kind = Kind.A == "a", Kind("b"), Kind.A.extra, Kind.A.value, Kind.B in ("b", "c")


class Planet(Enum):
    EARTH = (5.97, 6.37)
    MARS = (0.64, 3.39)

    def __init__(self, mass, radius):
        self.mass = mass
        self.radius = radius


planet = Planet.MARS.mass, Planet.EARTH.value, Planet.MARS


class Auto(Enum):
    def _generate_next_value_(name, start, count, last):
        return name.lower()

    FIRST = auto()
    SECOND = auto()


autos = [a.value for a in Auto], Auto("second")


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W


perm = Perm.R.value, (Perm.R | Perm.X).value, bool(Perm.R & Perm.W), Perm.R in Perm.RW, Perm.RW.value, (~Perm.R & Perm.W) == Perm.W


class Bits(IntFlag):
    ONE = 1
    TWO = 2


bits = Bits.ONE | Bits.TWO == 3, int(Bits.ONE | Bits.TWO), Bits(3) & 1
functional = list(Enum("Shade", ["A", "B"]))[1].value, Enum("Pair", {"P": 10}).P.value


class Pos(NamedTuple):
    x: int
    y: int = 0

    @property
    def sum(self):
        return self.x + self.y


pos = Pos(1), Pos(1, 2).sum, Pos(y=3, x=1)._replace(x=9), Pos(1)._asdict(), Pos._fields, Pos(4, 5)[1], tuple(Pos(1, 2)), Pos(1, 2) == (1, 2)
Named = namedtuple("Named", "a b c", defaults=(7,))
named = Named(1, 2), Named(*range(3)), Named._make([4, 5, 6]), Named(1, 2)._replace(c=0), [*Named(1, 2)]
px, py = Pos(8, 9)


class Options(TypedDict, total=False):
    dim: int
    act: str


options: Options = {"dim": 3}
options2 = Options(dim=4, act="relu")


@runtime_checkable
class HasForward(Protocol):
    def forward(self, x): ...


class Impl:
    def forward(self, x):
        return x


protocol = isinstance(Impl(), HasForward), isinstance(3, HasForward)


class Shape(ABC):
    @abstractmethod
    def area(self): ...

    @property
    @abstractmethod
    def name(self): ...

    def describe(self):
        return f"{self.name}: {self.area()}"


class Square(Shape):
    name = "square"

    def __init__(self, a):
        self.a = a

    def area(self):
        return self.a**2


described = Square(3).describe(), isinstance(Square(1), Shape)
T = TypeVar("T")
K = TypeVar("K", bound=Base)


class Stack(Generic[T]):
    def __init__(self, *items: T):
        self.items: list[T] = list(items)

    def pop(self) -> T:
        return self.items.pop()


class IntStack(Stack[int]):
    pass


stack = Stack[int](1, 2).pop(), IntStack(4, 5).pop(), issubclass(IntStack, Stack), Stack[str].__name__ if False else "Stack"


class Box[V]:
    def __init__(self, v: V):
        self.v = v


type Pair[A] = tuple[A, A]


def first[U](xs: list[U]) -> U:
    return xs[0]


generic312 = Box(3).v, Box[int](4).v, first([9])
mode: Literal["a", "b"] = "a"
union = isinstance(3, int | str), isinstance("a", (int, str)), isinstance(2.0, Union[int, float]), isinstance(None, Optional[int])
