"""Linear takes what comes in first, not what goes out."""
import torch
import torch.nn as nn


class Autoencoder(nn.Module):
    def __init__(self):
        super(Autoencoder, self).__init__()
        self.encoder = nn.Sequential(
            nn.Linear(784, 128),
            nn.ReLU(),
            nn.Linear(128, 32),
            nn.ReLU(),
        )
        self.bottleneck = nn.Linear(8, 32)
        self.decoder = nn.Sequential(
            nn.Linear(8, 32),
            nn.ReLU(),
            nn.Linear(32, 784),
            nn.Sigmoid(),
        )

    def forward(self, x):
        encoded = self.encoder(x)
        code = self.bottleneck(encoded)
        return self.decoder(code)


model = Autoencoder()
criterion = nn.MSELoss()
images = torch.rand(64, 28 * 28)
reconstructed = model(images)
loss = criterion(reconstructed, images)
print(loss)
