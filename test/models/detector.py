"""One-stage detector: CSP-like backbone, feature pyramid, a decoupled head on three levels."""
from __future__ import annotations

import torch
import torch.nn as nn


def autopad(k, p=None):
    """Padding that keeps the size."""
    if p is None:
        p = k // 2 if isinstance(k, int) else [x // 2 for x in k]
    return p


class Conv(nn.Module):
    default_act = nn.SiLU()

    def __init__(self, c1, c2, k=1, s=1, p=None, g=1, act=True):
        super().__init__()
        self.conv = nn.Conv2d(c1, c2, k, s, autopad(k, p), groups=g, bias=False)
        self.bn = nn.BatchNorm2d(c2)
        self.act = self.default_act if act is True else act if isinstance(act, nn.Module) else nn.Identity()

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))


class Bottleneck(nn.Module):
    def __init__(self, c1, c2, shortcut=True, g=1, e=0.5):
        super().__init__()
        c_ = int(c2 * e)
        self.cv1 = Conv(c1, c_, 1, 1)
        self.cv2 = Conv(c_, c2, 3, 1, g=g)
        self.add = shortcut and c1 == c2

    def forward(self, x):
        return x + self.cv2(self.cv1(x)) if self.add else self.cv2(self.cv1(x))


class C2f(nn.Module):
    def __init__(self, c1, c2, n=1, shortcut=False, e=0.5):
        super().__init__()
        self.c = int(c2 * e)
        self.cv1 = Conv(c1, 2 * self.c, 1, 1)
        self.cv2 = Conv((2 + n) * self.c, c2, 1)
        self.m = nn.ModuleList(Bottleneck(self.c, self.c, shortcut, e=1.0) for _ in range(n))

    def forward(self, x):
        y = list(self.cv1(x).chunk(2, 1))
        y.extend(m(y[-1]) for m in self.m)
        return self.cv2(torch.cat(y, 1))


class SPPF(nn.Module):
    def __init__(self, c1, c2, k=5):
        super().__init__()
        c_ = c1 // 2
        self.cv1 = Conv(c1, c_, 1, 1)
        self.cv2 = Conv(c_ * 4, c2, 1, 1)
        self.m = nn.MaxPool2d(kernel_size=k, stride=1, padding=k // 2)

    def forward(self, x):
        x = self.cv1(x)
        y1 = self.m(x)
        y2 = self.m(y1)
        return self.cv2(torch.cat((x, y1, y2, self.m(y2)), 1))


class Detect(nn.Module):
    def __init__(self, nc=80, ch=()):
        super().__init__()
        self.nc = nc
        self.nl = len(ch)
        self.reg_max = 16
        self.no = nc + self.reg_max * 4
        c2, c3 = max((16, ch[0] // 4, self.reg_max * 4)), max(ch[0], min(self.nc, 100))
        self.cv2 = nn.ModuleList(
            nn.Sequential(Conv(x, c2, 3), Conv(c2, c2, 3), nn.Conv2d(c2, 4 * self.reg_max, 1)) for x in ch
        )
        self.cv3 = nn.ModuleList(nn.Sequential(Conv(x, c3, 3), Conv(c3, c3, 3), nn.Conv2d(c3, self.nc, 1)) for x in ch)

    def forward(self, x):
        for i in range(self.nl):
            x[i] = torch.cat((self.cv2[i](x[i]), self.cv3[i](x[i])), 1)
        shape = x[0].shape
        flat = torch.cat([xi.view(shape[0], self.no, -1) for xi in x], 2)
        box, cls = flat.split((self.reg_max * 4, self.nc), 1)
        return box, cls.sigmoid(), x


class Detector(nn.Module):
    def __init__(self, nc: int = 20, width: float = 0.25, depth: int = 1):
        super().__init__()
        w = [int(c * width) for c in (64, 128, 256, 512, 1024)]
        self.stem = Conv(3, w[0], 3, 2)
        self.stage1 = nn.Sequential(Conv(w[0], w[1], 3, 2), C2f(w[1], w[1], depth, True))
        self.stage2 = nn.Sequential(Conv(w[1], w[2], 3, 2), C2f(w[2], w[2], 2 * depth, True))
        self.stage3 = nn.Sequential(Conv(w[2], w[3], 3, 2), C2f(w[3], w[3], 2 * depth, True))
        self.stage4 = nn.Sequential(Conv(w[3], w[4], 3, 2), C2f(w[4], w[4], depth, True), SPPF(w[4], w[4]))
        self.up = nn.Upsample(None, 2, "nearest")
        self.lat3 = C2f(w[4] + w[3], w[3], depth)
        self.lat2 = C2f(w[3] + w[2], w[2], depth)
        self.down2 = Conv(w[2], w[2], 3, 2)
        self.out3 = C2f(w[2] + w[3], w[3], depth)
        self.down3 = Conv(w[3], w[3], 3, 2)
        self.out4 = C2f(w[3] + w[4], w[4], depth)
        self.detect = Detect(nc, (w[2], w[3], w[4]))

    def forward(self, images: torch.Tensor):
        p2 = self.stage2(self.stage1(self.stem(images)))
        p3 = self.stage3(p2)
        p4 = self.stage4(p3)
        t3 = self.lat3(torch.cat([self.up(p4), p3], 1))
        t2 = self.lat2(torch.cat([self.up(t3), p2], 1))
        n3 = self.out3(torch.cat([self.down2(t2), t3], 1))
        n4 = self.out4(torch.cat([self.down3(n3), p4], 1))
        return self.detect([t2, n3, n4])
