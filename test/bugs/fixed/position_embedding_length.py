"""Position embeddings for 224 pixels, an image of 256."""
import torch
import torch.nn as nn


class VisionTransformer(nn.Module):
    def __init__(self, image_size=224, patch_size=16, dim=192, depth=2, heads=3, num_classes=1000):
        super().__init__()
        num_patches = (image_size // patch_size) ** 2
        self.patch = nn.Conv2d(3, dim, patch_size, patch_size)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embedding = nn.Parameter(torch.randn(1, num_patches + 1, dim))
        layer = nn.TransformerEncoderLayer(dim, heads, dim * 4, batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(layer, depth, enable_nested_tensor=False)
        self.head = nn.Linear(dim, num_classes)

    def forward(self, img):
        x = self.patch(img).flatten(2).transpose(1, 2)
        cls = self.cls_token.expand(x.shape[0], -1, -1)
        x = torch.cat((cls, x), dim=1)
        x = x + self.pos_embedding
        x = self.encoder(x)
        return self.head(x[:, 0])


v = VisionTransformer(image_size=256)
img = torch.randn(2, 3, 256, 256)
preds = v(img)
print(preds.shape)
