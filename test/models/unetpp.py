import torch
from torch import nn


class VGGBlock(nn.Module):
    def __init__(self, in_channels, middle_channels, out_channels):
        super().__init__()
        self.relu = nn.ReLU(inplace=True)
        self.conv1 = nn.Conv2d(in_channels, middle_channels, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(middle_channels)
        self.conv2 = nn.Conv2d(middle_channels, out_channels, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        out = self.conv1(x)
        out = self.bn1(out)
        out = self.relu(out)

        out = self.conv2(out)
        out = self.bn2(out)
        out = self.relu(out)

        return out


class NestedUNet(nn.Module):
    """Column j of row i sees everything to its left, and the row below, enlarged."""

    def __init__(self, num_classes, input_channels=3, deep_supervision=False, depth=4, width=16, **kwargs):
        super().__init__()
        nb_filter = [width << i for i in range(depth)]
        self.depth = depth
        self.deep_supervision = deep_supervision

        self.pool = nn.MaxPool2d(2, 2)
        self.up = nn.Upsample(scale_factor=2, mode='bilinear', align_corners=True)

        for j in range(depth):
            for i in range(depth - j):
                if j == 0:
                    c_in = input_channels if i == 0 else nb_filter[i - 1]
                else:
                    c_in = nb_filter[i] * j + nb_filter[i + 1]
                setattr(self, f'conv{i}_{j}', VGGBlock(c_in, nb_filter[i], nb_filter[i]))

        if self.deep_supervision:
            for j in range(1, depth):
                self.__setattr__('final{}'.format(j), nn.Conv2d(nb_filter[0], num_classes, kernel_size=1))
        else:
            self.final = nn.Conv2d(nb_filter[0], num_classes, kernel_size=1)

    def forward(self, input):
        grid = {}
        for i in range(self.depth):
            below = input if i == 0 else self.pool(grid[i - 1, 0])
            grid[i, 0] = getattr(self, f'conv{i}_0')(below)
            for j in range(1, i + 1):
                row = i - j
                left = [grid[row, k] for k in range(j)]
                joined = torch.cat(left + [self.up(grid[row + 1, j - 1])], 1)
                grid[row, j] = getattr(self, f'conv{row}_{j}')(joined)

        if self.deep_supervision:
            return [getattr(self, f'final{j}')(grid[0, j]) for j in range(1, self.depth)]
        output = self.final(grid[0, self.depth - 1])
        return output


nested = NestedUNet(1)
