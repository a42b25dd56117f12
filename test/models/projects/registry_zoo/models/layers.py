import torch
import torch.nn as nn

ACTIVATIONS = {"relu": nn.ReLU, "hswish": nn.Hardswish, "silu": nn.SiLU}


def make_divisible(v, divisor=8, min_value=None):
    min_value = min_value or divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v


class ConvBNAct(nn.Sequential):
    def __init__(self, in_chs, out_chs, kernel_size=3, stride=1, groups=1, act="relu"):
        padding = (kernel_size - 1) // 2
        modules = [
            nn.Conv2d(in_chs, out_chs, kernel_size, stride, padding, groups=groups, bias=False),
            nn.BatchNorm2d(out_chs),
        ]
        if act is not None:
            modules.append(ACTIVATIONS[act](inplace=True))
        super().__init__(*modules)
        self.out_channels = out_chs


class SqueezeExcite(nn.Module):
    def __init__(self, channels, rd_ratio=0.25, rd_divisor=8):
        super().__init__()
        rd_channels = make_divisible(channels * rd_ratio, rd_divisor)
        self.fc1 = nn.Conv2d(channels, rd_channels, 1)
        self.fc2 = nn.Conv2d(rd_channels, channels, 1)
        self.gate = nn.Hardsigmoid()

    def forward(self, x):
        scale = x.mean((2, 3), keepdim=True)
        scale = torch.relu(self.fc1(scale))
        return x * self.gate(self.fc2(scale))
