"""Word vectors of 300 sizes into a transformer of 512."""
import torch
import torch.nn as nn


class TransformerClassifier(nn.Module):
    def __init__(self, vocab_size, embed_dim=300, d_model=512, nhead=8, num_layers=3, num_classes=4):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.pos_embedding = nn.Embedding(512, embed_dim)
        encoder_layer = nn.TransformerEncoderLayer(d_model=d_model, nhead=nhead, batch_first=True)
        self.transformer = nn.TransformerEncoder(encoder_layer, num_layers=num_layers)
        self.fc = nn.Linear(d_model, num_classes)

    def forward(self, input_ids):
        seq_len = input_ids.size(1)
        positions = torch.arange(seq_len, device=input_ids.device)
        x = self.embedding(input_ids) + self.pos_embedding(positions)
        x = self.transformer(x)
        return self.fc(x[:, 0])


model = TransformerClassifier(vocab_size=30522)
input_ids = torch.randint(0, 30522, (8, 64))
logits = model(input_ids)
print(logits.shape)
