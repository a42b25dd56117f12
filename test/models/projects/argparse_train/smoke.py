"""Builds the default networks without a command line."""
import torch

from networks import define_D, define_G
from options import parse

defaults = parse([])
generator = define_G(defaults)
discriminator = define_D(defaults)
unet = define_G(parse(["--netG", "unet_64", "--norm", "batch", "--ngf=16", "--no_dropout"]))

x = torch.randn(1, 3, 64, 64)
fake = generator(x)
score = discriminator(torch.cat([x, fake], dim=1))
