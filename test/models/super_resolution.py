"""Larger images: sub-pixel convolution (ESPCN) and an SRGAN generator with its critic."""
import math
import torch
from torch import nn, Tensor


class ESPCN(nn.Module):
    def __init__(self, upscale_factor: int, num_channels: int = 1):
        super(ESPCN, self).__init__()
        self.first_part = nn.Sequential(
            nn.Conv2d(num_channels, 64, kernel_size=5, padding=5 // 2),
            nn.Tanh(),
            nn.Conv2d(64, 32, kernel_size=3, padding=3 // 2),
            nn.Tanh(),
        )
        self.last_part = nn.Sequential(
            nn.Conv2d(32, num_channels * (upscale_factor ** 2), kernel_size=3, padding=3 // 2),
            nn.PixelShuffle(upscale_factor),
        )

    def forward(self, x: Tensor) -> Tensor:
        x = self.first_part(x)
        x = self.last_part(x)
        return x


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, kernel_size=3, padding=1, padding_mode="reflect")
        self.bn1 = nn.BatchNorm2d(channels)
        self.prelu = nn.PReLU()
        self.conv2 = nn.Conv2d(channels, channels, kernel_size=3, padding=1, padding_mode="reflect")
        self.bn2 = nn.BatchNorm2d(channels)

    def forward(self, x):
        residual = self.prelu(self.bn1(self.conv1(x)))
        residual = self.bn2(self.conv2(residual))
        return x + residual


class UpsampleBLock(nn.Module):
    def __init__(self, in_channels, up_scale):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, in_channels * up_scale ** 2, kernel_size=3, padding=1)
        self.pixel_shuffle = nn.PixelShuffle(up_scale)
        self.prelu = nn.PReLU()

    def forward(self, x):
        x = self.conv(x)
        x = self.pixel_shuffle(x)
        x = self.prelu(x)
        return x


class Generator(nn.Module):
    def __init__(self, scale_factor=4, blocks=5):
        upsample_block_num = int(math.log(scale_factor, 2))

        super(Generator, self).__init__()
        self.block1 = nn.Sequential(nn.Conv2d(3, 64, kernel_size=9, padding=4), nn.PReLU())
        for i in range(2, blocks + 2):
            setattr(self, "block{}".format(i), ResidualBlock(64))
        self.fuse = nn.Sequential(nn.Conv2d(64, 64, kernel_size=3, padding=1), nn.BatchNorm2d(64))
        tail = [UpsampleBLock(64, 2) for _ in range(upsample_block_num)]
        tail.append(nn.Conv2d(64, 3, kernel_size=9, padding=4))
        self.tail = nn.Sequential(*tail)
        self.blocks = blocks

    def forward(self, x):
        block1 = self.block1(x)
        h = block1
        for i in range(2, self.blocks + 2):
            h = getattr(self, "block{}".format(i))(h)
        out = self.tail(block1 + self.fuse(h))

        return (torch.tanh(out) + 1) / 2


class Discriminator(nn.Module):
    def __init__(self):
        super(Discriminator, self).__init__()
        net = [nn.Conv2d(3, 64, 3, padding=1), nn.LeakyReLU(0.2)]
        c = 64
        for c_out, stride in ((64, 2), (128, 1), (128, 2), (256, 1), (256, 2)):
            net.extend([nn.Conv2d(c, c_out, 3, stride=stride, padding=1), nn.BatchNorm2d(c_out), nn.LeakyReLU(0.2)])
            c = c_out
        self.net = nn.Sequential(
            *net,
            nn.AdaptiveAvgPool2d(1),
            nn.Conv2d(c, 512, kernel_size=1),
            nn.LeakyReLU(0.2),
            nn.Conv2d(512, 1, kernel_size=1),
        )

    def forward(self, x):
        batch_size = x.size(0)
        return torch.sigmoid(self.net(x).view(batch_size))


espcn = ESPCN(upscale_factor=3)
