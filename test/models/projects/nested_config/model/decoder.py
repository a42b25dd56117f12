import torch
import torch.nn as nn
import torch.nn.functional as F

from config import DecoderConfig


class FusionBlock(nn.Module):
    def __init__(self, lateral: int, cfg: DecoderConfig):
        super().__init__()
        self.mode = cfg.upsample
        self.lateral = nn.Conv2d(lateral, cfg.channels, 1)
        self.fuse = nn.Conv2d(2 * cfg.channels, cfg.channels, 3, padding=1)

    def forward(self, x, skip):
        x = F.interpolate(x, size=skip.shape[-2:], mode=self.mode, align_corners=False)
        x = torch.cat([x, self.lateral(skip)], dim=1)
        return F.gelu(self.fuse(x))


class Decoder(nn.Module):
    def __init__(self, in_channels, cfg: DecoderConfig):
        super().__init__()
        *laterals, top = in_channels
        self.top = nn.Conv2d(top, cfg.channels, 1)
        self.blocks = nn.ModuleList(FusionBlock(c, cfg) for c in reversed(laterals))
        self.drop = nn.Dropout2d(cfg.dropout)
        self.out = nn.Conv2d(cfg.channels, cfg.num_outputs, 1)

    def forward(self, features):
        *skips, x = features
        x = self.top(x)
        for block, skip in zip(self.blocks, reversed(skips)):
            x = block(x, skip)
        return self.out(self.drop(x))
