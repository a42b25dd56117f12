from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class ConvVAE(nn.Module):
    """Convolutional variational autoencoder for 3x64x64 faces.

    Args:
        latent_dim: size of the code z.
        hidden_dims: channels of each stride-2 stage; every stage halves the image.
    """

    def __init__(self, in_channels: int = 3, latent_dim: int = 128, hidden_dims: list[int] | None = None) -> None:
        super().__init__()
        self.latent_dim = latent_dim
        if hidden_dims is None:
            hidden_dims = [32, 64, 128, 256]
        self.hidden_dims = hidden_dims
        self.bottom = 64 // 2 ** len(hidden_dims)

        modules = []
        channels = in_channels
        for h_dim in hidden_dims:
            modules.append(
                nn.Sequential(
                    nn.Conv2d(channels, out_channels=h_dim, kernel_size=3, stride=2, padding=1),
                    nn.BatchNorm2d(h_dim),
                    nn.LeakyReLU(),
                )
            )
            channels = h_dim
        self.encoder = nn.Sequential(*modules)

        flat = hidden_dims[-1] * self.bottom**2
        self.fc_mu = nn.Linear(flat, latent_dim)
        self.fc_var = nn.Linear(flat, latent_dim)

        self.decoder_input = nn.Linear(latent_dim, flat)
        reverse = hidden_dims[::-1]
        modules = []
        for i in range(len(reverse) - 1):
            modules.append(
                nn.Sequential(
                    nn.ConvTranspose2d(
                        reverse[i], reverse[i + 1], kernel_size=3, stride=2, padding=1, output_padding=1
                    ),
                    nn.BatchNorm2d(reverse[i + 1]),
                    nn.LeakyReLU(),
                )
            )
        self.decoder = nn.Sequential(*modules)
        self.final_layer = nn.Sequential(
            nn.ConvTranspose2d(reverse[-1], reverse[-1], kernel_size=3, stride=2, padding=1, output_padding=1),
            nn.BatchNorm2d(reverse[-1]),
            nn.LeakyReLU(),
            nn.Conv2d(reverse[-1], in_channels, kernel_size=3, padding="same"),
            nn.Tanh(),
        )

    def encode(self, x: Tensor) -> tuple[Tensor, Tensor]:
        result = self.encoder(x)
        result = torch.flatten(result, start_dim=1)
        mu = self.fc_mu(result)
        log_var = self.fc_var(result)
        return mu, log_var

    def reparameterize(self, mu: Tensor, log_var: Tensor) -> Tensor:
        std = torch.exp(0.5 * log_var)
        eps = torch.randn_like(std)
        return mu + eps * std

    def decode(self, z: Tensor) -> Tensor:
        h = self.decoder_input(z)
        h = h.view(-1, self.hidden_dims[-1], self.bottom, self.bottom)
        h = self.decoder(h)
        return self.final_layer(h)

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        mu, log_var = self.encode(x)
        z = self.reparameterize(mu, log_var)
        return self.decode(z), mu, log_var


def vae_loss(recon: Tensor, x: Tensor, mu: Tensor, log_var: Tensor, beta: float = 1.0) -> Tensor:
    rec = F.mse_loss(recon, x, reduction="sum") / x.size(0)
    kld = -0.5 * torch.mean(torch.sum(1 + log_var - mu**2 - log_var.exp(), dim=1))
    return rec + beta * kld


class MLPVAE(nn.Module):
    """The fully connected VAE of the first tutorial, for flattened 28x28 digits."""

    def __init__(self, x_dim=784, h_dim1=512, h_dim2=256, z_dim=2):
        super(MLPVAE, self).__init__()
        # encoder
        self.fc1 = nn.Linear(x_dim, h_dim1)
        self.fc2 = nn.Linear(h_dim1, h_dim2)
        self.fc31 = nn.Linear(h_dim2, z_dim)
        self.fc32 = nn.Linear(h_dim2, z_dim)
        # decoder
        self.fc4 = nn.Linear(z_dim, h_dim2)
        self.fc5 = nn.Linear(h_dim2, h_dim1)
        self.fc6 = nn.Linear(h_dim1, x_dim)

    def encoder(self, x):
        h = F.relu(self.fc1(x))
        h = F.relu(self.fc2(h))
        return self.fc31(h), self.fc32(h)  # mu, log_var

    def sampling(self, mu, log_var):
        std = log_var.mul(0.5).exp_()
        eps = torch.empty_like(std).normal_()
        return eps.mul(std).add_(mu)

    def decoder(self, z):
        h = F.relu(self.fc4(z))
        h = F.relu(self.fc5(h))
        return torch.sigmoid(self.fc6(h))

    def forward(self, x):
        mu, log_var = self.encoder(x.view(-1, 784))
        z = self.sampling(mu, log_var)
        return self.decoder(z), mu, log_var


if __name__ == "__main__":
    images = torch.rand(4, 3, 64, 64)
    recon, mu, log_var = ConvVAE()(images)
    loss = vae_loss(recon, images, mu, log_var)
    print(recon.shape, mu.shape, loss.item())

    digits = torch.rand(16, 1, 28, 28)
    digit_recon, code, spread = MLPVAE()(digits)
    print(digit_recon.shape, code.shape, spread.shape)
