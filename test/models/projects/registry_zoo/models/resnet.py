from typing import List, Type, Union

import torch
import torch.nn as nn

from .layers import ConvBNAct
from .registry import register_model


class BasicBlock(nn.Module):
    expansion = 1

    def __init__(self, inplanes, planes, stride=1, downsample=None):
        super().__init__()
        self.conv1 = ConvBNAct(inplanes, planes, 3, stride)
        self.conv2 = ConvBNAct(planes, planes, 3, act=None)
        self.downsample = downsample
        self.act = nn.ReLU(inplace=True)

    def forward(self, x):
        identity = x if self.downsample is None else self.downsample(x)
        out = self.conv2(self.conv1(x))
        return self.act(out + identity)


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, inplanes, planes, stride=1, downsample=None):
        super().__init__()
        self.conv1 = ConvBNAct(inplanes, planes, 1)
        self.conv2 = ConvBNAct(planes, planes, 3, stride)
        self.conv3 = ConvBNAct(planes, planes * self.expansion, 1, act=None)
        self.downsample = downsample
        self.act = nn.ReLU(inplace=True)

    def forward(self, x):
        identity = x if self.downsample is None else self.downsample(x)
        out = self.conv3(self.conv2(self.conv1(x)))
        return self.act(out + identity)


class ResNet(nn.Module):
    def __init__(
        self,
        block: Type[Union[BasicBlock, Bottleneck]],
        layers: List[int],
        num_classes: int = 1000,
        in_chans: int = 3,
        width: int = 64,
    ):
        super().__init__()
        self.inplanes = width
        self.stem = nn.Sequential(ConvBNAct(in_chans, width, 7, 2), nn.MaxPool2d(3, 2, 1))
        for i, depth in enumerate(layers):
            stage = self._make_layer(block, width * 2**i, depth, stride=1 if i == 0 else 2)
            self.add_module(f"layer{i + 1}", stage)
        self.num_features = self.inplanes
        self.head = nn.Linear(self.num_features, num_classes) if num_classes > 0 else nn.Identity()
        self.apply(self._init_weights)

    @staticmethod
    def _init_weights(m):
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
        elif isinstance(m, nn.BatchNorm2d):
            nn.init.ones_(m.weight)
            nn.init.zeros_(m.bias)

    def _make_layer(self, block, planes, blocks, stride):
        downsample = None
        if stride != 1 or self.inplanes != planes * block.expansion:
            downsample = ConvBNAct(self.inplanes, planes * block.expansion, 1, stride, act=None)
        layers = [block(self.inplanes, planes, stride, downsample)]
        self.inplanes = planes * block.expansion
        layers += [block(self.inplanes, planes) for _ in range(1, blocks)]
        return nn.Sequential(*layers)

    def forward_features(self, x):
        x = self.stem(x)
        for i in range(1, 5):
            x = getattr(self, f"layer{i}")(x)
        return x

    def forward(self, x):
        x = self.forward_features(x)
        x = torch.flatten(x.mean([2, 3]), 1)
        return self.head(x)


def _resnet(block, layers, **kwargs):
    return ResNet(block, layers, **kwargs)


@register_model(family="resnet")
def resnet18(**kwargs):
    return _resnet(BasicBlock, [2, 2, 2, 2], **kwargs)


@register_model(family="resnet", width=32)
def resnet26t(**kwargs):
    return _resnet(Bottleneck, [2, 2, 2, 2], **kwargs)
