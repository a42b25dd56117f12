"""There is no dimension three."""
import torch
import torch.nn as nn


class PointerNet(nn.Module):
    def __init__(self, dim=64):
        super().__init__()
        self.encoder = nn.LSTM(2, dim, batch_first=True)
        self.w1 = nn.Linear(dim, dim, bias=False)
        self.w2 = nn.Linear(dim, dim, bias=False)
        self.v = nn.Linear(dim, 1, bias=False)

    def forward(self, cities):
        encoded, (h, _) = self.encoder(cities)
        query = self.w2(h[-1]).unsqueeze(1)
        scores = self.v(torch.tanh(self.w1(encoded) + query)).squeeze(-1)
        return torch.softmax(scores, dim=1)


net = PointerNet()
tour = torch.rand(32, 20, 2)
pointer = net(tour)
print(pointer.shape)
