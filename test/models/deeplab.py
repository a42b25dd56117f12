"""DeepLabV3+: a dilated residual backbone, atrous spatial pyramid pooling, a light decoder."""
import torch
from torch import nn
from torch.nn import functional as F


class ConvBNReLU(nn.Sequential):
    def __init__(self, c_in, c_out, k=3, s=1, d=1, act=True):
        padding = d * (k - 1) // 2
        layers = [nn.Conv2d(c_in, c_out, k, s, padding, dilation=d, bias=False), nn.BatchNorm2d(c_out)]
        if act:
            layers.append(nn.ReLU(inplace=True))
        super().__init__(*layers)


class Residual(nn.Module):
    def __init__(self, c_in, c_out, stride=1, dilation=1):
        super().__init__()
        self.body = nn.Sequential(
            ConvBNReLU(c_in, c_out, 3, stride, dilation),
            ConvBNReLU(c_out, c_out, 3, 1, dilation, act=False),
        )
        self.skip = None if stride == 1 and c_in == c_out else ConvBNReLU(c_in, c_out, 1, stride, act=False)

    def forward(self, x):
        identity = x if self.skip is None else self.skip(x)
        return F.relu(self.body(x) + identity)


class ASPPPooling(nn.Sequential):
    def __init__(self, in_channels, out_channels):
        super().__init__(nn.AdaptiveAvgPool2d(1), ConvBNReLU(in_channels, out_channels, 1))

    def forward(self, x):
        size = x.shape[-2:]
        for mod in self:
            x = mod(x)
        return F.interpolate(x, size=size, mode="bilinear", align_corners=False)


class ASPP(nn.Module):
    def __init__(self, in_channels, atrous_rates, out_channels=128):
        super().__init__()
        modules = [ConvBNReLU(in_channels, out_channels, 1)]
        rates = tuple(atrous_rates)
        for rate in rates:
            modules.append(ConvBNReLU(in_channels, out_channels, 3, d=rate))
        modules.append(ASPPPooling(in_channels, out_channels))
        self.convs = nn.ModuleList(modules)
        self.project = nn.Sequential(
            ConvBNReLU(len(self.convs) * out_channels, out_channels, 1),
            nn.Dropout(0.5),
        )

    def forward(self, x):
        _res = []
        for conv in self.convs:
            _res.append(conv(x))
        res = torch.cat(_res, dim=1)
        return self.project(res)


class DeepLabV3Plus(nn.Module):
    def __init__(self, num_classes=21, output_stride=16, aux=False):
        super().__init__()
        if output_stride == 16:
            strides, dilations, rates = (2, 2, 2, 1), (1, 1, 1, 2), [6, 12, 18]
        elif output_stride == 8:
            strides, dilations, rates = (2, 2, 1, 1), (1, 1, 2, 4), [12, 24, 36]
        else:
            raise ValueError(f"output_stride must be 8 or 16, not {output_stride}")
        widths = [32, 64, 128, 256]
        self.stem = ConvBNReLU(3, 32, 3, 2)
        stages = {}
        c_in = 32
        for n, (width, stride, dilation) in enumerate(zip(widths, strides, dilations), 1):
            stages[f"stage{n}"] = nn.Sequential(Residual(c_in, width, stride, dilation), Residual(width, width, 1, dilation))
            c_in = width
        stages["stage1"][0].body[0][0].stride = (1, 1)
        stages["stage1"][0].skip[0].stride = (1, 1)
        self.stages = nn.ModuleDict(stages)
        self.aspp = ASPP(c_in, rates)
        self.low = ConvBNReLU(widths[0], 24, 1)
        self.decoder = nn.Sequential(ConvBNReLU(128 + 24, 128), ConvBNReLU(128, 128), nn.Conv2d(128, num_classes, 1))
        self.aux_head = nn.Conv2d(widths[2], num_classes, 1) if aux else None

    def forward(self, x):
        input_shape = x.shape[-2:]
        feats = {}
        x = self.stem(x)
        for name, stage in self.stages.items():
            x = stage(x)
            feats[name] = x
        low = self.low(feats["stage1"])
        x = self.aspp(x)
        x = F.interpolate(x, size=low.shape[-2:], mode="bilinear", align_corners=False)
        x = self.decoder(torch.cat([low, x], dim=1))
        result = {"out": F.interpolate(x, size=input_shape, mode="bilinear", align_corners=False)}
        if self.aux_head is not None:
            a = self.aux_head(feats["stage3"])
            result["aux"] = F.interpolate(a, size=input_shape, mode="bilinear", align_corners=False)
        return result
