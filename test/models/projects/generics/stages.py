from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import torch
from torch import Tensor, nn

from interfaces import HasFeatures, Latent, Stage


class MLPStage(Stage[Tensor, Tensor]):
    def __init__(self, sizes: Sequence[int], *, activation: type[nn.Module] = nn.ReLU, last: bool = False) -> None:
        super().__init__()
        layers: list[nn.Module] = []
        for i, (a, b) in enumerate(zip(sizes[:-1], sizes[1:])):
            layers.append(nn.Linear(a, b))
            if not last or i < len(sizes) - 2:
                layers.append(activation())
        self.net = nn.Sequential(*layers)
        self.out_features: Final = sizes[-1]

    def forward(self, x: Tensor) -> Tensor:
        return self.net(x)


class FlattenStage(Stage[Tensor, Tensor]):
    def forward(self, x: Tensor) -> Tensor:
        return x.flatten(start_dim=1)


class GaussianStage(Stage[Tensor, Latent]):
    def __init__(self, source: HasFeatures | int, latent_dim: int) -> None:
        super().__init__()
        features = source.out_features if isinstance(source, HasFeatures) else source
        self.to_stats = nn.Linear(features, 2 * latent_dim)

    def forward(self, x: Tensor) -> Latent:
        mean, log_var = self.to_stats(x).chunk(2, dim=-1)
        return Latent(mean, log_var.clamp(-8, 8))


class UnflattenStage(Stage[Tensor, Tensor]):
    def __init__(self, shape: tuple[int, ...]) -> None:
        super().__init__()
        self.shape = shape

    def forward(self, x: Tensor) -> Tensor:
        return torch.sigmoid(x).unflatten(-1, self.shape)
