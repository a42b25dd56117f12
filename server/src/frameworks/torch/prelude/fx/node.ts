/** `torch.fx.node`: one step of a graph, with the steps that it uses and those that use it. */
export const source = `
def map_arg(a, fn):
    return map_aggregate(a, lambda x: fn(x) if isinstance(x, Node) else x)


def map_aggregate(a, fn):
    if isinstance(a, tuple):
        mapped = [map_aggregate(each, fn) for each in a]
        return type(a)(*mapped) if hasattr(a, "_fields") else tuple(mapped)
    if isinstance(a, list):
        return [map_aggregate(each, fn) for each in a]
    if isinstance(a, dict):
        return {key: map_aggregate(value, fn) for key, value in a.items()}
    if isinstance(a, slice):
        return slice(map_aggregate(a.start, fn), map_aggregate(a.stop, fn), map_aggregate(a.step, fn))
    return fn(a)


class Node:
    def __init__(self, graph, name, op, target, args, kwargs, return_type=None):
        self.graph = graph
        self.name = name
        self.op = op
        self.target = target
        self.type = return_type
        self.meta = {}
        self.users = {}
        self._input_nodes = {}
        self._args = ()
        self._kwargs = {}
        self._use(args, kwargs)

    def _use(self, args, kwargs):
        for used in self._input_nodes:
            used.users.pop(self, None)
        self._args = args
        self._kwargs = kwargs
        self._input_nodes = {}
        map_arg((args, kwargs), self._input_nodes.setdefault)
        for used in self._input_nodes:
            used.users[self] = None

    @property
    def args(self):
        return self._args

    @args.setter
    def args(self, args):
        self._use(tuple(args), self._kwargs)

    @property
    def kwargs(self):
        return self._kwargs

    @kwargs.setter
    def kwargs(self, kwargs):
        self._use(self._args, dict(kwargs))

    @property
    def all_input_nodes(self):
        return list(self._input_nodes)

    @property
    def next(self):
        nodes = self.graph._nodes
        return nodes[nodes.index(self) + 1]

    @property
    def prev(self):
        nodes = self.graph._nodes
        return nodes[nodes.index(self) - 1]

    def update_arg(self, idx, arg):
        args = list(self._args)
        args[idx] = arg
        self.args = tuple(args)

    def update_kwarg(self, key, arg):
        self.kwargs = {**self._kwargs, key: arg}

    def replace_input_with(self, old_input, new_input):
        replaced = map_arg((self._args, self._kwargs), lambda node: new_input if node is old_input else node)
        self._use(*replaced)

    def replace_all_uses_with(self, replace_with, delete_user_cb=lambda user: True, *, propagate_meta=False):
        users = [user for user in self.users if delete_user_cb(user)]
        for user in users:
            user.replace_input_with(self, replace_with)
        return users

    def is_impure(self, impure_random=True):
        if self.op in ("placeholder", "output"):
            return True
        return self.op == "call_function" and _has_side_effect(self.target)

    def __repr__(self):
        return self.name

    __str__ = __repr__


_side_effects = (
    "_assert _assert_async setitem rand randn randint randperm rand_like randn_like randint_like normal poisson "
    "bernoulli multinomial"
).split()


def _has_side_effect(target):
    return getattr(target, "__name__", "") in _side_effects
`;
