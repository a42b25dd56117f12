import torch
from torch import nn
class PatchTST(nn.Module):
    def __init__(self, n_vars=7, context=336, pred=96, patch_len=16, stride=8, d_model=64, n_heads=4, n_layers=2):
        super().__init__()
        self.patch_len, self.stride = patch_len, stride
        self.padding = nn.ReplicationPad1d((0, stride))
        patch_num = int((context - patch_len) / stride + 1) + 1
        self.W_P = nn.Linear(patch_len, d_model)
        self.W_pos = nn.Parameter(torch.zeros(patch_num, d_model))
        layer = nn.TransformerEncoderLayer(d_model, n_heads, dim_feedforward=128, batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(layer, n_layers, enable_nested_tensor=False)
        self.head = nn.Sequential(nn.Flatten(start_dim=-2), nn.Linear(d_model * patch_num, pred))
        self.affine_w = nn.Parameter(torch.ones(n_vars))
    def forward(self, z):
        z = z.permute(0, 2, 1)
        mean = z.mean(-1, keepdim=True)
        std = torch.sqrt(z.var(dim=-1, keepdim=True, unbiased=False) + 1e-5)
        z = (z - mean) / std * self.affine_w[:, None]
        z = self.padding(z)
        z = z.unfold(dimension=-1, size=self.patch_len, step=self.stride)
        z = self.W_P(z)
        u = torch.reshape(z, (z.shape[0] * z.shape[1], z.shape[2], z.shape[3]))
        u = self.encoder(u + self.W_pos)
        u = torch.reshape(u, (-1, z.shape[1], u.shape[-2], u.shape[-1]))
        y = self.head(u) * std + mean
        return y.permute(0, 2, 1)
