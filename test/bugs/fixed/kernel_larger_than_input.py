"""Five halvings of a 28 by 28 image leave nothing for the last kernel."""
import torch
import torch.nn as nn


def conv_block(c_in, c_out):
    return nn.Sequential(
        nn.Conv2d(c_in, c_out, kernel_size=3),
        nn.ReLU(),
        nn.MaxPool2d(2),
    )


class DigitNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.block1 = conv_block(1, 16)
        self.block2 = conv_block(16, 32)
        self.block3 = conv_block(32, 64)
        self.head = nn.Conv2d(64, 128, kernel_size=1)
        self.fc = nn.Linear(128, 10)

    def forward(self, x):
        x = self.block1(x)
        x = self.block2(x)
        x = self.block3(x)
        x = torch.relu(self.head(x))
        x = x.mean(dim=(2, 3))
        return self.fc(x)


net = DigitNet()
batch = torch.zeros(8, 1, 28, 28)
scores = net(batch)
print(scores.size())
