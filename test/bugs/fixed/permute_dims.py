"""permute must name every dimension."""
import torch
import torch.nn as nn


class PatchEmbed(nn.Module):
    """Patches as tokens."""

    def __init__(self, img_size=224, patch_size=16, in_chans=3, embed_dim=192):
        super().__init__()
        self.num_patches = (img_size // patch_size) ** 2
        self.proj = nn.Conv2d(in_chans, embed_dim, kernel_size=patch_size, stride=patch_size)
        self.norm = nn.LayerNorm(embed_dim)

    def forward(self, x):
        x = self.proj(x)
        x = x.flatten(2).permute(0, 2, 1)
        return self.norm(x)


class TinyViT(nn.Module):
    def __init__(self, depth=2, embed_dim=192, num_classes=100):
        super().__init__()
        self.patch_embed = PatchEmbed(embed_dim=embed_dim)
        layer = nn.TransformerEncoderLayer(embed_dim, 3, 4 * embed_dim, batch_first=True)
        self.blocks = nn.TransformerEncoder(layer, depth)
        self.head = nn.Linear(embed_dim, num_classes)

    def forward(self, x):
        x = self.blocks(self.patch_embed(x))
        return self.head(x.mean(dim=1))


vit = TinyViT()
print(vit(torch.randn(2, 3, 224, 224)).shape)
