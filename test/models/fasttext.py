from collections import deque
from itertools import chain, repeat

import torch
from torch import nn


class TextClassificationModel(nn.Module):

    def __init__(self, vocab_size, embed_dim, num_class):
        super(TextClassificationModel, self).__init__()
        self.embedding = nn.EmbeddingBag(vocab_size, embed_dim, sparse=False)
        self.fc = nn.Linear(embed_dim, num_class)
        self.init_weights()

    def init_weights(self):
        initrange = 0.5
        self.embedding.weight.data.uniform_(-initrange, initrange)
        self.fc.weight.data.uniform_(-initrange, initrange)
        self.fc.bias.data.zero_()

    def forward(self, text, offsets):
        embedded = self.embedding(text, offsets)
        return self.fc(embedded)


class TextCNN(nn.Module):
    """One convolution for each width of phrase, the strongest answer of each."""

    def __init__(self, vocab=5000, dim=64, n_filters=100, filter_sizes=(3, 4, 5), classes=6, static=False):
        super().__init__()
        table = torch.randn(vocab, dim) * 0.1
        self.embedding = nn.Embedding.from_pretrained(table, freeze=static)
        self.convs = nn.ModuleList([nn.Conv2d(1, n_filters, (fs, dim)) for fs in filter_sizes])
        self.fc = nn.Linear(len(filter_sizes) * n_filters, classes)
        self.dropout = nn.Dropout(0.5)

    def forward(self, text):
        embedded = self.embedding(text).unsqueeze(1)
        conved = [torch.relu(conv(embedded)).squeeze(3) for conv in self.convs]
        pooled = [nn.functional.max_pool1d(c, c.shape[2]).squeeze(2) for c in conved]
        cat = self.dropout(torch.cat(pooled, dim=1))
        return self.fc(cat)


class Pyramid(nn.Module):
    """DPCNN: halve the text until one word is left."""

    def __init__(self, vocab, dim=50, channels=32):
        super().__init__()
        self.table = nn.Embedding(vocab, dim)
        self.region = nn.Conv1d(dim, channels, 3, padding="same")
        widths = deque(chain([channels], repeat(2 * channels, 2)))
        blocks = []
        while len(widths) > 1:
            c_in = widths.popleft()
            blocks.append(nn.Sequential(nn.ReLU(), nn.Conv1d(c_in, widths[0], 3, padding=1)))
        self.blocks = nn.ModuleList(blocks)
        self.pool = nn.MaxPool1d(3, stride=2)
        self.pad = nn.ConstantPad1d((0, 1), 0.0)
        self.final = nn.LazyLinear(4)

    def forward(self, ids):
        x = self.region(self.table(ids).mT)
        for block in self.blocks:
            x = self.pool(self.pad(block(x)))
        while x.size(-1) > 2:
            x = self.pool(self.pad(x))
        return self.final(x.flatten(1))


vocab_size = 9000
emsize = 64
model = TextClassificationModel(vocab_size, emsize, num_class=4)
