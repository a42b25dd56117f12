"""The noise predictor of a small DDPM: time embedding, GroupNorm, attention at the low resolutions."""
import math

import torch
from torch import nn
from torch.nn import functional as F


def timestep_embedding(timesteps, dim, max_period=10000):
    half = dim // 2
    freqs = torch.exp(-math.log(max_period) * torch.arange(start=0, end=half, dtype=torch.float32) / half)
    args = timesteps[:, None].float() * freqs[None]
    embedding = torch.cat([torch.cos(args), torch.sin(args)], dim=-1)
    if dim % 2:
        embedding = torch.cat([embedding, torch.zeros_like(embedding[:, :1])], dim=-1)
    return embedding


class ResBlock(nn.Module):
    def __init__(self, in_ch, out_ch, time_dim, dropout=0.1, groups=8):
        super().__init__()
        self.block1 = nn.Sequential(nn.GroupNorm(groups, in_ch), nn.SiLU(), nn.Conv2d(in_ch, out_ch, 3, padding=1))
        self.time_proj = nn.Sequential(nn.SiLU(), nn.Linear(time_dim, out_ch))
        self.block2 = nn.Sequential(
            nn.GroupNorm(groups, out_ch), nn.SiLU(), nn.Dropout(dropout), nn.Conv2d(out_ch, out_ch, 3, padding=1)
        )
        self.shortcut = nn.Conv2d(in_ch, out_ch, 1) if in_ch != out_ch else nn.Identity()

    def forward(self, x, temb):
        h = self.block1(x)
        h += self.time_proj(temb)[:, :, None, None]
        h = self.block2(h)
        return h + self.shortcut(x)


class AttnBlock(nn.Module):
    def __init__(self, ch, heads=4):
        super().__init__()
        self.heads = heads
        self.norm = nn.GroupNorm(8, ch)
        self.to_qkv = nn.Conv2d(ch, 3 * ch, 1, bias=False)
        self.to_out = nn.Conv2d(ch, ch, 1)

    def forward(self, x):
        b, c, h, w = x.shape
        qkv = self.to_qkv(self.norm(x)).chunk(3, dim=1)
        q, k, v = map(lambda t: t.reshape(b, self.heads, c // self.heads, h * w), qkv)
        sim = torch.einsum("bhdi,bhdj->bhij", q * (c // self.heads) ** -0.5, k)
        attn = sim.softmax(dim=-1)
        out = torch.einsum("bhij,bhdj->bhid", attn, v)
        out = out.permute(0, 1, 3, 2).reshape(b, c, h, w)
        return x + self.to_out(out)


class Downsample(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.op = nn.Conv2d(ch, ch, 3, stride=2, padding=1)

    def forward(self, x, temb):
        return self.op(x)


class Upsample(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.conv = nn.Conv2d(ch, ch, 3, padding=1)

    def forward(self, x, temb):
        x = F.interpolate(x, scale_factor=2, mode="nearest")
        return self.conv(x)


class UNet(nn.Module):
    def __init__(self, ch=64, ch_mult=(1, 2, 2), attn=(1, 2), num_res_blocks=2, in_ch=3):
        super().__init__()
        assert all(i < len(ch_mult) for i in attn), "attn index out of bound"
        tdim = ch * 4
        self.ch = ch
        self.time_mlp = nn.Sequential(nn.Linear(ch, tdim), nn.SiLU(), nn.Linear(tdim, tdim))
        self.head = nn.Conv2d(in_ch, ch, 3, padding=1)

        self.downblocks = nn.ModuleList()
        self.downattns = nn.ModuleDict()
        chs = [ch]  # the channels of each output on the way down
        now_ch = ch
        for i, mult in enumerate(ch_mult):
            out_ch = ch * mult
            for _ in range(num_res_blocks):
                if i in attn:
                    self.downattns[str(len(self.downblocks))] = AttnBlock(out_ch)
                self.downblocks.append(ResBlock(now_ch, out_ch, tdim))
                now_ch = out_ch
                chs.append(now_ch)
            if i != len(ch_mult) - 1:
                self.downblocks.append(Downsample(now_ch))
                chs.append(now_ch)

        self.mid1 = ResBlock(now_ch, now_ch, tdim)
        self.mid_attn = AttnBlock(now_ch)
        self.mid2 = ResBlock(now_ch, now_ch, tdim)

        self.upblocks = nn.ModuleList()
        for i, mult in reversed(list(enumerate(ch_mult))):
            out_ch = ch * mult
            for _ in range(num_res_blocks + 1):
                self.upblocks.append(ResBlock(chs.pop() + now_ch, out_ch, tdim))
                now_ch = out_ch
            if i != 0:
                self.upblocks.append(Upsample(now_ch))
        assert len(chs) == 0

        self.tail = nn.Sequential(nn.GroupNorm(8, now_ch), nn.SiLU(), nn.Conv2d(now_ch, in_ch, 3, padding=1))

    def forward(self, x, t):
        temb = self.time_mlp(timestep_embedding(t, self.ch))
        h = self.head(x)
        hs = [h]
        for i, layer in enumerate(self.downblocks):
            h = layer(h, temb)
            if str(i) in self.downattns:
                h = self.downattns[str(i)](h)
            hs.append(h)
        h = self.mid2(self.mid_attn(self.mid1(h, temb)), temb)
        for layer in self.upblocks:
            if isinstance(layer, ResBlock):
                h = torch.cat([h, hs.pop()], dim=1)
            h = layer(h, temb)
        h = self.tail(h)
        assert len(hs) == 0
        return h


if __name__ == "__main__":
    batch_size = 4
    net = UNet(ch=32)
    images = torch.randn(batch_size, 3, 32, 32)
    steps = torch.randint(1000, (batch_size,))
    noise = net(images, steps)
    print(noise.shape)
