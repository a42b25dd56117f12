import torch
import torch.nn as nn


class InitMixin:
    """Calls `init_layer` for every layer once the object is built."""

    def init_weights(self):
        for module in self.modules():
            if module is not self:
                self.init_layer(module)
        return self

    def init_layer(self, module):
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            nn.init.xavier_uniform_(module.weight)
            if module.bias is not None:
                nn.init.zeros_(module.bias)


class FreezeMixin:
    def freeze(self, *prefixes):
        for name, parameter in self.named_parameters():
            if not prefixes or name.startswith(prefixes):
                parameter.requires_grad_(False)
        return self

    def frozen_names(self):
        return [name for name, p in self.named_parameters() if not p.requires_grad]

    def train(self, mode=True):
        super().train(mode)
        if mode:
            for module in self.modules():
                if isinstance(module, nn.BatchNorm2d) and not module.weight.requires_grad:
                    module.eval()
        return self


class NormalizeMixin:
    """Takes `mean` and `std` out of the keyword arguments and normalises what `forward` gets."""

    def __init__(self, *args, mean=(0.5,), std=(0.25,), **kwargs):
        super().__init__(*args, **kwargs)
        self.register_buffer("mean", torch.as_tensor(mean).view(-1, 1, 1))
        self.register_buffer("std", torch.as_tensor(std).view(-1, 1, 1))

    def normalize(self, x):
        return (x - self.mean) / self.std


class HeadMixin:
    head_class = None
    head_kwargs = {}

    def build_head(self, channels, **kwargs):
        options = {**self.head_kwargs, **kwargs}
        return self.head_class(channels, **options)
