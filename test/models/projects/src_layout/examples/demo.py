import torch

import speechnet
from speechnet import SpeechNet
from speechnet.blocks import ConformerBlock

net = SpeechNet()
medium = SpeechNet.from_preset("medium", vocab=64)
block = ConformerBlock(64, heads=2, kernel_size=7)

wave = torch.randn(2, 16000)
log_probs = net(wave)
frames = speechnet.LogMel(n_mels=20)(wave)
