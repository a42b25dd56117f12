import copy
from collections import OrderedDict

import torch
from torch import nn


def tree(module):
    return [
        (name, type(each).__name__, [(k, tuple(p.shape), p.requires_grad) for k, p in each.named_parameters(recurse=False)])
        for name, each in module.named_modules()
    ]


def names(module):
    return [name for name, _ in module.named_parameters()]


class Block(nn.Module):
    def __init__(self, width=4):
        super().__init__()
        self.fc1 = nn.Linear(width, 8)
        self.act = nn.ReLU()
        self.fc2 = nn.Linear(8, width)
        self.register_buffer("scale", torch.ones(width))
        self.register_buffer("hidden", torch.zeros(2), persistent=False)
        self.register_buffer("empty", None)
        self.register_parameter("missing", None)
        self.gain = nn.Parameter(torch.zeros(width))

    def forward(self, x):
        return self.fc2(self.act(self.fc1(x))) * self.scale + self.gain


block = Block()
registered = list(block._modules), list(block._parameters), list(block._buffers), block.missing, block.empty
states = list(block.state_dict()), [n for n, _ in block.named_buffers()], [tuple(b.shape) for b in block.buffers()]
lookups = block.get_submodule("fc1").out_features, tuple(block.get_parameter("fc2.weight").shape), tuple(block.get_buffer("scale").shape), block.get_submodule("") is block
try:
    block.get_submodule("nope")
except AttributeError as error:
    no_submodule = str(error)
children = [n for n, _ in block.named_children()], [type(m).__name__ for m in block.children()], len(list(block.modules()))
prefixed = [n for n, _ in block.named_parameters(prefix="net")][:2], [n for n, _ in block.named_modules(prefix="net")], [n for n, _ in block.named_buffers(prefix="b", recurse=False)], [n for n, _ in block.named_parameters(recurse=False)]
# replacing
block.act = nn.Identity()
block.fc2 = nn.Linear(block.fc2.in_features, 4, bias=False)
replaced = tree(block)
block.fc1 = None
with_none = names(block), block.fc1, list(block._modules), [n for n, _ in block.named_modules()]
del block.fc1
block.extra = nn.Conv2d(1, 2, 3)
block.add_module("added", nn.Linear(1, 1))
block.register_module("registered", nn.Tanh())
after_delete = hasattr(block, "fc1"), names(block), [n for n, _ in block.named_children()]
block.scale = torch.ones(7)
buffer_changed = tuple(block.scale.shape), list(block._buffers)
try:
    block.extra = torch.ones(3)
except TypeError as error:
    bad_child = str(error)
try:
    block.add_module("a.b", nn.ReLU())
except KeyError as error:
    dotted = str(error)
try:
    block.register_buffer("gain", torch.ones(1))
except KeyError as error:
    exists = str(error)
