from __future__ import annotations

import typing as t
from dataclasses import dataclass

import torch
from torch import nn

from .blocks import ConformerBlock, Subsampling
from .features import LogMel

if t.TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class SpeechNetConfig:
    vocab: int = 32
    dim: int = 96
    depth: int = 2
    heads: int = 4
    n_mels: int = 40


class SpeechNet(nn.Module):
    presets: t.ClassVar[dict[str, SpeechNetConfig]] = {
        "small": SpeechNetConfig(),
        "medium": SpeechNetConfig(dim=128, depth=3, n_mels=64),
    }

    def __init__(self, config: SpeechNetConfig | None = None):
        super().__init__()
        config = config or SpeechNetConfig()
        self.config = config
        self.features = LogMel(config.n_mels)
        self.subsampling = Subsampling(config.n_mels, config.dim)
        self.blocks = nn.ModuleList()
        for _ in range(config.depth):
            self.blocks.append(ConformerBlock(config.dim, config.heads))
        self.ctc = nn.Linear(config.dim, config.vocab)

    @classmethod
    def from_preset(cls, name: str, **overrides) -> SpeechNet:
        from dataclasses import replace

        return cls(replace(cls.presets[name], **overrides))

    def decay_parameters(self) -> Iterator[nn.Parameter]:
        return (p for p in self.parameters() if p.dim() > 1)

    def forward(self, wave: torch.Tensor) -> torch.Tensor:
        x = self.features(wave)
        x = self.subsampling(x)
        for block in self.blocks:
            x = block(x)
        return self.ctc(x).log_softmax(dim=-1)
