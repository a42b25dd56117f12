"""Backbones by name: a registry filled by a decorator, mixins, abstract bases, and a builder from nested configs."""
from abc import ABC, abstractmethod
from enum import Enum
from typing import Callable, Dict, NamedTuple, Type

import torch
from torch import nn

BACKBONES: Dict[str, Type[nn.Module]] = {}


def register(name: str) -> Callable[[Type[nn.Module]], Type[nn.Module]]:
    def wrapper(cls):
        if name in BACKBONES:
            raise KeyError(f"{name} is taken")
        BACKBONES[name] = cls
        return cls

    return wrapper


class Norm(Enum):
    BATCH = "batch"
    GROUP = "group"
    NONE = "none"


def make_norm(norm: Norm, channels: int) -> nn.Module:
    match norm:
        case Norm.BATCH:
            return nn.BatchNorm2d(channels)
        case Norm.GROUP:
            return nn.GroupNorm(min(8, channels), channels)
        case _:
            return nn.Identity()


class Features(NamedTuple):
    maps: torch.Tensor
    pooled: torch.Tensor


class PoolMixin:
    def pool(self, x):
        return x.flatten(2).mean(-1)


class Backbone(PoolMixin, nn.Module, ABC):
    @property
    @abstractmethod
    def out_channels(self) -> int: ...

    @abstractmethod
    def extract(self, x): ...

    def forward(self, x):
        maps = self.extract(x)
        return Features(maps, pooled=self.pool(maps))

    @classmethod
    def from_config(cls, cfg: dict) -> "Backbone":
        options = {k: v for k, v in cfg.items() if k != "type"}
        return cls(**options)


class ResNeXtBlock(nn.Module):
    def __init__(self, channels, cardinality, reduction=4, norm=Norm.BATCH):
        super().__init__()
        width = channels // 2
        self.transform = nn.Sequential(
            nn.Conv2d(channels, width, 1, bias=False), make_norm(norm, width), nn.ReLU(),
            nn.Conv2d(width, width, 3, padding=1, groups=cardinality, bias=False), make_norm(norm, width), nn.ReLU(),
            nn.Conv2d(width, channels, 1, bias=False), make_norm(norm, channels),
        )
        self.squeeze = nn.Sequential(
            nn.Linear(channels, channels // reduction), nn.ReLU(), nn.Linear(channels // reduction, channels), nn.Sigmoid()
        )

    def forward(self, x):
        y = self.transform(x)
        w = self.squeeze(y.mean((2, 3)))[..., None, None]
        return torch.relu(x + y * w)


@register("resnext")
class ResNeXt(Backbone):
    def __init__(self, widths=(32, 64), blocks=2, cardinality=8, norm="batch"):
        super().__init__()
        norm = Norm(norm)
        self._out = widths[-1]
        body, c = [], 3
        for w in widths:
            body.append(nn.Conv2d(c, w, 2, 2))
            body.extend(ResNeXtBlock(w, cardinality, norm=norm) for _ in range(blocks))
            c = w
        self.body = nn.Sequential(*body)

    @property
    def out_channels(self):
        return self._out

    def extract(self, x):
        return self.body(x)


@register("shuffle")
class Shuffle(Backbone):
    out_channels = 48

    def __init__(self, groups: int = 4):
        super().__init__()
        self.stem = nn.Conv2d(3, 24, 3, stride=2, padding=1)
        self.mix = nn.Conv2d(24, 48, 1, groups=groups)
        self.groups = groups

    def shuffle(self, x):
        n, c, h, w = x.shape
        return x.view(n, self.groups, c // self.groups, h, w).transpose(1, 2).reshape(n, c, h, w)

    def extract(self, x):
        return self.shuffle(self.mix(torch.relu(self.stem(x))))


class Classifier(nn.Module):
    def __init__(self, cfg):
        super().__init__()
        self.backbone = BACKBONES[cfg["backbone"]["type"]].from_config(cfg["backbone"])
        heads = cfg.get("heads") or {"label": 10}
        self.heads = nn.ModuleDict()
        for name, n in heads.items():
            self.heads[name] = nn.Linear(self.backbone.out_channels, n)

    def forward(self, x):
        features = self.backbone(x)
        return {name: head(features.pooled) for name, head in self.heads.items()}


BASE = {"backbone": {"type": "resnext", "widths": (32, 64), "norm": "group"}}

resnext = Classifier(BASE)
shuffle = Classifier({**BASE, "backbone": {"type": "shuffle"}, "heads": {"species": 200, "age": 1}})
