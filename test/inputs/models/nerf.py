import torch
import torch.nn as nn
import torch.nn.functional as F


class Embedder(nn.Module):
    def __init__(self, num_freqs):
        super().__init__()
        self.register_buffer("freqs", 2.0 ** torch.arange(num_freqs))

    def forward(self, x):
        embed = [x]
        for freq in self.freqs:
            embed.append(torch.sin(x * freq))
            embed.append(torch.cos(x * freq))
        return torch.cat(embed, -1)


class NeRF(nn.Module):
    def __init__(self, D=8, W=256, skips=(4,)):
        super().__init__()
        self.skips = skips
        self.input_ch = 3 + 3 * 2 * 10
        self.embed = Embedder(10)
        self.pts_linears = nn.ModuleList(
            [nn.Linear(self.input_ch, W)]
            + [nn.Linear(W, W) if i not in skips else nn.Linear(W + self.input_ch, W) for i in range(D - 1)]
        )
        self.first = nn.Linear(3, 3)
        self.alpha_linear = nn.Linear(W, 1)
        self.rgb_linear = nn.Linear(W, 3)

    def forward(self, points):
        points = self.embed(self.first(points))
        h = points
        for i, layer in enumerate(self.pts_linears):
            h = F.relu(layer(h))
            if i in self.skips:
                h = torch.cat([points, h], -1)
        return torch.cat([self.rgb_linear(h), self.alpha_linear(h)], -1)
