"""The bottleneck's identity keeps the size that the convolutions have halved."""
import torch
import torch.nn as nn


def conv3x3(in_planes, out_planes, stride=1):
    return nn.Conv2d(in_planes, out_planes, kernel_size=3, stride=stride, padding=1, bias=False)


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, inplanes, planes, stride=1, downsample=None):
        super().__init__()
        self.conv1 = nn.Conv2d(inplanes, planes, 1, bias=False)
        self.conv2 = conv3x3(planes, planes, stride)
        self.conv3 = nn.Conv2d(planes, planes * self.expansion, 1, bias=False)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = downsample

    def forward(self, x):
        identity = x
        out = self.relu(self.conv1(x))
        out = self.relu(self.conv2(out))
        out = self.conv3(out)
        if self.downsample is not None:
            identity = self.downsample(x)
        out += identity
        return self.relu(out)


def make_layer(inplanes, planes, blocks, stride=1):
    downsample = None
    if inplanes != planes * Bottleneck.expansion:
        downsample = nn.Conv2d(inplanes, planes * Bottleneck.expansion, 1, stride)
    layers = [Bottleneck(inplanes, planes, stride, downsample)]
    for _ in range(1, blocks):
        layers.append(Bottleneck(planes * Bottleneck.expansion, planes))
    return nn.Sequential(*layers)


body = nn.Sequential(make_layer(64, 64, 2), make_layer(256, 64, 2, stride=2))
features = body(torch.randn(4, 64, 56, 56))
print(features.shape)
