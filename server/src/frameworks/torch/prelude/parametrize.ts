/**
 * `torch.nn.utils.parametrize` and what is built on it, in Python: a parametrised module gets a class of its own, whose
 * property computes the weight of what is kept under `parametrizations`. Values are left out; shapes and names follow.
 */
export const parametrize = `
import torch
from torch import nn
from contextlib import nullcontext as cached


class ParametrizationList(nn.ModuleList):
    def __init__(self, modules, original, unsafe=False):
        super().__init__(modules)
        self.unsafe = unsafe
        new = original
        for module in reversed(self):
            if hasattr(module, "right_inverse"):
                try:
                    new = module.right_inverse(new)
                except NotImplementedError:
                    pass
        self.is_tensor = isinstance(new, torch.Tensor)
        self.ntensors = 1 if self.is_tensor else len(new)
        if self.is_tensor:
            if not isinstance(original, nn.Parameter):
                self.register_buffer("original", new)
            elif new is original or new.shape == original.shape:
                self.original = original
            else:
                self.original = nn.Parameter(new, original.requires_grad)
        else:
            for i, part in enumerate(new):
                if isinstance(original, nn.Parameter):
                    setattr(self, "original" + str(i), nn.Parameter(part, original.requires_grad))
                else:
                    self.register_buffer("original" + str(i), part)

    def forward(self):
        if self.is_tensor:
            x = self[0](self.original)
        else:
            x = self[0](*[getattr(self, "original" + str(i)) for i in range(self.ntensors)])
        for i in range(1, len(self)):
            x = self[i](x)
        return x


def _inject(module, name):
    def get(self):
        return self.parametrizations[name]()

    def set(self, value):
        return None

    setattr(module.__class__, name, property(get, set))


def is_parametrized(module, tensor_name=None):
    parametrizations = getattr(module, "parametrizations", None)
    if parametrizations is None or not isinstance(parametrizations, nn.ModuleDict):
        return False
    return len(parametrizations) > 0 if tensor_name is None else tensor_name in parametrizations


def type_before_parametrizations(module):
    return module.__class__.__bases__[0] if is_parametrized(module) else type(module)


def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    parametrization.train(module.training)
    if is_parametrized(module, tensor_name):
        module.parametrizations[tensor_name].append(parametrization)
    elif tensor_name in module._buffers or tensor_name in module._parameters:
        original = getattr(module, tensor_name)
        parametrizations = ParametrizationList([parametrization], original, unsafe=unsafe)
        delattr(module, tensor_name)
        if not is_parametrized(module):
            module.__class__ = type("Parametrized" + module.__class__.__name__, (module.__class__,), {})
            module.parametrizations = nn.ModuleDict()
        _inject(module, tensor_name)
        module.parametrizations[tensor_name] = parametrizations
    else:
        raise ValueError("Module does not have a parameter, a buffer, or a parametrized element with name " + tensor_name)
    return module


def remove_parametrizations(module, tensor_name, leave_parametrized=True):
    if not is_parametrized(module, tensor_name):
        raise ValueError("Module does not have a parametrization on " + tensor_name)
    parametrizations = module.parametrizations[tensor_name]
    if parametrizations.is_tensor and not leave_parametrized:
        original = parametrizations.original
    elif parametrizations.is_tensor and isinstance(parametrizations.original, nn.Parameter):
        original = nn.Parameter(getattr(module, tensor_name), parametrizations.original.requires_grad)
    elif parametrizations.is_tensor:
        original = getattr(module, tensor_name)
    else:
        original = nn.Parameter(getattr(module, tensor_name))
    delattr(module.__class__, tensor_name)
    del module.parametrizations[tensor_name]
    if isinstance(original, nn.Parameter):
        module.register_parameter(tensor_name, original)
    else:
        module.register_buffer(tensor_name, original)
    if not is_parametrized(module):
        delattr(module, "parametrizations")
        module.__class__ = module.__class__.__bases__[0]
    return module
`;

