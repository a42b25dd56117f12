"""An image as OpenCV loads it: height, width, channels."""
import numpy as np
import torch
import torch.nn as nn


class SegNet(nn.Module):
    def __init__(self, classes=21):
        super().__init__()
        self.encode = nn.Sequential(
            nn.Conv2d(3, 64, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(64, 128, 3, padding=1),
            nn.ReLU(),
        )
        self.decode = nn.Sequential(
            nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False),
            nn.Conv2d(128, classes, 3, padding=1),
        )

    def forward(self, x):
        return self.decode(self.encode(x))


frame = np.zeros((240, 320, 3), dtype=np.float32)
tensor = torch.from_numpy(frame).permute(2, 0, 1).unsqueeze(0)
model = SegNet()
model.eval()
with torch.no_grad():
    prediction = model(tensor).argmax(dim=1)
print(prediction.shape)
