"""The top-down sum of a pyramid over a map that was not upsampled far enough."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class FPN(nn.Module):
    def __init__(self, in_channels=(256, 512, 1024), out_channels=256):
        super().__init__()
        self.lateral = nn.ModuleList([nn.Conv2d(c, out_channels, 1) for c in in_channels])
        self.smooth = nn.ModuleList([nn.Conv2d(out_channels, out_channels, 3, padding=1) for _ in in_channels])

    def forward(self, feats):
        c3, c4, c5 = feats
        p5 = self.lateral[2](c5)
        p4 = self.lateral[1](c4) + F.interpolate(p5, scale_factor=2, mode="nearest")
        p3 = self.lateral[0](c3) + F.interpolate(p4, scale_factor=2, mode="nearest")
        outs = [p3, p4, p5]
        return [conv(p) for conv, p in zip(self.smooth, outs)]


fpn = FPN()
c3 = torch.randn(2, 256, 64, 64)
c4 = torch.randn(2, 512, 32, 32)
c5 = torch.randn(2, 1024, 16, 16)
for level in fpn([c3, c4, c5]):
    print(level.shape)
