import contextlib

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils import parametrizations, parametrize, prune
from torch.utils.checkpoint import checkpoint, checkpoint_sequential


def tree(module):
    return [
        (name, type(each).__name__, [(k, tuple(p.shape)) for k, p in each.named_parameters(recurse=False)])
        for name, each in module.named_modules()
    ]


def shape(x):
    return tuple(x.shape)


x = torch.zeros(2, 8)
image = torch.zeros(2, 3, 8, 8)
# old-style normalisation of weights
wn = torch.nn.utils.weight_norm(nn.Linear(8, 4))
weight_normed = tree(wn), shape(wn.weight), shape(wn(x)), [n for n, _ in wn.named_parameters()]
wn_dim = torch.nn.utils.weight_norm(nn.Conv2d(3, 4, 3), dim=None)
weight_normed_whole = tree(wn_dim), shape(wn_dim(image))
torch.nn.utils.remove_weight_norm(wn)
weight_removed = [n for n, _ in wn.named_parameters()], shape(wn(x))
sn = torch.nn.utils.spectral_norm(nn.Conv2d(3, 4, 3, bias=False))
spectral = tree(sn), [(n, shape(b)) for n, b in sn.named_buffers()], shape(sn(image)), list(sn.state_dict())
torch.nn.utils.remove_spectral_norm(sn)
spectral_removed = [n for n, _ in sn.named_parameters()], [n for n, _ in sn.named_buffers()]
# parametrisations
pw = parametrizations.weight_norm(nn.Linear(8, 4))
parametrized = tree(pw), shape(pw.weight), shape(pw(x)), type(pw).__name__, isinstance(pw, nn.Linear), pw.in_features
ps = parametrizations.spectral_norm(nn.Linear(8, 4))
parametrized_spectral = tree(ps), [(n, shape(b)) for n, b in ps.named_buffers()], sum(p.numel() for p in ps.parameters()), shape(ps(x))
po = parametrizations.orthogonal(nn.Linear(8, 8))
tall = parametrizations.orthogonal(nn.Linear(8, 4))
orthogonal_buffers = [(n, shape(b)) for n, b in tall.named_buffers()], tree(tall)
parametrized_orthogonal = sum(p.numel() for p in po.parameters()), shape(po.weight), type(po).__name__


class Symmetric(nn.Module):
    def forward(self, w):
        return w.triu() + w.triu(1).transpose(-1, -2)


class Scaled(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(size, 1))

    def forward(self, w):
        return w * self.scale


own = nn.Linear(6, 6)
parametrize.register_parametrization(own, "weight", Symmetric())
own_tree = tree(own), shape(own(torch.zeros(1, 6))), parametrize.is_parametrized(own), parametrize.is_parametrized(own, "bias")
parametrize.register_parametrization(own, "weight", Scaled(6))
twice = tree(own), sum(p.numel() for p in own.parameters())
parametrize.remove_parametrizations(own, "weight")
unparametrized = tree(own), type(own).__name__
both = nn.Sequential(parametrizations.weight_norm(nn.Conv2d(3, 4, 3)), nn.ReLU())
both_names = [n for n, _ in both.named_parameters()], shape(both(image))
# pruning
pruned = prune.l1_unstructured(nn.Linear(8, 4), name="weight", amount=0.3)
prune_tree = tree(pruned), [n for n, _ in pruned.named_buffers()], shape(pruned(x)), sum(p.numel() for p in pruned.parameters())
prune.remove(pruned, "weight")
prune_removed = [n for n, _ in pruned.named_parameters()], [n for n, _ in pruned.named_buffers()]
random_pruned = nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 2))
for module in random_pruned:
    if isinstance(module, nn.Linear):
        prune.random_unstructured(module, "weight", amount=0.5)
random_tree = [n for n, _ in random_pruned.named_parameters()]
# what changes nothing
model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 4))
wrapped = nn.DataParallel(model)
data_parallel = [n for n, _ in wrapped.named_parameters()], wrapped.module is model, shape(wrapped(x)), type(wrapped).__name__
with torch.no_grad(), torch.autocast("cpu", enabled=False):
    quiet = shape(model(x))
with torch.inference_mode():
    inferred = shape(model(x))
with torch.set_grad_enabled(False), torch.enable_grad(), contextlib.nullcontext():
    graded = shape(model(x))


@torch.no_grad()
def evaluate(m, y):
    return m(y)


@torch.inference_mode()
def infer(m, y):
    return m(y)


class Decorated(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 3)

    @torch.no_grad()
    def encode(self, y):
        return self.fc(y)

    @torch.autocast("cpu", enabled=False)
    def cast(self, y):
        return self.fc(y)

    @property
    def device(self):
        return next(self.parameters()).device

    @property
    def dtype(self):
        return next(self.parameters()).dtype

    def forward(self, y):
        return checkpoint(self.fc, y, use_reentrant=False)


decorated = Decorated()
transparent = shape(evaluate(model, x)), shape(infer(model, x)), shape(decorated.encode(x)), shape(decorated.cast(x)), shape(decorated(x)), str(decorated.dtype), shape(checkpoint_sequential(model, 2, x, use_reentrant=False)), shape(torch.utils.checkpoint.checkpoint(model, x, use_reentrant=False))
scripted = shape(torch.jit.script(nn.Linear(8, 2))(x))
# hooks
log = []
hooked = nn.Linear(8, 4)
handle = hooked.register_forward_hook(lambda m, args, out: log.append((type(m).__name__, tuple(args[0].shape), tuple(out.shape))))
hooked(x)
handle.remove()
hooked(x)
hook_log = log, len(hooked._forward_hooks)
changing = nn.Linear(8, 4)
changing.register_forward_hook(lambda m, args, out: out.sum(dim=1))
changed_output = shape(changing(x))
before = nn.Linear(8, 4)
before.register_forward_pre_hook(lambda m, args: (args[0][:, :8],))
cut_input = shape(before(torch.zeros(2, 10)))
single = nn.Linear(8, 4)
single.register_forward_pre_hook(lambda m, args: args[0].repeat(3, 1))
repeated_input = shape(single(x))
keyword = Decorated()
keyword.register_forward_hook(lambda m, args, kwargs, out: out.unsqueeze(0), with_kwargs=True)
keyword_output = shape(keyword(y=x))
_features = {}


def save(name):
    def hook(module, inputs, output):
        _features[name] = output.detach()

    return hook


for name, layer in model.named_children():
    layer.register_forward_hook(save(name))
model(x)
collected = {name: tuple(f.shape) for name, f in _features.items()}
hooked_twice = nn.Linear(8, 8)
hooked_twice.register_forward_hook(lambda m, a, o: o[:, :4])
hooked_twice.register_forward_hook(lambda m, a, o: o[:, :2], prepend=True)
order_of_hooks = shape(hooked_twice(x))
# parameters by hand
vector = nn.utils.parameters_to_vector(decorated.parameters())
flat = shape(vector), nn.utils.clip_grad_norm_ is not None
fused = torch.nn.utils.fusion.fuse_conv_bn_eval(nn.Conv2d(3, 4, 3, bias=False).eval(), nn.BatchNorm2d(4).eval())
fusion = tree(fused), shape(fused(image))
functional = shape(torch.func.functional_call(decorated.fc, dict(decorated.fc.named_parameters()), (x,)))
skipped = type(nn.utils.skip_init(nn.Linear, 3, 4)).__name__, shape(nn.utils.skip_init(nn.Linear, 3, 4).weight)
