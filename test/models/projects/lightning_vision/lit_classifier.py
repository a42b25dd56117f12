import pytorch_lightning as pl
import torch
import torch.nn.functional as F
from torch import nn

from backbones import BACKBONES


class LitClassifier(pl.LightningModule):
    def __init__(self, backbone="small", num_classes=10, hidden_dim=128, lr=1e-3, freeze_backbone=False):
        super().__init__()
        self.save_hyperparameters()
        self.backbone = BACKBONES[backbone]()
        self.head = nn.Sequential(
            nn.Linear(self.backbone.out_features, self.hparams.hidden_dim),
            nn.ReLU(),
            nn.Dropout(0.2),
            nn.Linear(self.hparams.hidden_dim, self.hparams.num_classes),
        )
        if freeze_backbone:
            for p in self.backbone.parameters():
                p.requires_grad = False
        self.example_input_array = torch.zeros(1, 3, 32, 32)

    def forward(self, x):
        features = self.backbone(x)
        return self.head(features)

    def _step(self, batch, stage):
        x, y = batch
        logits = self(x)
        loss = F.cross_entropy(logits, y)
        acc = (logits.argmax(dim=-1) == y).float().mean()
        self.log_dict({f"{stage}/loss": loss, f"{stage}/acc": acc}, prog_bar=True)
        return loss

    def training_step(self, batch, batch_idx):
        return self._step(batch, "train")

    def validation_step(self, batch, batch_idx):
        self._step(batch, "val")

    def configure_optimizers(self):
        params = [p for p in self.parameters() if p.requires_grad]
        optimizer = torch.optim.AdamW(params, lr=self.hparams.lr)
        scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=self.trainer.max_epochs)
        return {"optimizer": optimizer, "lr_scheduler": scheduler}
