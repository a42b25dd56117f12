import torch
from torch import nn


class Autoencoder(nn.Module):
    def __init__(self, base_channel_size: int = 32, latent_dim: int = 128, num_input_channels: int = 3,
                 act_fn: type = nn.GELU):
        super().__init__()
        c_hid = base_channel_size
        self.encoder = nn.Sequential(
            nn.Conv2d(num_input_channels, c_hid, kernel_size=3, padding=1, stride=2),  # 32x32 => 16x16
            act_fn(),
            nn.Conv2d(c_hid, c_hid, kernel_size=3, padding=1),
            act_fn(),
            nn.Conv2d(c_hid, 2 * c_hid, kernel_size=3, padding=1, stride=2),  # 16x16 => 8x8
            act_fn(),
            nn.Conv2d(2 * c_hid, 2 * c_hid, kernel_size=3, padding=1),
            act_fn(),
            nn.Conv2d(2 * c_hid, 2 * c_hid, kernel_size=3, padding=1, stride=2),  # 8x8 => 4x4
            act_fn(),
            nn.Flatten(),
            nn.Linear(2 * 16 * c_hid, latent_dim),
        )
        self.linear = nn.Sequential(nn.Linear(latent_dim, 2 * 16 * c_hid), act_fn())
        self.decoder = nn.Sequential(
            nn.ConvTranspose2d(2 * c_hid, 2 * c_hid, kernel_size=3, output_padding=1, padding=1, stride=2),
            act_fn(),
            nn.Conv2d(2 * c_hid, 2 * c_hid, kernel_size=3, padding=1),
            act_fn(),
            nn.ConvTranspose2d(2 * c_hid, c_hid, kernel_size=3, output_padding=1, padding=1, stride=2),
            act_fn(),
            nn.Conv2d(c_hid, c_hid, kernel_size=3, padding=1),
            act_fn(),
            nn.ConvTranspose2d(c_hid, num_input_channels, kernel_size=3, output_padding=1, padding=1, stride=2),
            nn.Tanh(),  # images are scaled between -1 and 1
        )
        self.example_input_array = torch.zeros(2, num_input_channels, 32, 32)

    def forward(self, x):
        z = self.encoder(x)
        h = self.linear(z)
        h = h.reshape(h.shape[0], -1, 4, 4)
        x_hat = self.decoder(h)
        return x_hat


class DigitsAutoencoder(nn.Sequential):
    """28x28 digits through three numbers and back, with the odd sizes that 28 makes."""

    def __init__(self, code=3):
        super().__init__(
            nn.Conv2d(1, 16, 3, stride=2, padding=1),  # 14
            nn.ReLU(True),
            nn.Conv2d(16, 32, 3, stride=2, padding=1),  # 7
            nn.ReLU(True),
            nn.Conv2d(32, 64, 7),  # 1
            nn.Flatten(),
            nn.Linear(64, code),
            nn.Linear(code, 64),
            nn.Unflatten(1, (64, 1, 1)),
            nn.ConvTranspose2d(64, 32, 7),
            nn.ReLU(True),
            nn.ConvTranspose2d(32, 16, 3, stride=2, padding=1, output_padding=1),
            nn.ReLU(True),
            nn.ConvTranspose2d(16, 1, 3, stride=2, padding=1, output_padding=1),
            nn.Sigmoid(),
        )


autoencoder = DigitsAutoencoder()
batch = torch.rand(8, 1, 28, 28)
restored = autoencoder(batch)
error = nn.functional.mse_loss(restored, batch)
