/**
 * `torch.fx.Tracer`: runs `forward` on proxies, with calls of modules and reads of parameters led through the tracer.
 * Where that comes by something that cannot be traced or is not known, the whole graph is not known.
 */
export const source = `
import inspect
import math
import torch
from torch import nn
from torch.fx import _patching
from torch.fx.graph import Graph
from torch.fx.graph_module import GraphModule
from torch.fx.proxy import ParameterProxy, TracerBase


class Tracer(TracerBase):
    def __init__(self, autowrap_modules=(math,), autowrap_functions=(), param_shapes_constant=False):
        super().__init__()
        self._autowrap_modules = autowrap_modules
        self._autowrap_functions = autowrap_functions
        self.param_shapes_constant = param_shapes_constant
        self.submodule_paths = None

    def create_arg(self, a):
        if isinstance(a, nn.Parameter):
            for name, parameter in self.root.named_parameters():
                if a is parameter:
                    return self.create_node("get_attr", name, (), {})
            raise NameError("parameter is not a member of this module")
        if isinstance(a, torch.Tensor):
            for name, buffer in self.root.named_buffers():
                if a is buffer:
                    return self.create_node("get_attr", name, (), {})
            return self.create_node("get_attr", self._constant(a), (), {})
        if isinstance(a, nn.Module):
            for name, module in self.root.named_modules():
                if a is module:
                    return self.create_node("get_attr", name, (), {})
        if isinstance(a, tuple) and hasattr(a, "_fields"):
            return self.create_node("call_function", a.__class__, tuple(self.create_arg(each) for each in a), {})
        return super().create_arg(a)

    def _constant(self, tensor):
        for known, name in self._constants:
            if known is tensor:
                return name
        count = 0
        while hasattr(self.root, "_tensor_constant" + str(count)):
            count += 1
        name = "_tensor_constant" + str(count)
        self._constants.append((tensor, name))
        setattr(self.root, name, tensor)
        return name

    def is_leaf_module(self, m, module_qualified_name):
        of_torch = m.__module__.startswith("torch.nn") or m.__module__.startswith("torch.ao.nn")
        return of_torch and not isinstance(m, nn.Sequential)

    def path_of_module(self, mod):
        path = self.submodule_paths.get(mod)
        if path is None:
            raise NameError("module is not installed as a submodule")
        return path

    def call_module(self, m, forward, args, kwargs):
        name = self.path_of_module(m)
        if not self.is_leaf_module(m, name):
            return forward(*args, **kwargs)
        return self.create_proxy("call_module", name, args, kwargs)

    def getattr(self, attr, attr_val, parameter_proxy_cache):
        if isinstance(attr_val, nn.Parameter):
            return self._proxy_of(attr_val, self.root.named_parameters(), parameter_proxy_cache)
        if self.proxy_buffer_attributes and isinstance(attr_val, torch.Tensor):
            return self._proxy_of(attr_val, self.root.named_buffers(), parameter_proxy_cache)
        return attr_val

    def _proxy_of(self, value, named, cache):
        for name, tensor in named:
            if value is not tensor:
                continue
            if name not in cache:
                if self.param_shapes_constant:
                    factory = lambda node: ParameterProxy(self, node, name, value)
                    cache[name] = self.create_proxy("get_attr", name, (), {}, proxy_factory_fn=factory)
                else:
                    cache[name] = self.create_proxy("get_attr", name, (), {})
            return cache[name]
        return value

    def trace(self, root, concrete_args=None):
        return _patching.traced(self, self._trace, root, concrete_args)

    def _trace(self, root, concrete_args):
        is_module = isinstance(root, nn.Module)
        if is_module:
            self.root = root
            fn = getattr(type(root), self.traced_func_name)
            if fn is nn.Sequential.forward:
                fn = _sequence
            self.submodule_paths = {module: name for name, module in root.named_modules()}
        else:
            self.root = nn.Module()
            fn = root
        self.graph = Graph(tracer_cls=self.__class__)
        self._constants = [
            (value, name + "." + key if name else key)
            for name, module in self.root.named_modules()
            for key, value in vars(module).items()
            if isinstance(value, torch.Tensor)
        ]
        args, kwargs = self._arguments(inspect.signature(fn).parameters.values(), is_module, concrete_args or {})
        cache = {}
        output = _patching.patched(
            lambda: fn(*args, **kwargs),
            lambda module, forward, args, kwargs: self.call_module(module, forward, args, kwargs),
            lambda name, value: self.getattr(name, value, cache),
            lambda function, args, kwargs: self._call_of(function, args, kwargs),
            self._autowrap_modules,
            self._autowrap_functions,
        )
        self.create_node("output", "output", (self.create_arg(output),), {})
        self.submodule_paths = None
        return self.graph

    def _call_of(self, function, args, kwargs):
        proxy = self.create_proxy("call_function", function, args, kwargs)
        proxy.node.meta["is_wrapped"] = True
        return proxy

    def _arguments(self, parameters, is_module, concrete):
        args, kwargs = [], {}
        for place, parameter in enumerate(parameters):
            if is_module and place == 0:
                args.append(self.root)
                continue
            name = parameter.name
            if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD):
                raise NotImplementedError("tracing a function of any number of arguments")
            if name in concrete:
                value = concrete[name]
                if not (value is None or isinstance(value, (bool, int, float, str))):
                    raise NotImplementedError("tracing with concrete arguments that are no plain values")
                self.create_proxy("placeholder", name + "_1", (), {})
            else:
                default = () if parameter.default is parameter.empty else (parameter.default,)
                value = self.create_proxy("placeholder", name, default, {})
            if parameter.kind is parameter.KEYWORD_ONLY:
                kwargs[name] = value
            else:
                args.append(value)
        return args, kwargs


def _sequence(self, input):
    for module in self:
        input = module(input)
    return input


def symbolic_trace(root, concrete_args=None):
    tracer = Tracer()
    graph = tracer.trace(root, concrete_args)
    name = root.__class__.__name__ if isinstance(root, nn.Module) else root.__name__
    return GraphModule(tracer.root, graph, name)
`;
