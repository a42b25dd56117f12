"""The Dice loss multiplies scores of classes with a mask that is not one-hot."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class DiceLoss(nn.Module):
    def __init__(self, n_classes, smooth=1e-5):
        super(DiceLoss, self).__init__()
        self.n_classes = n_classes
        self.smooth = smooth

    def forward(self, logits, target):
        probs = torch.softmax(logits, dim=1)
        target = F.one_hot(target, self.n_classes).permute(0, 3, 1, 2)
        intersect = torch.sum(probs * target, dim=(0, 2, 3))
        union = torch.sum(probs, dim=(0, 2, 3)) + torch.sum(target)
        dice = (2 * intersect + self.smooth) / (union + self.smooth)
        return 1 - dice.mean()


class Segmenter(nn.Module):
    def __init__(self, n_classes):
        super().__init__()
        self.conv = nn.Conv2d(1, 16, 3, padding=1)
        self.out = nn.Conv2d(16, n_classes, 1)

    def forward(self, x):
        return self.out(F.relu(self.conv(x)))


model = Segmenter(n_classes=9)
criterion = DiceLoss(n_classes=9)
slices = torch.randn(4, 1, 96, 96)
labels = torch.randint(0, 9, (4, 96, 96))
loss = criterion(model(slices), labels)
print(loss.item())
