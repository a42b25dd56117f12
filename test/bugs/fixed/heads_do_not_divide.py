"""An embedding of 100 sizes over 8 heads."""
import math

import torch
import torch.nn as nn


class PositionalEncoding(nn.Module):
    def __init__(self, d_model, max_len=5000):
        super().__init__()
        pe = torch.zeros(max_len, d_model)
        position = torch.arange(0, max_len).unsqueeze(1).float()
        div_term = torch.exp(torch.arange(0, d_model, 2).float() * (-math.log(10000.0) / d_model))
        pe[:, 0::2] = torch.sin(position * div_term)
        pe[:, 1::2] = torch.cos(position * div_term)
        self.register_buffer("pe", pe.unsqueeze(0))

    def forward(self, x):
        return x + self.pe[:, : x.size(1)]


class AttentionClassifier(nn.Module):
    def __init__(self, vocab_size, d_model=96, num_heads=8, num_classes=2):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, d_model)
        self.position = PositionalEncoding(d_model)
        self.attention = nn.MultiheadAttention(d_model, num_heads, batch_first=True)
        self.norm = nn.LayerNorm(d_model)
        self.fc = nn.Linear(d_model, num_classes)

    def forward(self, tokens):
        x = self.position(self.embedding(tokens))
        attended, _ = self.attention(x, x, x)
        x = self.norm(x + attended)
        return self.fc(x.mean(dim=1))


model = AttentionClassifier(vocab_size=20000)
tokens = torch.randint(0, 20000, (16, 50))
print(model(tokens).shape)
