import torch
import torch.nn as nn


class BiLSTMClassifier(nn.Module):
    """Sentiment of a sentence from the last hidden states of both directions."""

    def __init__(self, vocab_size=20000, embedding_dim=100, hidden_dim=256, output_dim=2,
                 n_layers=2, bidirectional=True, dropout=0.5, pad_idx=1):
        super().__init__()

        self.embedding = nn.Embedding(vocab_size, embedding_dim, padding_idx=pad_idx)

        self.rnn = nn.LSTM(embedding_dim,
                           hidden_dim,
                           num_layers=n_layers,
                           bidirectional=bidirectional,
                           batch_first=True,
                           dropout=dropout)

        self.fc = nn.Linear(hidden_dim * 2 if bidirectional else hidden_dim, output_dim)
        self.dropout = nn.Dropout(dropout)

    def forward(self, text):
        # text = [batch size, sent len]
        embedded = self.dropout(self.embedding(text))

        # output = [batch size, sent len, hid dim * num directions]
        # hidden = [num layers * num directions, batch size, hid dim]
        output, (hidden, cell) = self.rnn(embedded)

        # join the final forward (hidden[-2,:,:]) and backward (hidden[-1,:,:]) states
        if self.rnn.bidirectional:
            hidden = self.dropout(torch.cat((hidden[-2, :, :], hidden[-1, :, :]), dim=1))
        else:
            hidden = self.dropout(hidden[-1])

        return self.fc(hidden)


class AttentiveTagger(nn.Module):
    """A tag for each token; word and character features side by side."""

    def __init__(self, config: dict):
        super().__init__()
        self.config = config
        self.word_emb = nn.Embedding(config["words"], config["word_dim"])
        self.char_emb = nn.Embedding(config["chars"], config["char_dim"])
        self.char_cnn = nn.Conv1d(config["char_dim"], config["char_out"], kernel_size=3, padding=1)
        width = config["word_dim"] + config["char_out"]
        self.lstm = nn.LSTM(width, config["hidden"] // 2, batch_first=True, bidirectional=True)
        self.score = nn.Linear(config["hidden"], 1, bias=False)
        self.classifier = nn.Linear(2 * config["hidden"], config["tags"])

    def forward(self, words, chars):
        b, t, w = chars.shape
        c = self.char_emb(chars).view(b * t, w, -1).transpose(1, 2)
        c = self.char_cnn(c).relu().max(dim=-1).values.view(b, t, -1)
        x = torch.cat([self.word_emb(words), c], dim=-1)
        states, _ = self.lstm(x)
        weights = torch.softmax(self.score(states), dim=1)
        context = (weights * states).sum(dim=1, keepdim=True).expand_as(states)
        return self.classifier(torch.cat([states, context], dim=-1))


CONFIG = dict(words=5000, chars=80, word_dim=64, char_dim=16, char_out=32, hidden=128, tags=9)

tagger = AttentiveTagger(CONFIG)
