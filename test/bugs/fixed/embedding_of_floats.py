"""Token ids that became floats on their way."""
import numpy as np
import torch
import torch.nn as nn


class SentimentRNN(nn.Module):
    def __init__(self, vocab_size, embedding_dim=64, hidden_dim=128):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.rnn = nn.GRU(embedding_dim, hidden_dim, batch_first=True)
        self.fc = nn.Linear(hidden_dim, 1)

    def forward(self, text):
        embedded = self.embedding(text)
        _, hidden = self.rnn(embedded)
        return torch.sigmoid(self.fc(hidden.squeeze(0)))


def pad_features(reviews, seq_length):
    features = np.zeros((len(reviews), seq_length))
    for i, row in enumerate(reviews):
        features[i, -len(row):] = np.array(row)[:seq_length]
    return features


reviews = [[4, 8, 15], [16, 23], [42, 7, 1, 3]]
features = pad_features(reviews, 6)
inputs = torch.from_numpy(features).long()
model = SentimentRNN(vocab_size=100)
print(model(inputs))
