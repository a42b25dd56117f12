"""A convolution without a kernel size."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class PolicyNetwork(nn.Module):
    def __init__(self, actions):
        super().__init__()
        self.conv1 = nn.Conv2d(4, 32, kernel_size=8, stride=4)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=4, stride=2)
        self.conv3 = nn.Conv2d(64, 64, kernel_size=3)
        self.fc1 = nn.Linear(64 * 7 * 7, 512)
        self.fc2 = nn.Linear(512, actions)

    def forward(self, state):
        x = F.relu(self.conv1(state / 255.0))
        x = F.relu(self.conv2(x))
        x = F.relu(self.conv3(x))
        x = F.relu(self.fc1(x.flatten(start_dim=1)))
        return F.softmax(self.fc2(x), dim=-1)


policy = PolicyNetwork(actions=6)
screen = torch.zeros(1, 4, 84, 84)
print(policy(screen))
