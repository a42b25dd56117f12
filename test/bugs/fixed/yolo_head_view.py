"""Three anchors with 80 classes need 255 channels, the head has 75."""
import torch
import torch.nn as nn


class DetectionHead(nn.Module):
    def __init__(self, in_channels, num_anchors=3, num_classes=80):
        super().__init__()
        self.num_anchors = num_anchors
        self.num_classes = num_classes
        self.conv = nn.Conv2d(in_channels, 512, 3, padding=1)
        self.act = nn.LeakyReLU(0.1)
        self.pred = nn.Conv2d(512, num_anchors * (num_classes + 5), 1)

    def forward(self, x):
        x = self.pred(self.act(self.conv(x)))
        n, _, h, w = x.shape
        x = x.view(n, self.num_anchors, self.num_classes + 5, h, w)
        x = x.permute(0, 1, 3, 4, 2)
        xy = torch.sigmoid(x[..., :2])
        wh = torch.exp(x[..., 2:4])
        scores = torch.sigmoid(x[..., 4:])
        return torch.cat([xy, wh, scores], dim=-1)


head = DetectionHead(in_channels=256)
feature = torch.randn(2, 256, 13, 13)
print(head(feature).shape)
