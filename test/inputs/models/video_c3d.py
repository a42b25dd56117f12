import torch
import torch.nn as nn


class C3D(nn.Module):
    """Clips of frames to actions; the head takes clips of 16 frames of 112 by 112."""

    def __init__(self, num_classes=101):
        super().__init__()
        self.conv1 = nn.Conv3d(3, 64, kernel_size=(3, 3, 3), padding=(1, 1, 1))
        self.pool1 = nn.MaxPool3d(kernel_size=(1, 2, 2), stride=(1, 2, 2))
        self.conv2 = nn.Conv3d(64, 128, kernel_size=3, padding=1)
        self.pool2 = nn.MaxPool3d(2)
        self.conv3a = nn.Conv3d(128, 256, kernel_size=3, padding=1)
        self.conv3b = nn.Conv3d(256, 256, kernel_size=3, padding=1)
        self.pool3 = nn.MaxPool3d(2, stride=2)
        self.avg = nn.AdaptiveAvgPool3d((1, 4, 4))
        self.fc = nn.Linear(256 * 4 * 4, num_classes)
        self.relu = nn.ReLU()

    def forward(self, clip):
        h = self.pool1(self.relu(self.conv1(clip)))
        h = self.pool2(self.relu(self.conv2(h)))
        h = self.relu(self.conv3a(h))
        h = self.pool3(self.relu(self.conv3b(h)))
        h = self.avg(h)
        h = h.view(h.shape[0], -1)
        return self.fc(h)
