"""Halving 30 gives 15, then 7; doubling gives 14 and does not meet its skip again."""
import torch
import torch.nn as nn


class Down(nn.Module):
    def __init__(self, c_in, c_out):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(c_in, c_out, 3, padding=1), nn.ReLU())
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        skip = self.conv(x)
        return self.pool(skip), skip


class Up(nn.Module):
    def __init__(self, c_in, c_out):
        super().__init__()
        self.up = nn.ConvTranspose2d(c_in, c_out, kernel_size=2, stride=2)
        self.conv = nn.Sequential(nn.Conv2d(c_out * 2, c_out, 3, padding=1), nn.ReLU())

    def forward(self, x, skip):
        x = self.up(x)
        x = torch.cat([x, skip], dim=1)
        return self.conv(x)


class SmallUNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.down1 = Down(1, 16)
        self.down2 = Down(16, 32)
        self.middle = nn.Conv2d(32, 64, 3, padding=1)
        self.up2 = Up(64, 32)
        self.up1 = Up(32, 16)
        self.final = nn.Conv2d(16, 1, 1)

    def forward(self, x):
        x, s1 = self.down1(x)
        x, s2 = self.down2(x)
        x = self.middle(x)
        x = self.up2(x, s2)
        x = self.up1(x, s1)
        return self.final(x)


net = SmallUNet()
scan = torch.randn(1, 1, 30, 30)
print(net(scan).shape)
