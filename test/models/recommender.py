"""Deep and wide click prediction over categorical and dense columns; and matrix factorisation."""
from typing import Dict, List, Sequence

import torch
from torch import nn


def mlp(*dims: int, act=nn.ReLU, last=False) -> nn.Sequential:
    layers: List[nn.Module] = []
    for a, b in zip(dims[:-1], dims[1:]):
        layers += [nn.Linear(a, b), act()]
    return nn.Sequential(*(layers if last else layers[:-1]))


class ClickModel(nn.Module):
    def __init__(self, cardinalities: Dict[str, int], dense: int = 13, emb: int = 16, hidden: Sequence[int] = (128, 64)):
        super().__init__()
        self.tables = nn.ModuleDict({name: nn.Embedding(size, emb) for name, size in cardinalities.items()})
        self.dense_arch = mlp(dense, 64, emb, last=True)
        n = len(cardinalities) + 1
        self.register_buffer("rows", torch.tensor([i for i in range(n) for j in range(i)]))
        self.register_buffer("cols", torch.tensor([j for i in range(n) for j in range(i)]))
        self.over_arch = mlp(emb + n * (n - 1) // 2, *hidden, 1)
        self.bias = nn.Parameter(torch.zeros(()))

    def forward(self, dense, sparse):
        d = self.dense_arch(dense)
        embedded = [table(sparse[:, i]) for i, table in enumerate(self.tables.values())]
        stacked = torch.stack([d] + embedded, dim=1)
        dots = torch.bmm(stacked, stacked.transpose(1, 2))
        crossed = dots[:, self.rows, self.cols]
        logit = self.over_arch(torch.cat([d, crossed], dim=1)).squeeze(-1) + self.bias
        return {"logit": logit, "prob": torch.sigmoid(logit)}


class NeuMF(nn.Module):
    def __init__(self, num_users, num_items, factors=8, layers=(64, 32, 16, 8)):
        super().__init__()
        self.mf_user = nn.Embedding(num_users, factors)
        self.mf_item = nn.Embedding(num_items, factors)
        self.mlp_user = nn.Embedding(num_users, layers[0] // 2)
        self.mlp_item = nn.Embedding(num_items, layers[0] // 2)
        self.fc_layers = nn.ModuleList()
        for idx, (in_size, out_size) in enumerate(zip(layers[:-1], layers[1:])):
            self.fc_layers.append(nn.Linear(in_size, out_size))
        self.affine_output = nn.Linear(layers[-1] + factors, 1)

    def forward(self, user, item):
        mf_vector = torch.mul(self.mf_user(user), self.mf_item(item))
        mlp_vector = torch.cat([self.mlp_user(user), self.mlp_item(item)], dim=-1)
        for idx, _ in enumerate(range(len(self.fc_layers))):
            mlp_vector = self.fc_layers[idx](mlp_vector)
            mlp_vector = torch.relu(mlp_vector)
        vector = torch.cat([mlp_vector, mf_vector], dim=-1)
        return self.affine_output(vector)


COLUMNS = {"country": 250, "device": 12, "site": 4000, "hour": 24}

clicks = ClickModel(COLUMNS)
ncf = NeuMF(num_users=943, num_items=1682)
