"""bmm takes batches of matrices, and the query of Luong's attention is none."""
import torch
import torch.nn as nn
import torch.nn.functional as F


class LuongAttention(nn.Module):
    def __init__(self, hidden_size):
        super().__init__()
        self.W = nn.Linear(hidden_size, hidden_size, bias=False)

    def forward(self, decoder_hidden, encoder_outputs):
        # decoder_hidden: (batch, hidden), encoder_outputs: (batch, seq, hidden)
        query = self.W(decoder_hidden)
        scores = torch.bmm(query, encoder_outputs.transpose(1, 2))
        weights = F.softmax(scores, dim=-1)
        context = torch.bmm(weights, encoder_outputs)
        return context.squeeze(1), weights


class AttnDecoder(nn.Module):
    def __init__(self, vocab, hidden):
        super().__init__()
        self.embedding = nn.Embedding(vocab, hidden)
        self.cell = nn.GRUCell(hidden, hidden)
        self.attention = LuongAttention(hidden)
        self.out = nn.Linear(hidden * 2, vocab)

    def forward(self, token, hidden, encoder_outputs):
        hidden = self.cell(self.embedding(token), hidden)
        context, weights = self.attention(hidden, encoder_outputs)
        return self.out(torch.cat([hidden, context], dim=1)), hidden


decoder = AttnDecoder(vocab=1000, hidden=128)
token = torch.zeros(16, dtype=torch.long)
hidden = torch.zeros(16, 128)
memory = torch.randn(16, 30, 128)
logits, hidden = decoder(token, hidden, memory)
print(logits.shape)
