import math

import torch
from torch import nn


def hz_to_mel(hz: float) -> float:
    return 2595.0 * math.log10(1.0 + hz / 700.0)


class LogMel(nn.Module):
    """A learnable stand-in for log-mel features: strided convolutions over the waveform."""

    def __init__(self, n_mels: int = 40, n_fft: int = 400, hop: int = 160):
        super().__init__()
        self.hop = hop
        self.filters = nn.Conv1d(1, n_mels, n_fft, stride=hop, padding=n_fft // 2, bias=False)
        centres = torch.linspace(hz_to_mel(0.0), hz_to_mel(8000.0), n_mels)
        self.register_buffer("centres", centres)

    def forward(self, wave):
        energy = self.filters(wave.unsqueeze(1)).pow(2)
        return torch.log(energy.clamp(min=1e-6)).transpose(1, 2)
