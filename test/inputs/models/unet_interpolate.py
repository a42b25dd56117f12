import torch
import torch.nn.functional as F
from torch import nn


class Block(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, padding=1, bias=False)
        self.norm = nn.GroupNorm(8, cout)

    def forward(self, x):
        return F.silu(self.norm(self.conv(x)))


class SegNet(nn.Module):
    def __init__(self, in_ch=3, classes=21, width=32):
        super().__init__()
        widths = [width, width * 2, width * 4, width * 8]
        self.stem = Block(in_ch, widths[0])
        self.down = nn.ModuleList(Block(a, b) for a, b in zip(widths, widths[1:]))
        self.up = nn.ModuleList(Block(a + b, b) for a, b in zip(widths[::-1], widths[-2::-1]))
        self.head = nn.Conv2d(widths[0], classes, 1)

    def forward(self, x):
        h = self.stem(x)
        skips = []
        for block in self.down:
            skips.append(h)
            h = block(F.max_pool2d(h, 2))
        for block, skip in zip(self.up, reversed(skips)):
            h = F.interpolate(h, size=skip.shape[2:], mode="bilinear", align_corners=False)
            h = block(torch.cat([h, skip], dim=1))
        return self.head(h)
