import torch
from torch import nn


class NeuMF(nn.Module):
    def __init__(self, num_users=6040, num_items=3706, mf_dim=8, layers=(64, 32, 16, 8)):
        super().__init__()
        self.mf_user = nn.Embedding(num_users, mf_dim)
        self.mf_item = nn.Embedding(num_items, mf_dim)
        self.mlp_user = nn.Embedding(num_users, layers[0] // 2)
        self.mlp_item = nn.Embedding(num_items, layers[0] // 2)
        self.mlp = nn.ModuleList(nn.Linear(a, b) for a, b in zip(layers[:-1], layers[1:]))
        self.final = nn.Linear(layers[-1] + mf_dim, 1)

    def forward(self, user, item):
        xmf = self.mf_user(user) * self.mf_item(item)
        xmlp = torch.cat((self.mlp_user(user), self.mlp_item(item)), dim=1)
        for layer in self.mlp:
            xmlp = torch.relu(layer(xmlp))
        x = torch.cat((xmf, xmlp), dim=1)
        return torch.sigmoid(self.final(x))
