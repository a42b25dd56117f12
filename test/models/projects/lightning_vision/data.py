import pytorch_lightning as pl
import torch
from torch.utils.data import DataLoader, TensorDataset


class RandomImages(pl.LightningDataModule):
    def __init__(self, batch_size: int = 32, size: int = 32):
        super().__init__()
        self.batch_size = batch_size
        self.size = size

    def setup(self, stage=None):
        images = torch.rand(256, 3, self.size, self.size)
        labels = torch.randint(0, 10, (256,))
        self.train_set = TensorDataset(images, labels)

    def train_dataloader(self):
        return DataLoader(self.train_set, batch_size=self.batch_size, shuffle=True)
