from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, Callable, Generic, NamedTuple, Protocol, TypeVar, runtime_checkable

import torch
from torch import Tensor, nn

InT = TypeVar("InT")
OutT = TypeVar("OutT")
M = TypeVar("M", bound=nn.Module)


class Latent(NamedTuple):
    mean: Tensor
    log_var: Tensor

    def sample(self) -> Tensor:
        return self.mean + torch.randn_like(self.mean) * torch.exp(0.5 * self.log_var)


class VAEOutput(NamedTuple):
    reconstruction: Tensor
    latent: Latent

    @property
    def kl(self) -> Tensor:
        mean, log_var = self.latent
        return -0.5 * torch.sum(1 + log_var - mean.pow(2) - log_var.exp(), dim=-1)


@runtime_checkable
class HasFeatures(Protocol):
    out_features: int


class Stage(nn.Module, Generic[InT, OutT], ABC):
    @abstractmethod
    def forward(self, x: InT) -> OutT: ...

    def __rshift__(self, other: Stage[OutT, Any]) -> Pipeline:
        return Pipeline(self, other)


class Pipeline(Stage[Any, Any]):
    def __init__(self, *stages: Stage) -> None:
        super().__init__()
        flat: list[Stage] = []
        for stage in stages:
            flat.extend(stage.stages if isinstance(stage, Pipeline) else [stage])
        self.stages = nn.ModuleList(flat)

    def forward(self, x: Any) -> Any:
        for stage in self.stages:
            x = stage(x)
        return x


def build(cls: Callable[..., M], *args: Any, **kwargs: Any) -> M:
    return cls(*args, **kwargs)
