import torch.nn as nn

from config import EncoderConfig, Norm, StageConfig


def norm_layer(kind: Norm, channels: int) -> nn.Module:
    match kind:
        case Norm.BATCH:
            return nn.BatchNorm2d(channels)
        case Norm.GROUP:
            return nn.GroupNorm(min(8, channels), channels)
        case _:
            return nn.Identity()


class ResidualBlock(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, stride: int, norm: Norm):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, stride, 1, bias=norm is Norm.NONE),
            norm_layer(norm, out_channels),
            nn.GELU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=norm is Norm.NONE),
            norm_layer(norm, out_channels),
        )
        if stride != 1 or in_channels != out_channels:
            self.skip = nn.Conv2d(in_channels, out_channels, 1, stride)
        else:
            self.skip = nn.Identity()
        self.act = nn.GELU()

    def forward(self, x):
        return self.act(self.body(x) + self.skip(x))


class SpatialAttention(nn.Module):
    def __init__(self, channels: int, heads: int = 4):
        super().__init__()
        self.norm = nn.LayerNorm(channels)
        self.attn = nn.MultiheadAttention(channels, heads, batch_first=True)

    def forward(self, x):
        b, c, h, w = x.shape
        tokens = self.norm(x.flatten(2).transpose(1, 2))
        mixed, _ = self.attn(tokens, tokens, tokens, need_weights=False)
        return x + mixed.transpose(1, 2).reshape(b, c, h, w)


class Encoder(nn.Module):
    def __init__(self, cfg: EncoderConfig):
        super().__init__()
        self.stem = nn.Conv2d(cfg.in_channels, cfg.stem, 4, stride=2, padding=1)
        stages, channels = [], cfg.stem
        for stage in cfg.stages:
            stages.append(self._stage(channels, stage, cfg.norm))
            channels = stage.channels
        self.stages = nn.ModuleList(stages)

    @staticmethod
    def _stage(in_channels: int, cfg: StageConfig, norm: Norm) -> nn.Sequential:
        blocks = [ResidualBlock(in_channels, cfg.channels, cfg.stride, norm)]
        blocks.extend(ResidualBlock(cfg.channels, cfg.channels, 1, norm) for _ in range(cfg.depth - 1))
        if cfg.attention:
            blocks.append(SpatialAttention(cfg.channels))
        return nn.Sequential(*blocks)

    def forward(self, x):
        features = [self.stem(x)]
        for stage in self.stages:
            features.append(stage(features[-1]))
        return features
