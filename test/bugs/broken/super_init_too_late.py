"""super().__init__() stands behind the first layer."""
import torch
from torch import nn


class TextCNN(nn.Module):
    def __init__(self, vocab, dim=100, filters=64, classes=4):
        self.embed = nn.Embedding(vocab, dim, padding_idx=0)
        super(TextCNN, self).__init__()
        self.convs = nn.ModuleList([nn.Conv1d(dim, filters, k) for k in (3, 4, 5)])
        self.dropout = nn.Dropout(0.5)
        self.fc = nn.Linear(filters * 3, classes)

    def forward(self, text):
        x = self.embed(text).transpose(1, 2)
        pooled = [torch.relu(conv(x)).max(dim=2).values for conv in self.convs]
        return self.fc(self.dropout(torch.cat(pooled, dim=1)))


def train():
    model = TextCNN(vocab=5000)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    text = torch.randint(0, 5000, (8, 60))
    labels = torch.randint(0, 4, (8,))
    loss = nn.functional.cross_entropy(model(text), labels)
    loss.backward()
    optimizer.step()


if __name__ == "__main__":
    train()
