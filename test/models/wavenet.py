import torch
from torch import nn
import torch.nn.functional as F


class CausalConv1d(nn.Conv1d):
    def __init__(self, in_channels, out_channels, kernel_size, dilation=1, **kwargs):
        super().__init__(in_channels, out_channels, kernel_size, dilation=dilation, **kwargs)
        self.left = (kernel_size - 1) * dilation

    def forward(self, x):
        return super().forward(F.pad(x, (self.left, 0)))


class ResidualBlock(nn.Module):
    def __init__(self, res_channels, skip_channels, dilation):
        super().__init__()
        self.dilated = CausalConv1d(res_channels, 2 * res_channels, 2, dilation=dilation)
        self.conv_res = nn.Conv1d(res_channels, res_channels, 1)
        self.conv_skip = nn.Conv1d(res_channels, skip_channels, 1)

    def forward(self, x):
        filt, gate = self.dilated(x).chunk(2, dim=1)
        gated = torch.tanh(filt) * torch.sigmoid(gate)
        skip = self.conv_skip(gated)
        return x + self.conv_res(gated), skip


class WaveNet(nn.Module):
    """Raw audio, quantised to 256 levels, one level ahead."""

    def __init__(self, layer_size=10, stack_size=2, in_channels=256, res_channels=64, skip_channels=128):
        super().__init__()
        self.causal = CausalConv1d(in_channels, res_channels, 2, bias=False)
        dilations = [2 ** i for _ in range(stack_size) for i in range(layer_size)]
        self.blocks = nn.ModuleList(ResidualBlock(res_channels, skip_channels, d) for d in dilations)
        self.receptive_field = sum(dilations) + 1
        self.end1 = nn.Conv1d(skip_channels, skip_channels, 1)
        self.end2 = nn.Conv1d(skip_channels, in_channels, 1)

    def forward(self, x):
        x = self.causal(x)
        skips = []
        for block in self.blocks:
            x, skip = block(x)
            skips.append(skip)
        out = torch.stack(skips).sum(0)
        out = self.end1(F.relu(out))
        out = self.end2(F.relu(out))
        return out.transpose(1, 2)