block.plain = [1, 2]
block.plain_module = 5
block.plain_module = nn.ReLU()
turned = "plain_module" in block.__dict__, "plain_module" in block._modules
block.gain = None
none_parameter = names(block), block.gain
block.set_submodule("added", nn.Linear(2, 3))
set_child = tuple(block.added.weight.shape)
# sequential
seq = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 4), nn.Tanh())
sliced = tree(seq[1:3]), len(seq[:-1]), type(seq[0]).__name__, type(seq[-1]).__name__, [type(m).__name__ for m in seq[::2]]
seq[1] = nn.GELU()
del seq[3]
seq.append(nn.Sigmoid()).append(nn.Linear(4, 2))
seq.insert(0, nn.Flatten())
seq.extend([nn.Dropout(0.1), nn.Identity()])
edited = tree(seq)
popped = type(seq.pop(-1)).__name__, len(seq), type(seq.pop(0)).__name__, [n for n, _ in seq.named_children()]
added = tree(nn.Sequential(nn.ReLU()) + nn.Sequential(nn.Tanh())), len(seq + nn.Sequential(nn.ReLU()))
seq += nn.Sequential(nn.ReLU(), nn.ReLU6())
grown = [(n, type(m).__name__) for n, m in seq.named_children()]
named_seq = nn.Sequential(OrderedDict(conv=nn.Conv2d(1, 2, 3), act=nn.ReLU()))
named_seq.add_module("norm", nn.BatchNorm2d(2))
by_name = [n for n, _ in named_seq.named_children()], type(named_seq.norm).__name__, type(named_seq[2]).__name__, [n for n, _ in named_seq[1:].named_children()]
cut = nn.Sequential(*list(named_seq.children())[:-1])
cut_tree = [(n, type(m).__name__) for n, m in cut.named_children()], cut[0] is named_seq[0]
multiplied = len(nn.Sequential(nn.ReLU(), nn.Tanh()) * 2)
# lists and dicts
layers = nn.ModuleList([nn.Linear(1, 1) for _ in range(3)])
layers.insert(1, nn.ReLU())
layers[0] = nn.Tanh()
layers += [nn.Sigmoid()]
del layers[-2]
listed = [(n, type(m).__name__) for n, m in layers.named_children()], [type(m).__name__ for m in layers[1:]], type(layers[1:]).__name__, layers.pop(0).__class__.__name__, len(layers), [type(m).__name__ for m in reversed(layers)], layers[0] in layers
del layers[0:2]
rest = [(n, type(m).__name__) for n, m in layers.named_children()]
joined = nn.ModuleList([nn.ReLU()]) + [nn.Tanh()]
joined_names = [type(m).__name__ for m in joined], type(joined).__name__
layers.extend(nn.ModuleList([nn.GELU()]))
heads = nn.ModuleDict({"a": nn.Linear(1, 2), "b": nn.ReLU()})
heads["c"] = nn.Linear(2, 2)
heads.update({"d": nn.Tanh()})
heads.update([("e", nn.Identity())])
del heads["b"]
keyed = list(heads), list(heads.keys()), [type(m).__name__ for m in heads.values()], "a" in heads, "b" in heads, len(heads), type(heads.pop("d")).__name__, [(k, type(v).__name__) for k, v in heads.items()], names(heads)
heads.clear()
cleared = len(heads)
params = nn.ParameterList([nn.Parameter(torch.zeros(i + 1)) for i in range(3)])
params.append(torch.ones(5))
listed_parameters = [tuple(p.shape) for p in params], names(params), len(params), type(params[-1]).__name__, isinstance(params[3], nn.Parameter)
table = nn.ParameterDict({"w": nn.Parameter(torch.zeros(2, 2))})
table["v"] = nn.Parameter(torch.zeros(3))
tabled = list(table.keys()), names(table), tuple(table["v"].shape), "w" in table
# sharing and copying
shared = nn.Linear(3, 3)
twice = nn.Sequential(shared, nn.ReLU(), shared)
sharing = names(twice), [n for n, _ in twice.named_parameters(remove_duplicate=False)], [n for n, _ in twice.named_modules()], [n for n, _ in twice.named_modules(remove_duplicate=False)], sum(p.numel() for p in twice.parameters()), len(list(twice.children()))
deep = copy.deepcopy(twice)
copied = deep[0] is deep[2], deep[0] is shared, sum(p.numel() for p in deep.parameters())
shallow = copy.copy(twice)
shallow_shares = shallow[0] is shared
stack = nn.ModuleList([copy.deepcopy(shared) for _ in range(2)])
unshared = sum(p.numel() for p in stack.parameters())
tied = nn.ModuleDict({"enc": nn.Embedding(5, 3), "dec": nn.Linear(3, 5, bias=False)})
tied["dec"].weight = tied["enc"].weight
tied_counts = sum(p.numel() for p in tied.parameters()), names(tied), tied["dec"].weight is tied["enc"].weight
tied_copy = copy.deepcopy(tied)
tied_copied = tied_copy["dec"].weight is tied_copy["enc"].weight, tied_copy["dec"].weight is tied["dec"].weight
# freezing
model = nn.Sequential(OrderedDict(body=nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2)), head=nn.Linear(2, 1)))
for name, p in model.named_parameters():
    if not name.startswith("head"):
        p.requires_grad = False
frozen = [p.requires_grad for p in model.parameters()], sum(p.numel() for p in model.parameters() if p.requires_grad)
model.requires_grad_(True)
model.body[0].requires_grad_(False)
for p in list(model.parameters())[-1:]:
    p.requires_grad_(False)
model.body[1].weight.requires_grad = False
refrozen = [(n, p.requires_grad) for n, p in model.named_parameters()]
children_frozen = 0
for child in list(model.children())[:1]:
    for p in child.parameters():
        p.requires_grad = False
        children_frozen += p.numel()
modes = model.training, model.eval().training, model.body[0].training, model.train().body[1].training, model.train(False).head.training
applied = []
model.apply(lambda m: applied.append(type(m).__name__))


@torch.no_grad()
def init(m):
    if isinstance(m, nn.Linear):
        m.weight.fill_(1.0)
        nn.init.zeros_(m.bias)


chained = model.apply(init) is model, model.to("cpu") is model, model.float() is model, model.half().train() is model, model.zero_grad() is None
types = isinstance(model, nn.Module), issubclass(Block, nn.Module), isinstance(model.body, nn.Sequential), isinstance(model, (nn.ModuleList, nn.Sequential)), type(model.head) is nn.Linear, model._get_name()
# swapping layers of a kind


def swap(module, old, new):
    for name, child in module.named_children():
        if isinstance(child, old):
            setattr(module, name, new(child))
        else:
            swap(child, old, new)
    return module


swapped = tree(swap(copy.deepcopy(model), nn.BatchNorm1d, lambda m: nn.LayerNorm(m.num_features)))
deeper = copy.deepcopy(model)
parent_name, _, leaf = "body.0".rpartition(".")
setattr(deeper.get_submodule(parent_name), leaf, nn.Linear(2, 2, bias=False))
by_path = names(deeper)
model._modules["head"] = nn.Linear(2, 9)
through_dict = model.head.out_features
_loaded = model.load_state_dict(model.state_dict())
load_result = _loaded.missing_keys, _loaded.unexpected_keys
del model.head
without_head = [n for n, _ in model.named_children()], hasattr(model, "head")
iterated = [type(m).__name__ for m in seq], [i for i, m in enumerate(seq) if isinstance(m, nn.Linear)], dict(seq.named_children()).keys() == {str(i) for i in range(len(seq))}, max(int(n) for n, _ in seq.named_children())
