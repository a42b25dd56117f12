import torch.nn as nn
import torch.nn.functional as F

from backbone import Backbone, DilatedBackbone
from heads import FCNHead, PyramidHead
from mixins import FreezeMixin, HeadMixin, InitMixin, NormalizeMixin


class BaseSegmentor(HeadMixin, InitMixin, FreezeMixin, nn.Module):
    backbone_class = Backbone

    def __init__(self, num_classes=21, aux=False, **backbone_kwargs):
        super().__init__()
        self.backbone = self.backbone_class(**backbone_kwargs)
        self.classifier = self.build_head(self.backbone.out_channels, num_classes=num_classes)
        self.aux = FCNHead(self.backbone.out_channels // 2, num_classes) if aux else None

    def forward(self, x):
        size = x.shape[-2:]
        features = self.backbone(x)
        *_, aux, out = features.values()
        result = {"out": self.upsample(self.classifier(out), size)}
        if self.aux is not None:
            result["aux"] = self.upsample(self.aux(aux), size)
        return result

    @staticmethod
    def upsample(x, size):
        return F.interpolate(x, size=size, mode="bilinear", align_corners=False)


class FCN(BaseSegmentor):
    head_class = FCNHead
    head_kwargs = {"dropout": 0.2}


class PSPNet(NormalizeMixin, BaseSegmentor):
    head_class = PyramidHead
    backbone_class = DilatedBackbone

    def forward(self, x):
        return super().forward(self.normalize(x))["out"]
