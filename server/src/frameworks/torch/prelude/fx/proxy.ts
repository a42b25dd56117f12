/** `torch.fx.proxy`: what flows through a model in place of tensors and writes down what is done with it. */
export const source = `
import operator
from dataclasses import fields, is_dataclass
from torch.fx import _patching
from torch.fx.graph import Graph
from torch.fx.node import Node


class TraceError(ValueError):
    pass


class TracerBase:
    trace_asserts = False
    check_mutable_operations = False
    proxy_buffer_attributes = False
    record_stack_traces = False
    traced_func_name = "forward"

    def create_node(self, kind, target, args, kwargs, name=None, type_expr=None):
        return self.graph.create_node(kind, target, args, kwargs, name, type_expr)

    def proxy(self, node):
        return Proxy(node, self)

    def create_proxy(self, kind, target, args, kwargs, name=None, type_expr=None, proxy_factory_fn=None):
        node = self.create_node(kind, target, self.create_arg(args), self.create_arg(kwargs), name, type_expr)
        return self.proxy(node) if proxy_factory_fn is None else proxy_factory_fn(node)

    def create_arg(self, a):
        _patching.known(a)
        if isinstance(a, Proxy):
            return a.node
        if hasattr(a, "__fx_create_arg__"):
            return a.__fx_create_arg__(self)
        if isinstance(a, tuple):
            made = [self.create_arg(each) for each in a]
            return type(a)(*made) if hasattr(a, "_fields") else tuple(made)
        if isinstance(a, list):
            return [self.create_arg(each) for each in a]
        if isinstance(a, dict):
            return {key: self.create_arg(value) for key, value in a.items()}
        if isinstance(a, slice):
            return slice(self.create_arg(a.start), self.create_arg(a.stop), self.create_arg(a.step))
        if is_dataclass(a):
            kwargs = {field.name: self.create_arg(getattr(a, field.name)) for field in fields(a)}
            return self.create_node("call_function", a.__class__, (), kwargs)
        return a

    def to_bool(self, obj):
        raise TraceError("symbolically traced variables cannot be used as inputs to control flow")

    def iter(self, obj):
        raise TraceError("Proxy object cannot be iterated")

    def keys(self, obj):
        return Attribute(obj, "keys")()


class GraphAppendingTracer(TracerBase):
    def __init__(self, graph):
        self.graph = graph


def _operator(target):
    def method(self, *args):
        return self.tracer.create_proxy("call_function", target, (self,) + args, {})

    return method


def _reflected(target):
    def method(self, other):
        return self.tracer.create_proxy("call_function", target, (other, self), {})

    return method


class Proxy:
    __eq__ = _operator(operator.eq)
    __ne__ = _operator(operator.ne)
    __lt__ = _operator(operator.lt)
    __gt__ = _operator(operator.gt)
    __le__ = _operator(operator.le)
    __ge__ = _operator(operator.ge)
    __pos__ = _operator(operator.pos)
    __neg__ = _operator(operator.neg)
    __invert__ = _operator(operator.invert)
    __abs__ = _operator(operator.abs)
    __add__ = _operator(operator.add)
    __radd__ = _reflected(operator.add)
    __sub__ = _operator(operator.sub)
    __rsub__ = _reflected(operator.sub)
    __mul__ = _operator(operator.mul)
    __rmul__ = _reflected(operator.mul)
    __floordiv__ = _operator(operator.floordiv)
    __rfloordiv__ = _reflected(operator.floordiv)
    __truediv__ = _operator(operator.truediv)
    __rtruediv__ = _reflected(operator.truediv)
    __mod__ = _operator(operator.mod)
    __rmod__ = _reflected(operator.mod)
    __pow__ = _operator(operator.pow)
    __rpow__ = _reflected(operator.pow)
    __lshift__ = _operator(operator.lshift)
    __rlshift__ = _reflected(operator.lshift)
    __rshift__ = _operator(operator.rshift)
    __rrshift__ = _reflected(operator.rshift)
    __and__ = _operator(operator.and_)
    __rand__ = _reflected(operator.and_)
    __or__ = _operator(operator.or_)
    __ror__ = _reflected(operator.or_)
    __xor__ = _operator(operator.xor)
    __rxor__ = _reflected(operator.xor)
    __matmul__ = _operator(operator.matmul)
    __rmatmul__ = _reflected(operator.matmul)
    __getitem__ = _operator(operator.getitem)
    __hash__ = object.__hash__

    def __init__(self, node, tracer=None):
        self.tracer = GraphAppendingTracer(node.graph) if tracer is None else tracer
        self.node = node

    def __repr__(self):
        return "Proxy(" + self.node.name + ")"

    def __getattr__(self, k):
        return Attribute(self, k)

    def __deepcopy__(self, memo):
        return self

    def __call__(self, *args, **kwargs):
        return self.tracer.create_proxy("call_method", "__call__", (self,) + args, kwargs)

    def __unpack__(self, count):
        return [self[i] for i in range(count)]

    def __iter__(self):
        return self.tracer.iter(self)

    def __bool__(self):
        return self.tracer.to_bool(self)

    def __len__(self):
        raise RuntimeError("'len' is not supported in symbolic tracing by default")

    def keys(self):
        return self.tracer.keys(self)

    @classmethod
    def __torch_function__(cls, orig_method, types, args=None, kwargs=None):
        args = args if args else ()
        kwargs = kwargs if kwargs else {}
        tracer = _patching.overriding(Proxy, args, kwargs).tracer
        if _patching.is_method(orig_method):
            return tracer.create_proxy("call_method", orig_method.__name__, args, kwargs)
        name = tracer.graph._target_to_str(orig_method.__name__)
        return tracer.create_proxy("call_function", orig_method, args, kwargs, name=name)


class Attribute(Proxy):
    def __init__(self, root, attr):
        self.root = root
        self.attr = attr
        self.tracer = root.tracer
        self._node = None

    @property
    def node(self):
        if self._node is None:
            self._node = self.tracer.create_proxy("call_function", getattr, (self.root, self.attr), {}).node
        return self._node

    def __call__(self, *args, **kwargs):
        return self.tracer.create_proxy("call_method", self.attr, (self.root,) + args, kwargs)


class ParameterProxy(Proxy):
    def __init__(self, tracer, node, name, param):
        super().__init__(node, tracer)
        self.param = param
        self.name = name

    @property
    def shape(self):
        return self.param.shape

    @property
    def ndim(self):
        return self.param.ndim

    def size(self):
        return self.param.size()

    def dim(self):
        return self.param.dim()

    def numel(self):
        return self.param.numel()

    def nelement(self):
        return self.param.nelement()
`;
