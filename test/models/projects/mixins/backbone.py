import torch.nn as nn

from mixins import FreezeMixin, InitMixin


class Backbone(InitMixin, FreezeMixin, nn.Module):
    def __init__(self, in_channels=3, widths=(32, 64, 128)):
        super().__init__()
        self.out_channels = widths[-1]
        for i, (cin, cout) in enumerate(zip((in_channels,) + tuple(widths), widths)):
            setattr(self, f"stage{i}", self.make_stage(cin, cout))
        self.num_stages = len(widths)
        self.init_weights()

    def make_stage(self, cin, cout):
        return nn.Sequential(
            nn.Conv2d(cin, cout, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(cout), nn.ReLU(inplace=True)
        )

    def forward(self, x):
        outputs = {}
        for i in range(self.num_stages):
            x = getattr(self, f"stage{i}")(x)
            outputs[f"stage{i}"] = x
        return outputs


class DilatedBackbone(Backbone):
    def make_stage(self, cin, cout):
        stage = super().make_stage(cin, cout)
        if cout > 64:
            conv = nn.Conv2d(cin, cout, 3, padding=2, dilation=2, bias=False)
            stage[0] = conv
        return stage
