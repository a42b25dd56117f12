"""Two directions make twice the features."""
import torch
import torch.nn as nn


class BiLSTMTagger(nn.Module):
    def __init__(self, vocab_size, tagset_size, embedding_dim=128, hidden_dim=256):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.lstm = nn.LSTM(
            embedding_dim,
            hidden_dim,
            num_layers=2,
            bidirectional=True,
            dropout=0.25,
            batch_first=True,
        )
        self.hidden2tag = nn.Linear(hidden_dim, tagset_size)

    def forward(self, sentence):
        embeds = self.embedding(sentence)
        lstm_out, _ = self.lstm(embeds)
        tag_space = self.hidden2tag(lstm_out)
        return tag_space.transpose(1, 2)


tagger = BiLSTMTagger(vocab_size=8000, tagset_size=17)
sentences = torch.randint(0, 8000, (32, 40))
tags = torch.randint(0, 17, (32, 40))
loss = nn.CrossEntropyLoss()(tagger(sentences), tags)
print(loss)
