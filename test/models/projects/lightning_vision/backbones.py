from torch import nn


def conv_stage(cin, cout, n=2):
    layers = []
    for i in range(n):
        layers += [nn.Conv2d(cin if i == 0 else cout, cout, 3, padding=1, bias=False), nn.BatchNorm2d(cout), nn.ReLU()]
    return nn.Sequential(*layers, nn.MaxPool2d(2))


class SmallCNN(nn.Module):
    def __init__(self, channels=(32, 64, 128), in_channels=3):
        super().__init__()
        widths = [in_channels, *channels]
        self.stages = nn.Sequential(*[conv_stage(a, b) for a, b in zip(widths, widths[1:])])
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.out_features = channels[-1]

    def forward(self, x):
        return self.pool(self.stages(x)).flatten(1)


BACKBONES = {
    "small": lambda: SmallCNN(),
    "tiny": lambda: SmallCNN(channels=(16, 32)),
}
