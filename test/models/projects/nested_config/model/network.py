import torch
import torch.nn as nn

from config import Config

from .decoder import Decoder
from .encoder import Encoder


class DepthNet(nn.Module):
    def __init__(self, cfg: Config = Config()):
        super().__init__()
        self.cfg = cfg
        self.encoder = Encoder(cfg.encoder)
        widths = [cfg.encoder.stem, *(stage.channels for stage in cfg.encoder.stages)]
        self.decoder = Decoder(widths, cfg.decoder)
        self.register_buffer("mean", torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1), persistent=False)

    def forward(self, image):
        features = self.encoder(image - self.mean)
        depth = self.decoder(features)
        return torch.sigmoid(depth)


def build_model(cfg: Config, freeze_stem: bool = False) -> DepthNet:
    model = DepthNet(cfg)
    if freeze_stem:
        model.encoder.stem.requires_grad_(False)
    return model
