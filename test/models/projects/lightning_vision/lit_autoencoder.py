import torch
from pytorch_lightning import LightningModule
from torch import nn


class LitAutoEncoder(LightningModule):
    def __init__(self, latent_dim: int = 16, width: int = 32, **kwargs):
        super().__init__()
        self.save_hyperparameters(ignore=["kwargs"])
        self.encoder = nn.Sequential(
            nn.Conv2d(3, width, 3, stride=2, padding=1),
            nn.GELU(),
            nn.Conv2d(width, 2 * width, 3, stride=2, padding=1),
            nn.GELU(),
            nn.Flatten(),
            nn.Linear(2 * width * 64, latent_dim),
        )
        self.linear = nn.Sequential(nn.Linear(latent_dim, 2 * width * 64), nn.GELU())
        self.decoder = nn.Sequential(
            nn.ConvTranspose2d(2 * width, width, 3, output_padding=1, padding=1, stride=2),
            nn.GELU(),
            nn.ConvTranspose2d(width, 3, 3, output_padding=1, padding=1, stride=2),
            nn.Tanh(),
        )

    def forward(self, x):
        z = self.encoder(x)
        y = self.linear(z)
        y = y.reshape(y.shape[0], -1, 8, 8)
        return self.decoder(y)

    def training_step(self, batch, batch_idx):
        x, _ = batch
        loss = nn.functional.mse_loss(self(x), x)
        self.log("train_loss", loss)
        return loss

    def configure_optimizers(self):
        return torch.optim.Adam(self.parameters(), lr=1e-3)
