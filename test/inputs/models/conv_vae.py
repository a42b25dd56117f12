import torch
from torch import nn


class ConvVAE(nn.Module):
    def __init__(self, channels=3, latent=128):
        super().__init__()
        hidden = [32, 64, 128, 256, 512]
        layers = []
        for width in hidden:
            layers.append(
                nn.Sequential(nn.Conv2d(channels, width, 3, stride=2, padding=1), nn.BatchNorm2d(width), nn.LeakyReLU())
            )
            channels = width
        self.encoder = nn.Sequential(*layers)
        self.fc_mu = nn.Linear(hidden[-1] * 4, latent)
        self.fc_var = nn.Linear(hidden[-1] * 4, latent)
        self.decoder_input = nn.Linear(latent, hidden[-1] * 4)
        hidden.reverse()
        layers = []
        for a, b in zip(hidden, hidden[1:]):
            layers.append(
                nn.Sequential(
                    nn.ConvTranspose2d(a, b, 3, stride=2, padding=1, output_padding=1),
                    nn.BatchNorm2d(b),
                    nn.LeakyReLU(),
                )
            )
        self.decoder = nn.Sequential(*layers)
        self.final = nn.Sequential(
            nn.ConvTranspose2d(hidden[-1], hidden[-1], 3, stride=2, padding=1, output_padding=1),
            nn.LeakyReLU(),
            nn.Conv2d(hidden[-1], 3, 3, padding=1),
            nn.Tanh(),
        )

    def forward(self, x):
        h = torch.flatten(self.encoder(x), start_dim=1)
        mu, log_var = self.fc_mu(h), self.fc_var(h)
        z = mu + torch.exp(0.5 * log_var) * torch.randn_like(log_var)
        h = self.decoder_input(z).view(-1, 512, 2, 2)
        return self.final(self.decoder(h)), mu, log_var
