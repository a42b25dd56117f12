"""BatchNorm1d behind a two-dimensional convolution."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class Critic(nn.Module):
    def __init__(self, action_dim):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, kernel_size=8, stride=4)
        self.bn1 = nn.BatchNorm1d(32)
        self.conv2 = nn.Conv2d(32, 64, kernel_size=4, stride=2)
        self.fc1 = nn.Linear(64 * 9 * 9 + action_dim, 256)
        self.fc2 = nn.Linear(256, 1)

    def forward(self, state, action):
        x = F.relu(self.bn1(self.conv1(state)))
        x = F.relu(self.conv2(x))
        x = torch.flatten(x, start_dim=1)
        x = torch.cat([x, action], dim=1)
        x = F.relu(self.fc1(x))
        return self.fc2(x)


critic = Critic(action_dim=2)
state = torch.rand(16, 3, 88, 88)
action = torch.rand(16, 2)
print(critic(state, action).mean())
