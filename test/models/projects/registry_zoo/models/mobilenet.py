import torch.nn as nn

from .layers import ConvBNAct, SqueezeExcite, make_divisible
from .registry import register_model

# kernel, expansion, channels, squeeze-excite, activation, stride
_SMALL = [
    (3, 16, 16, True, "relu", 2),
    (3, 72, 24, False, "relu", 2),
    (3, 88, 24, False, "relu", 1),
    (5, 96, 40, True, "hswish", 2),
    (5, 240, 40, True, "hswish", 1),
    (5, 120, 48, True, "hswish", 1),
    (5, 288, 96, True, "hswish", 2),
]


class InvertedResidual(nn.Module):
    def __init__(self, in_chs, exp_chs, out_chs, kernel_size, stride, use_se, act):
        super().__init__()
        self.has_residual = stride == 1 and in_chs == out_chs
        layers = []
        if exp_chs != in_chs:
            layers.append(ConvBNAct(in_chs, exp_chs, 1, act=act))
        layers.append(ConvBNAct(exp_chs, exp_chs, kernel_size, stride, groups=exp_chs, act=act))
        if use_se:
            layers.append(SqueezeExcite(exp_chs))
        layers.append(ConvBNAct(exp_chs, out_chs, 1, act=None))
        self.block = nn.Sequential(*layers)

    def forward(self, x):
        out = self.block(x)
        return out + x if self.has_residual else out


class MobileNet(nn.Module):
    def __init__(self, settings, last_channel, num_classes=1000, width_mult=1.0, dropout=0.2, in_chans=3):
        super().__init__()
        chs = make_divisible(16 * width_mult)
        features = [ConvBNAct(in_chans, chs, 3, 2, act="hswish")]
        for k, exp, out, se, act, s in settings:
            exp_chs, out_chs = (make_divisible(c * width_mult) for c in (exp, out))
            features.append(InvertedResidual(chs, exp_chs, out_chs, k, s, se, act))
            chs = out_chs
        features.append(ConvBNAct(chs, 6 * chs, 1, act="hswish"))
        self.features = nn.Sequential(*features)
        self.avgpool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Sequential(
            nn.Linear(6 * chs, last_channel),
            nn.Hardswish(inplace=True),
            nn.Dropout(p=dropout, inplace=True),
            nn.Linear(last_channel, num_classes),
        )

    def forward(self, x):
        x = self.avgpool(self.features(x)).flatten(1)
        return self.classifier(x)


@register_model("mobilenet_small", family="mobilenet", last_channel=1024)
def mobilenet_small_100(last_channel, **kwargs):
    return MobileNet(_SMALL, last_channel, **kwargs)


@register_model(family="mobilenet", width_mult=0.5)
def mobilenet_small_050(**kwargs):
    return MobileNet(_SMALL, last_channel=512, **kwargs)
