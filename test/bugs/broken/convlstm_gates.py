"""The gates' convolution takes the input alone, not the input with the state."""
import torch
import torch.nn as nn


class ConvLSTMCell(nn.Module):
    def __init__(self, input_dim, hidden_dim, kernel_size=3):
        super().__init__()
        self.hidden_dim = hidden_dim
        self.conv = nn.Conv2d(
            in_channels=input_dim,
            out_channels=4 * hidden_dim,
            kernel_size=kernel_size,
            padding=kernel_size // 2,
        )

    def forward(self, x, state):
        h, c = state
        combined = torch.cat([x, h], dim=1)
        gates = self.conv(combined)
        i, f, o, g = torch.split(gates, self.hidden_dim, dim=1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.sigmoid(o) * torch.tanh(c)
        return h, c

    def init_hidden(self, batch_size, height, width):
        shape = (batch_size, self.hidden_dim, height, width)
        return torch.zeros(shape), torch.zeros(shape)


cell = ConvLSTMCell(input_dim=3, hidden_dim=16)
frames = torch.randn(10, 4, 3, 64, 64)
state = cell.init_hidden(4, 64, 64)
for t in range(frames.size(0)):
    state = cell(frames[t], state)
print(state[0].shape)
