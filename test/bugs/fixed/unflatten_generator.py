"""A generator unflattens to more elements than there are."""
import torch
from torch import nn

latent_size = 64


def upsample_block(c_in, c_out):
    return [
        nn.Upsample(scale_factor=2),
        nn.Conv2d(c_in, c_out, 3, padding=1),
        nn.BatchNorm2d(c_out),
        nn.LeakyReLU(0.2),
    ]


generator = nn.Sequential(
    nn.Linear(latent_size, 128 * 8 * 8),
    nn.Unflatten(1, (128, 8, 8)),
    *upsample_block(128, 64),
    *upsample_block(64, 32),
    nn.Conv2d(32, 3, 3, padding=1),
    nn.Tanh(),
)

z = torch.randn(32, latent_size)
samples = generator(z)
print(samples.shape)
