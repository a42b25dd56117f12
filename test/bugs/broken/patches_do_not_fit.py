"""Sixteen does not divide the height of the image."""
import torch
import torch.nn as nn


def patchify(images, patch):
    n, c, h, w = images.shape
    x = images.reshape(n, c, h // patch, patch, w // patch, patch)
    x = x.permute(0, 2, 4, 3, 5, 1)
    return x.reshape(n, (h // patch) * (w // patch), patch * patch * c)


class MAEEncoder(nn.Module):
    def __init__(self, patch=16, dim=256):
        super().__init__()
        self.patch = patch
        self.embed = nn.Linear(patch * patch * 3, dim)
        self.norm = nn.LayerNorm(dim)

    def forward(self, images):
        tokens = patchify(images, self.patch)
        return self.norm(self.embed(tokens))


encoder = MAEEncoder()
images = torch.rand(4, 3, 200, 200)
tokens = encoder(images)
print(tokens.shape)
