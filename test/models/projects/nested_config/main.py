import torch

from config import TINY, Config
from model import build_model

config = Config()
model = build_model(config)
tiny = build_model(TINY, freeze_stem=True)
wide = build_model(config.override(encoder__stem=48, decoder__channels=128))


def parameter_groups(model, cfg):
    decay, no_decay = [], []
    for name, p in model.named_parameters():
        (no_decay if p.ndim == 1 or name.endswith("bias") else decay).append(p)
    return [
        {"params": decay, "weight_decay": cfg.optim.weight_decay},
        {"params": no_decay, "weight_decay": 0.0},
    ]


if __name__ == "__main__":
    print(config.describe())
    optimizer = torch.optim.AdamW(parameter_groups(model, config), lr=config.optim.lr, betas=config.optim.betas)
    images = torch.randn(2, 3, config.image_size, config.image_size)
    depth = model(images)
    coarse = tiny(images)
    loss = torch.nn.functional.l1_loss(depth, torch.zeros_like(depth))
