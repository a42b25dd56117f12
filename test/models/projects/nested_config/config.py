from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields, is_dataclass, replace
from enum import Enum
from typing import Optional, Tuple


class Norm(str, Enum):
    BATCH = "batch"
    GROUP = "group"
    NONE = "none"


@dataclass
class StageConfig:
    channels: int
    depth: int = 2
    stride: int = 2
    attention: bool = False


@dataclass
class EncoderConfig:
    in_channels: int = 3
    stem: int = 32
    norm: Norm = Norm.BATCH
    stages: Tuple[StageConfig, ...] = field(
        default_factory=lambda: (
            StageConfig(64),
            StageConfig(128, depth=2),
            StageConfig(192, depth=3, attention=True),
        )
    )

    @property
    def out_channels(self) -> int:
        return self.stages[-1].channels

    @property
    def total_stride(self) -> int:
        stride = 2
        for stage in self.stages:
            stride *= stage.stride
        return stride


@dataclass
class DecoderConfig:
    channels: int = 96
    num_outputs: int = 1
    dropout: float = 0.1
    upsample: Optional[str] = "bilinear"


@dataclass
class OptimConfig:
    lr: float = 3e-4
    weight_decay: float = 0.05
    betas: Tuple[float, float] = (0.9, 0.95)


@dataclass
class Config:
    encoder: EncoderConfig = field(default_factory=EncoderConfig)
    decoder: DecoderConfig = field(default_factory=DecoderConfig)
    optim: OptimConfig = field(default_factory=OptimConfig)
    image_size: int = 64
    name: str = "base"

    def __post_init__(self):
        if self.image_size % self.encoder.total_stride:
            raise ValueError(f"image_size must be divisible by {self.encoder.total_stride}")

    def override(self, **changes) -> Config:
        """`override(encoder__stem=16)` replaces a value of a part."""
        config = self
        for path, value in changes.items():
            config = _set(config, path.split("__"), value)
        return config

    def describe(self) -> str:
        return ", ".join(f"{k}={v}" for k, v in asdict(self).items() if not isinstance(v, dict))


def _set(config, path, value):
    name, *rest = path
    assert name in {f.name for f in fields(config)}, name
    if rest:
        part = getattr(config, name)
        assert is_dataclass(part)
        value = _set(part, rest, value)
    return replace(config, **{name: value})


TINY = Config(
    encoder=EncoderConfig(stem=8, norm=Norm.GROUP, stages=(StageConfig(16, 1), StageConfig(32, 1, attention=True))),
    decoder=DecoderConfig(channels=24, num_outputs=4),
    image_size=32,
    name="tiny",
)
