"""EfficientNet-B0-like network: MBConv blocks with squeeze and excitation, from a table of named tuples."""
import math
from collections import namedtuple
from typing import Optional

import torch
from torch import nn
from torch.nn import functional as F

BlockArgs = namedtuple(
    "BlockArgs", ["repeats", "kernel", "stride", "expand", "filters_in", "filters_out", "se_ratio"]
)

B0 = [
    BlockArgs(1, 3, 1, 1, 32, 16, 0.25),
    BlockArgs(2, 3, 2, 6, 16, 24, 0.25),
    BlockArgs(2, 5, 2, 6, 24, 40, 0.25),
    BlockArgs(3, 3, 2, 6, 40, 80, 0.25),
    BlockArgs(3, 5, 1, 6, 80, 112, 0.25),
    BlockArgs(4, 5, 2, 6, 112, 192, 0.25),
    BlockArgs(1, 3, 1, 6, 192, 320, 0.25),
]


class Swish(nn.Module):
    def forward(self, x):
        return x * torch.sigmoid(x)


class SqueezeExcite(nn.Module):
    def __init__(self, channels: int, squeezed: int):
        super().__init__()
        self.avg_pool = nn.AdaptiveAvgPool2d(1)
        self.reduce = nn.Conv2d(channels, squeezed, 1)
        self.expand = nn.Conv2d(squeezed, channels, 1)
        self.act = Swish()

    def forward(self, x):
        s = self.avg_pool(x)
        s = self.expand(self.act(self.reduce(s)))
        return torch.sigmoid(s) * x


class MBConv(nn.Module):
    def __init__(self, args: BlockArgs, drop_connect: float = 0.0, bn_mom: float = 0.01, bn_eps: float = 1e-3):
        super().__init__()
        self.skip = args.stride == 1 and args.filters_in == args.filters_out
        self.drop_connect = drop_connect
        inp = args.filters_in
        oup = inp * args.expand
        self._expand_conv: Optional[nn.Conv2d] = None
        if args.expand != 1:
            self._expand_conv = nn.Conv2d(inp, oup, 1, bias=False)
            self._bn0 = nn.BatchNorm2d(oup, momentum=bn_mom, eps=bn_eps)
        self._depthwise_conv = nn.Conv2d(
            oup, oup, args.kernel, stride=args.stride, padding=(args.kernel - 1) // 2, groups=oup, bias=False
        )
        self._bn1 = nn.BatchNorm2d(oup, momentum=bn_mom, eps=bn_eps)
        has_se = (args.se_ratio is not None) and (0 < args.se_ratio <= 1)
        self._se = SqueezeExcite(oup, max(1, int(inp * args.se_ratio))) if has_se else nn.Identity()
        self._project_conv = nn.Conv2d(oup, args.filters_out, 1, bias=False)
        self._bn2 = nn.BatchNorm2d(args.filters_out, momentum=bn_mom, eps=bn_eps)
        self._swish = Swish()

    def forward(self, inputs):
        x = inputs
        if self._expand_conv is not None:
            x = self._swish(self._bn0(self._expand_conv(x)))
        x = self._swish(self._bn1(self._depthwise_conv(x)))
        x = self._se(x)
        x = self._bn2(self._project_conv(x))
        if self.skip:
            if self.training and self.drop_connect:
                keep = 1 - self.drop_connect
                mask = torch.rand([x.shape[0], 1, 1, 1], dtype=x.dtype, device=x.device)
                x = x / keep * torch.floor(keep + mask)
            x = x + inputs
        return x


def round_filters(filters: int, width: float, divisor: int = 8) -> int:
    filters *= width
    new_filters = max(divisor, int(filters + divisor / 2) // divisor * divisor)
    if new_filters < 0.9 * filters:
        new_filters += divisor
    return int(new_filters)


def round_repeats(repeats: int, depth: float) -> int:
    return int(math.ceil(depth * repeats))


class EfficientNet(nn.Module):
    def __init__(self, blocks_args=None, width: float = 1.0, depth: float = 1.0, num_classes: int = 1000,
                 dropout: float = 0.2):
        super().__init__()
        blocks_args = blocks_args or B0
        stem = round_filters(32, width)
        self._conv_stem = nn.Conv2d(3, stem, kernel_size=3, stride=2, padding=1, bias=False)
        self._bn0 = nn.BatchNorm2d(stem)

        self._blocks = nn.ModuleList([])
        for args in blocks_args:
            args = args._replace(
                filters_in=round_filters(args.filters_in, width),
                filters_out=round_filters(args.filters_out, width),
                repeats=round_repeats(args.repeats, depth),
            )
            self._blocks.append(MBConv(args))
            if args.repeats > 1:
                args = args._replace(filters_in=args.filters_out, stride=1)
            for _ in range(args.repeats - 1):
                self._blocks.append(MBConv(args))

        head = round_filters(1280, width)
        self._conv_head = nn.Conv2d(args.filters_out, head, 1, bias=False)
        self._bn1 = nn.BatchNorm2d(head)
        self._dropout = nn.Dropout(dropout)
        self._fc = nn.Linear(head, num_classes)
        self._swish = Swish()

    def extract_features(self, inputs):
        x = self._swish(self._bn0(self._conv_stem(inputs)))
        for idx, block in enumerate(self._blocks):
            x = block(x)
        return self._swish(self._bn1(self._conv_head(x)))

    def forward(self, inputs):
        bs = inputs.size(0)
        x = self.extract_features(inputs)
        x = F.adaptive_avg_pool2d(x, 1).squeeze(-1).squeeze(-1)
        x = self._dropout(x)
        assert x.shape[0] == bs
        return self._fc(x)
