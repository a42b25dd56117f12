"""The decoder takes a hidden state of the encoder's size."""
import torch
import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, vocab, emb_dim, hid_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab, emb_dim)
        self.rnn = nn.GRU(emb_dim, hid_dim)

    def forward(self, src):
        outputs, hidden = self.rnn(self.embedding(src))
        return hidden


class Decoder(nn.Module):
    def __init__(self, vocab, emb_dim, hid_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab, emb_dim)
        self.rnn = nn.GRU(emb_dim + hid_dim, hid_dim)
        self.fc_out = nn.Linear(emb_dim + hid_dim * 2, vocab)

    def forward(self, token, hidden, context):
        embedded = self.embedding(token.unsqueeze(0))
        emb_con = torch.cat((embedded, context), dim=2)
        output, hidden = self.rnn(emb_con, hidden)
        output = torch.cat((embedded.squeeze(0), hidden.squeeze(0), context.squeeze(0)), dim=1)
        return self.fc_out(output), hidden


class Seq2Seq(nn.Module):
    def __init__(self, encoder, decoder):
        super().__init__()
        self.encoder = encoder
        self.decoder = decoder

    def forward(self, src, trg):
        context = self.encoder(src)
        hidden = context
        outputs = []
        for t in range(1, trg.shape[0]):
            output, hidden = self.decoder(trg[t - 1], hidden, context)
            outputs.append(output)
        return torch.stack(outputs)


enc = Encoder(vocab=7854, emb_dim=256, hid_dim=256)
dec = Decoder(vocab=5893, emb_dim=256, hid_dim=512)
model = Seq2Seq(enc, dec)
src = torch.randint(0, 7854, (21, 16))
trg = torch.randint(0, 5893, (7, 16))
print(model(src, trg).shape)
