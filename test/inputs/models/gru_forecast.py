import torch
from torch import nn


class GRUForecaster(nn.Module):
    """Predicts the next `horizon` steps of a multivariate series."""

    def __init__(self, n_features=7, hidden_size=64, num_layers=2, horizon=12):
        super().__init__()
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.horizon = horizon
        self.gru = nn.GRU(n_features, hidden_size, num_layers, batch_first=True, dropout=0.2)
        self.head = nn.Linear(hidden_size, n_features * horizon)

    def forward(self, x):
        h0 = torch.zeros(self.num_layers, x.size(0), self.hidden_size).to(x.device)
        out, _ = self.gru(x, h0)
        y = self.head(out[:, -1, :])
        return y.view(y.size(0), self.horizon, -1)
