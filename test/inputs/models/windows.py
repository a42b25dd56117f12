"""Attention inside of windows, over images whose sides are padded up to whole windows."""

import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class WindowMixer(nn.Module):
    def __init__(self, in_channels=3, dim=64, window=7, heads=4):
        super().__init__()
        self.window = window
        self.embed = nn.Conv2d(in_channels, dim, 4, stride=4, padding=2)
        self.norm = nn.LayerNorm(dim)
        self.attn = nn.MultiheadAttention(dim, heads, batch_first=True)
        self.out = nn.Conv2d(dim, dim, 3, padding="same")

    def forward(self, x):
        x = self.embed(x)
        B, C, H, W = x.shape
        w = self.window
        rows, cols = -(-H // w), math.ceil(W / w)
        x = F.pad(x, (0, cols * w - W, 0, rows * w - H))
        x = x.view(B, C, rows, w, cols, w).permute(0, 2, 4, 3, 5, 1).reshape(-1, w * w, C)
        y = self.norm(x)
        y, _ = self.attn(y, y, y)
        x = (x + y).view(B, rows, cols, w, w, C).permute(0, 5, 1, 3, 2, 4).reshape(B, C, rows * w, cols * w)
        x = x[:, :, :H, :W]
        return self.out(x)
