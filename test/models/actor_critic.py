import numpy as np
import torch
import torch.nn as nn


def layer_init(layer, std=np.sqrt(2), bias_const=0.0):
    torch.nn.init.orthogonal_(layer.weight, std)
    torch.nn.init.constant_(layer.bias, bias_const)
    return layer


class Agent(nn.Module):
    """Frames in, action scores and value out."""

    def __init__(self, n_actions=6):
        super().__init__()
        self.network = nn.Sequential(
            layer_init(nn.Conv2d(4, 32, 8, stride=4)),
            nn.ReLU(),
            layer_init(nn.Conv2d(32, 64, 4, stride=2)),
            nn.ReLU(),
            layer_init(nn.Conv2d(64, 64, 3, stride=1)),
            nn.ReLU(),
            nn.Flatten(),
            layer_init(nn.Linear(64 * 7 * 7, 512)),
            nn.ReLU(),
        )
        self.actor = layer_init(nn.Linear(512, n_actions), std=0.01)
        self.critic = layer_init(nn.Linear(512, 1), std=1)

    def get_value(self, x):
        return self.critic(self.network(x / 255.0))

    def forward(self, x):
        hidden = self.network(x / 255.0)
        logits = self.actor(hidden)
        return logits, self.critic(hidden)


class DuelingDQN(nn.Module):
    def __init__(self, obs_dim=8, n_actions=4, hidden=(128, 128)):
        super().__init__()
        sizes = [obs_dim, *hidden]
        self.body = nn.Sequential(*[
            m for i in range(len(hidden)) for m in (nn.Linear(sizes[i], sizes[i + 1]), nn.Tanh())
        ])
        self.value = nn.Linear(hidden[-1], 1)
        self.advantage = nn.Linear(hidden[-1], n_actions)

    def forward(self, obs):
        h = self.body(obs)
        v, a = self.value(h), self.advantage(h)
        return v + (a - a.mean(dim=1, keepdim=True))


class GaussianPolicy(nn.Module):
    LOG_STD_MIN = -20
    LOG_STD_MAX = 2

    def __init__(self, state_dim, action_dim, hidden_dim=256):
        super().__init__()
        self.l1 = nn.Linear(state_dim, hidden_dim)
        self.l2 = nn.Linear(hidden_dim, hidden_dim)
        self.mean = nn.Linear(hidden_dim, action_dim)
        self.log_std = nn.Parameter(torch.zeros(1, action_dim))

    def forward(self, state):
        x = torch.relu(self.l2(torch.relu(self.l1(state))))
        mu = self.mean(x)
        std = self.log_std.clamp(self.LOG_STD_MIN, self.LOG_STD_MAX).exp().expand_as(mu)
        action = torch.tanh(mu + std * torch.randn_like(std))
        return action, mu, std


agent = Agent()
obs = torch.zeros(1, 4, 84, 84)
logits, value = agent(obs)
