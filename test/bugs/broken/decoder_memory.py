"""The encoder's features and the decoder's model size differ."""
import torch
import torch.nn as nn


class CaptionModel(nn.Module):
    def __init__(self, vocab_size, feature_dim=2048, d_model=512, nhead=8, layers=2):
        super().__init__()
        self.embed = nn.Embedding(vocab_size, d_model)
        self.project = nn.Linear(feature_dim, d_model)
        layer = nn.TransformerDecoderLayer(d_model, nhead, batch_first=True)
        self.decoder = nn.TransformerDecoder(layer, num_layers=layers)
        self.generate = nn.Linear(d_model, vocab_size)

    def forward(self, features, captions):
        tgt = self.embed(captions)
        size = captions.size(1)
        mask = torch.triu(torch.full((size, size), float("-inf")), diagonal=1)
        out = self.decoder(tgt, features, tgt_mask=mask)
        return self.generate(out)


model = CaptionModel(vocab_size=9000)
features = torch.randn(4, 49, 2048)
captions = torch.randint(0, 9000, (4, 21))
print(model(features, captions).shape)