export const parametrizations = `
import torch
from torch import nn
from torch.nn.utils import parametrize


class _WeightNorm(nn.Module):
    def __init__(self, dim=0):
        super().__init__()
        self.dim = -1 if dim is None else dim

    def forward(self, weight_g, weight_v):
        return weight_v * 1.0

    def right_inverse(self, weight):
        if self.dim == -1:
            return torch.zeros(()), weight
        dim = self.dim if self.dim >= 0 else self.dim + weight.ndim
        return torch.zeros([size if i == dim else 1 for i, size in enumerate(weight.shape)]), weight


def weight_norm(module, name="weight", dim=0):
    parametrize.register_parametrization(module, name, _WeightNorm(dim), unsafe=True)
    return module


class _SpectralNorm(nn.Module):
    def __init__(self, weight, n_power_iterations=1, dim=0, eps=1e-12):
        super().__init__()
        self.dim = dim if dim >= 0 else dim + weight.ndim
        self.eps = eps
        if weight.ndim > 1:
            self.n_power_iterations = n_power_iterations
            self.register_buffer("_u", torch.empty(weight.shape[self.dim]))
            self.register_buffer("_v", torch.empty(weight.numel() // weight.shape[self.dim]))

    def forward(self, weight):
        return weight * 1.0

    def right_inverse(self, value):
        return value


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    weight = getattr(module, name)
    if dim is None:
        dim = 1 if isinstance(module, (nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d)) else 0
    parametrize.register_parametrization(module, name, _SpectralNorm(weight, n_power_iterations, dim, eps))
    return module


class _Orthogonal(nn.Module):
    def __init__(self, weight, use_trivialization=True):
        super().__init__()
        if use_trivialization:
            self.register_buffer("base", None)

    def forward(self, X):
        return X * 1.0

    def right_inverse(self, Q):
        if hasattr(self, "base"):
            n, k = Q.size(-2), Q.size(-1)
            large = max(n, k)
            self.base = torch.zeros(*Q.shape[:-2], large, large)
        return Q


def orthogonal(module, name="weight", orthogonal_map=None, *, use_trivialization=True):
    weight = getattr(module, name)
    parametrize.register_parametrization(module, name, _Orthogonal(weight, use_trivialization), unsafe=True)
    return module
`;

export const prune = `
import torch
from torch import nn


def _prune(module, name):
    if hasattr(module, name + "_mask"):
        return module
    original = getattr(module, name)
    module.register_parameter(name + "_orig", original)
    del module._parameters[name]
    module.register_buffer(name + "_mask", torch.ones_like(original))
    setattr(module, name, original * getattr(module, name + "_mask"))
    return module


def identity(module, name):
    return _prune(module, name)


def random_unstructured(module, name, amount):
    return _prune(module, name)


def l1_unstructured(module, name, amount, importance_scores=None):
    return _prune(module, name)


def random_structured(module, name, amount, dim):
    return _prune(module, name)


def ln_structured(module, name, amount, n, dim, importance_scores=None):
    return _prune(module, name)


def custom_from_mask(module, name, mask):
    return _prune(module, name)


def global_unstructured(parameters, pruning_method, importance_scores=None, **kwargs):
    for module, name in parameters:
        _prune(module, name)


def remove(module, name):
    original = getattr(module, name + "_orig")
    delattr(module, name)
    del module._parameters[name + "_orig"]
    del module._buffers[name + "_mask"]
    setattr(module, name, original)
    return module


def is_pruned(module):
    return any(name.endswith("_mask") for name, _ in module.named_buffers())


class BasePruningMethod:
    pass


class RandomUnstructured(BasePruningMethod):
    pass


class L1Unstructured(BasePruningMethod):
    pass
`;

export const fusion = `
import copy

import torch
from torch import nn


def fuse_conv_bn_eval(conv, bn, transpose=False):
    fused = copy.deepcopy(conv)
    fused.bias = nn.Parameter(torch.zeros_like(bn.running_mean), conv.bias is None or conv.bias.requires_grad)
    return fused


def fuse_linear_bn_eval(linear, bn):
    fused = copy.deepcopy(linear)
    fused.bias = nn.Parameter(torch.zeros_like(bn.running_mean), linear.bias is None or linear.bias.requires_grad)
    return fused
`;

export const convenience = `
import torch


def skip_init(module_cls, *args, **kwargs):
    kwargs.pop("device", None)
    return module_cls(*args, **kwargs)


def parameters_to_vector(parameters):
    return torch.cat([parameter.view(-1) for parameter in parameters])


def vector_to_parameters(vec, parameters):
    return None
`;
