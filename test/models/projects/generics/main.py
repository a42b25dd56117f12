import torch

from vae import image_vae

vae = image_vae()
colour = image_vae((3, 16, 16), hidden=(128,), latent_dim=6)
colour.eval()

images = torch.rand(5, 1, 28, 28)
output = vae(images)
reconstruction, latent = output
mean = latent.mean
kl = output.kl
small = colour(torch.rand(2, 3, 16, 16)).reconstruction
