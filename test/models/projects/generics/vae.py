from __future__ import annotations

import math
from typing import Generic, TypeVar

from torch import Tensor, nn

from interfaces import Latent, Stage, VAEOutput, build
from stages import FlattenStage, GaussianStage, MLPStage, UnflattenStage

E = TypeVar("E", bound=Stage)
D = TypeVar("D", bound=Stage)


class VAE(nn.Module, Generic[E, D]):
    def __init__(self, encoder: E, decoder: D) -> None:
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder

    def forward(self, x: Tensor) -> VAEOutput:
        latent: Latent = self.encoder(x)
        z = latent.sample() if self.training else latent.mean
        reconstruction = self.decoder(z)
        return VAEOutput(reconstruction, latent)


def image_vae(shape: tuple[int, ...] = (1, 28, 28), hidden: tuple[int, ...] = (256, 64), latent_dim: int = 12) -> VAE[Stage, Stage]:
    size = math.prod(shape)
    trunk = build(MLPStage, [size, *hidden])
    encoder = FlattenStage() >> trunk >> GaussianStage(trunk, latent_dim)
    decoder = MLPStage([latent_dim, *reversed(hidden), size], activation=nn.GELU, last=True) >> UnflattenStage(shape)
    return VAE[Stage, Stage](encoder, decoder)
