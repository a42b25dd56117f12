import pytorch_lightning as pl
import torch

from data import RandomImages
from lit_autoencoder import LitAutoEncoder
from lit_classifier import LitClassifier

pl.seed_everything(0)

classifier = LitClassifier()
frozen = LitClassifier("tiny", num_classes=5, freeze_backbone=True)
autoencoder = LitAutoEncoder(latent_dim=8)

batch = torch.randn(4, 3, 32, 32)
logits = classifier(batch)
reconstruction = autoencoder(batch)

if __name__ == "__main__":
    trainer = pl.Trainer(max_epochs=1, accelerator="auto", callbacks=[])
    trainer.fit(classifier, datamodule=RandomImages())
