/**
 * `torch.fx.graph`: steps in the order in which they run. Their names are PyTorch's, since people ask for them: the
 * target in snake case, with a number behind it where the name is taken or a builtin.
 */
export const source = `
import builtins
import keyword
import re
from torch.fx import _patching
from torch.fx.node import Node, map_arg

_name = re.compile("^([a-zA-Z_][0-9a-zA-Z_]*?)(?:_([0-9]+))?$")
_illegal = re.compile("[^0-9a-zA-Z_]+")
_camel = re.compile("(?<=[a-z])([A-Z])")


_reserved = ("inf", "nan", "NoneType", "torch", "device", "fx_pytree", "pytree")


def _is_reserved(name):
    return keyword.iskeyword(name) or name in _reserved or hasattr(builtins, name)


class _Names:
    def __init__(self):
        self.used = set()
        self.counts = {}

    def create(self, candidate):
        candidate = _illegal.sub("_", candidate) or "_unnamed"
        if candidate[0].isdigit():
            candidate = "_" + candidate
        base, number = _name.match(candidate).group(1, 2)
        if number is None or candidate in self.used:
            count = self.counts.get(base, 0)
            if _is_reserved(candidate):
                count += 1
                candidate = base + "_" + str(count)
        else:
            count = int(number)
        while candidate in self.used:
            count += 1
            candidate = base + "_" + str(count)
        self.used.add(candidate)
        self.counts[base] = count
        return candidate


class _InsertPoint:
    def __init__(self, graph, place):
        self.graph = graph
        self.before = graph._place
        graph._place = place

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        self.graph._place = self.before


class Graph:
    def __init__(self, owning_module=None, tracer_cls=None, tracer_extras=None):
        self.owning_module = owning_module
        self._tracer_cls = tracer_cls
        self._tracer_extras = tracer_extras
        self._nodes = []
        self._names = _Names()
        # The node that new ones go in front of; at the end where there is none.
        self._place = None

    @property
    def nodes(self):
        return list(self._nodes)

    def find_nodes(self, *, op, target=None, sort=True):
        return [n for n in self._nodes if n.op == op and (target is None or n.target == target)]

    def create_node(self, op, target, args=None, kwargs=None, name=None, type_expr=None):
        _patching.certain()
        candidate = name if name is not None else self._target_to_str(target)
        args = () if args is None else args
        kwargs = {} if kwargs is None else kwargs
        node = Node(self, self._names.create(candidate), op, target, args, kwargs, type_expr)
        if self._place is None:
            self._nodes.append(node)
        else:
            self._nodes.insert(self._nodes.index(self._place), node)
        return node

    def _target_to_str(self, target):
        if callable(target):
            name = target.__name__
        else:
            name = target
            if name.startswith("__") and name.endswith("__") and len(name) > 4:
                name = name[2:-2]
        return _camel.sub(r"_\\1", name).lower()

    def erase_node(self, to_erase):
        if len(to_erase.users) > 0:
            raise RuntimeError("Tried to erase Node " + str(to_erase) + " but it still had users in the graph")
        to_erase._use((), {})
        self._nodes.remove(to_erase)

    def inserting_before(self, n=None):
        return _InsertPoint(self, self._nodes[0] if n is None and self._nodes else n)

    def inserting_after(self, n=None):
        place = 0 if n is None else self._nodes.index(n) + 1
        return _InsertPoint(self, self._nodes[place] if place < len(self._nodes) else None)

    def placeholder(self, name, type_expr=None, default_value=_patching.missing):
        args = () if default_value is _patching.missing else (default_value,)
        return self.create_node("placeholder", name, args, type_expr=type_expr)

    def get_attr(self, qualified_name, type_expr=None):
        return self.create_node("get_attr", qualified_name, type_expr=type_expr)

    def call_module(self, module_name, args=None, kwargs=None, type_expr=None):
        return self.create_node("call_module", module_name, args, kwargs, type_expr=type_expr)

    def call_method(self, method_name, args=None, kwargs=None, type_expr=None):
        return self.create_node("call_method", method_name, args, kwargs, type_expr=type_expr)

    def call_function(self, the_function, args=None, kwargs=None, type_expr=None, name=None):
        return self.create_node("call_function", the_function, args, kwargs, name, type_expr)

    def output(self, result, type_expr=None):
        return self.create_node("output", "output", (result,), type_expr=type_expr)

    def output_node(self):
        return self.find_nodes(op="output")[0]

    def node_copy(self, node, arg_transform=lambda x: x):
        args, kwargs = map_arg((node.args, node.kwargs), arg_transform)
        return self.create_node(node.op, node.target, args, kwargs, node.name, node.type)

    def eliminate_dead_code(self, is_impure_node=None):
        kept = len(self._nodes)
        for node in reversed(self.nodes):
            stays = node.is_impure() if is_impure_node is None else is_impure_node(node)
            if not stays and len(node.users) == 0:
                self.erase_node(node)
        return len(self._nodes) < kept

    def lint(self):
        return None

    def print_tabular(self):
        return None

    def on_generate_code(self, make_transformer):
        return _patching.unknown("how code is generated")

    def __deepcopy__(self, memo=None):
        copied = Graph(tracer_cls=self._tracer_cls, tracer_extras=self._tracer_extras)
        same = {}
        for node in self._nodes:
            same[node] = copied.node_copy(node, lambda used: same[used])
        return copied
`;
