import torch.nn as nn
import torch.nn.functional as F


class FCNHead(nn.Sequential):
    def __init__(self, in_channels, num_classes=21, dropout=0.1):
        inter = in_channels // 4
        super().__init__(
            nn.Conv2d(in_channels, inter, 3, padding=1, bias=False),
            nn.BatchNorm2d(inter),
            nn.ReLU(),
            nn.Dropout(dropout),
            nn.Conv2d(inter, num_classes, 1),
        )


class PyramidHead(nn.Module):
    def __init__(self, in_channels, num_classes=21, sizes=(1, 2, 4)):
        super().__init__()
        reduced = in_channels // len(sizes)
        self.stages = nn.ModuleDict(
            {f"pool{s}": nn.Sequential(nn.AdaptiveAvgPool2d(s), nn.Conv2d(in_channels, reduced, 1)) for s in sizes}
        )
        self.bottleneck = nn.Conv2d(in_channels + len(sizes) * reduced, num_classes, 3, padding=1)

    def forward(self, x):
        size = x.shape[2:]
        pyramid = [x]
        for name, stage in self.stages.items():
            pyramid.append(F.interpolate(stage(x), size=size, mode="bilinear", align_corners=True))
        import torch

        return self.bottleneck(torch.cat(pyramid, 1))
