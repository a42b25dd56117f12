"""The encoder's output is halved into mean and variance, but one of them alone is sampled."""
import torch
import torch.nn as nn


class Encoder(nn.Module):
    def __init__(self, latent=16):
        super().__init__()
        self.net = nn.Sequential(
            nn.Flatten(),
            nn.Linear(28 * 28, 256),
            nn.ReLU(),
            nn.Linear(256, 2 * latent),
        )

    def forward(self, x):
        h = self.net(x)
        mu, logvar = h.chunk(2, dim=1)
        return mu, logvar


class Decoder(nn.Module):
    def __init__(self, latent=16):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(latent, 256), nn.ReLU(), nn.Linear(256, 28 * 28))

    def forward(self, z):
        return torch.sigmoid(self.net(z)).view(-1, 1, 28, 28)


encoder, decoder = Encoder(16), Decoder(10)
x = torch.rand(100, 1, 28, 28)
mu, logvar = encoder(x)
eps = torch.randn(100, 10)
z = mu + eps * torch.exp(0.5 * logvar)
recon = decoder(z)
kl = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
print(recon.shape, kl.item())
