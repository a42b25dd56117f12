/** `torch.fx.GraphModule`: a module that runs a graph, and holds of its root what the graph names. */
export const source = `
import torch
from torch import nn
from torch.fx import _patching
from torch.fx.graph import Graph

_USER_PRESERVED_ATTRIBUTES_KEY = "_user_preserved_attributes"


class _CodeOnlyModule(nn.Module):
    def __init__(self, body):
        super().__init__()
        self.__dict__ = body


def _copy_attr(from_module, to_module, target):
    *prefix, field = target.split(".")
    for item in prefix:
        f = getattr(from_module, item)
        t = getattr(to_module, item, None)
        if f is t:
            return
        if t is None:
            t = nn.Module()
            setattr(to_module, item, t)
        from_module, to_module = f, t
    _assign(to_module, field, getattr(from_module, field))


def _assign_attr(from_obj, to_module, target):
    *prefix, field = target.split(".")
    for item in prefix:
        t = getattr(to_module, item, None)
        if t is None:
            t = nn.Module()
            setattr(to_module, item, t)
        to_module = t
    _assign(to_module, field, from_obj)


def _assign(module, field, value):
    if isinstance(value, torch.Tensor) and not isinstance(value, nn.Parameter):
        module.register_buffer(field, value)
    else:
        setattr(module, field, value)


def _get_attr(model, name):
    for part in name.split("."):
        model = getattr(model, part)
    return model


class GraphModule(nn.Module):
    def __new__(cls, *args, **kwargs):
        for base in cls.__mro__:
            if base.__name__ != "GraphModuleImpl":
                cls = base
                break

        class GraphModuleImpl(cls):
            pass

        return super().__new__(GraphModuleImpl)

    def __init__(self, root, graph, class_name="GraphModule"):
        super().__init__()
        self.__class__.__name__ = class_name
        self.meta = {}
        self._tracer_cls = None
        if not _patching.holds(self, graph):
            return
        if isinstance(root, nn.Module):
            self.training = root.training
            for node in graph.nodes:
                if node.op in ("get_attr", "call_module"):
                    _copy_attr(root, self, node.target)
        else:
            targets = [node.target for node in graph.nodes if node.op in ("get_attr", "call_module")]
            for target in sorted(targets, key=lambda each: each.count(".")):
                _assign_attr(root[target], self, target)
        self.graph = graph
        self._tracer_cls = graph._tracer_cls

    @property
    def graph(self):
        return self._graph

    @graph.setter
    def graph(self, g):
        self._graph = g
        g.owning_module = self
        self.recompile()

    @property
    def code(self):
        return _patching.unknown("the text of generated code")

    def recompile(self):
        # The class is this object's alone, as its signature is.
        inputs = self._graph.find_nodes(op="placeholder")
        defaults = {node.target: node.args[0] for node in inputs if node.args}
        type(self).forward = _patching.with_parameters(_forward, [node.target for node in inputs], defaults)
        return _patching.unknown("the text of generated code")

    def add_submodule(self, target, m):
        _assign_attr(m, self, target)
        return True

    def delete_submodule(self, target):
        *prefix, field = target.split(".")
        delattr(_get_attr(self, ".".join(prefix)) if prefix else self, field)
        return True

    def delete_all_unused_submodules(self):
        used = set()
        for node in self._graph.nodes:
            if node.op in ("get_attr", "call_module"):
                parts = node.target.split(".")
                used.update(".".join(parts[: end + 1]) for end in range(len(parts)))
                if node.op == "call_module":
                    used.update(node.target + "." + name for name, _ in self.get_submodule(node.target).named_modules())
        for name in [name for name, _ in self.named_modules() if name and name not in used]:
            if "." not in name or name.rpartition(".")[0] in used:
                self.delete_submodule(name)

    def print_readable(self, print_output=True, include_stride=False, include_device=False, colored=False):
        return _patching.unknown("the text of generated code")

    def __deepcopy__(self, memo):
        import copy

        holder = {}
        for node in self._graph.nodes:
            if node.op in ("get_attr", "call_module") and node.target not in holder:
                holder[node.target] = copy.deepcopy(_get_attr(self, node.target), memo)
        copied = GraphModule(holder, copy.deepcopy(self._graph), self.__class__.__name__)
        copied.training = self.training
        return copied


def _forward(self):
    from torch.fx.interpreter import Interpreter

    given = locals()
    return Interpreter(self).run(*[given[node.target] for node in self._graph.find_nodes(op="placeholder")])
`;
