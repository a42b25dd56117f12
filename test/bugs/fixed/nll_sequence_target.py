"""Scores as (batch, time, classes), where the loss wants classes second."""
import torch
import torch.nn as nn


class LanguageModel(nn.Module):
    def __init__(self, vocab=2000, dim=128):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.lstm = nn.LSTM(dim, dim, num_layers=2, batch_first=True)
        self.proj = nn.Linear(dim, vocab)

    def forward(self, x, state=None):
        out, state = self.lstm(self.embed(x), state)
        return self.proj(out), state


model = LanguageModel()
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.AdamW(model.parameters(), lr=3e-4)
corpus = torch.randint(0, 2000, (16, 65))

for step in range(2):
    inputs, targets = corpus[:, :-1], corpus[:, 1:]
    logits, _ = model(inputs)
    loss = criterion(logits.transpose(1, 2), targets)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    print(loss.item())
