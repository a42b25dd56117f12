"""gather wants as many dimensions in the index as in the values."""
import random
from collections import deque

import torch
import torch.nn as nn
import torch.nn.functional as F


class DQN(nn.Module):
    def __init__(self, n_observations, n_actions):
        super(DQN, self).__init__()
        self.layer1 = nn.Linear(n_observations, 128)
        self.layer2 = nn.Linear(128, 128)
        self.layer3 = nn.Linear(128, n_actions)

    def forward(self, x):
        x = F.relu(self.layer1(x))
        x = F.relu(self.layer2(x))
        return self.layer3(x)


BATCH_SIZE = 128
GAMMA = 0.99
policy_net = DQN(4, 2)
target_net = DQN(4, 2)
target_net.load_state_dict(policy_net.state_dict())
memory = deque(maxlen=10000)


def optimize_model():
    state_batch = torch.randn(BATCH_SIZE, 4)
    next_states = torch.randn(BATCH_SIZE, 4)
    action_batch = torch.randint(0, 2, (BATCH_SIZE,))
    reward_batch = torch.ones(BATCH_SIZE)
    q_values = policy_net(state_batch)
    state_action_values = q_values.gather(1, action_batch.unsqueeze(1))
    with torch.no_grad():
        next_values = target_net(next_states).max(1).values
    expected = reward_batch + GAMMA * next_values
    return F.smooth_l1_loss(state_action_values, expected.unsqueeze(1))


print(optimize_model().item())
