"""Fine-tuning: a pretrained-style backbone of which only the end learns."""
import torch
from torch import nn


class Backbone(nn.Module):
    def __init__(self, widths=(32, 64, 128, 256)):
        super().__init__()
        self.stem = nn.Conv2d(3, widths[0], 7, stride=2, padding=3)
        self.stages = nn.ModuleList()
        for i in range(len(widths) - 1):
            self.stages.append(nn.Sequential(
                nn.Conv2d(widths[i], widths[i + 1], 3, stride=2, padding=1, bias=False),
                nn.BatchNorm2d(widths[i + 1]),
                nn.SiLU(),
            ))
        self.out_features = widths[-1]

    def forward(self, x):
        x = self.stem(x)
        for stage in self.stages:
            x = stage(x)
        return x.mean(dim=(2, 3))


def freeze(module: nn.Module, train_norm: bool = False) -> nn.Module:
    for m in module.modules():
        if train_norm and isinstance(m, nn.BatchNorm2d):
            continue
        for p in m.parameters(recurse=False):
            p.requires_grad = False
    return module


class FineTuned(nn.Module):
    def __init__(self, num_classes=37, unfreeze_last=1, hidden=512):
        super().__init__()
        self.backbone = Backbone()
        for param in self.backbone.parameters():
            param.requires_grad = False
        if unfreeze_last > 0:
            for stage in self.backbone.stages[-unfreeze_last:]:
                stage.requires_grad_(True)
        self.head = nn.Sequential(
            nn.Linear(self.backbone.out_features, hidden),
            nn.BatchNorm1d(hidden),
            nn.ReLU(),
            nn.Dropout(0.3),
            nn.Linear(hidden, num_classes),
        )

    @property
    def trainable_parameters(self):
        return [p for p in self.parameters() if p.requires_grad]

    def forward(self, x):
        with torch.no_grad():
            h = self.backbone.stem(x)
        for stage in self.backbone.stages:
            h = stage(h)
        features = h.mean(dim=[2, 3])
        return self.head(features)


# A linear probe: the backbone gives fixed features, but its norms may adapt.
probe = nn.Sequential()
probe.add_module("backbone", freeze(Backbone(widths=(16, 32, 64)), train_norm=True))
probe.add_module("classifier", nn.Linear(64, 5))

# By name, as a training script would do it.
by_name = FineTuned(num_classes=10, unfreeze_last=0)
for name, p in by_name.named_parameters():
    if name.startswith("head.4") or name.endswith("bias"):
        p.requires_grad = True
    else:
        p.requires_grad = False
by_name.head[4].weight.requires_grad_(False)

optimizer = torch.optim.AdamW((p for p in by_name.parameters() if p.requires_grad), lr=3e-4)
