"""Two embeddings are joined along the batch's neighbour, and one of them still has its time."""
import torch
import torch.nn as nn


class Siamese(nn.Module):
    def __init__(self, vocab=10000, dim=128, hidden=64):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.lstm = nn.LSTM(dim, hidden, batch_first=True)
        self.fc = nn.Sequential(
            nn.Linear(hidden * 2, 32),
            nn.ReLU(),
            nn.Linear(32, 1),
        )

    def encode(self, tokens):
        output, (h_n, c_n) = self.lstm(self.embed(tokens))
        return output

    def forward(self, question1, question2):
        a = self.encode(question1)
        b = self.encode(question2)
        merged = torch.cat((a, b), dim=-1)
        return torch.sigmoid(self.fc(merged))


model = Siamese()
q1 = torch.randint(0, 10000, (16, 30))
q2 = torch.randint(0, 10000, (16, 25))
print(model(q1, q2).shape)
