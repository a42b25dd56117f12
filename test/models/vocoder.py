import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.utils import remove_weight_norm, spectral_norm, weight_norm
from torch.nn.utils.parametrizations import weight_norm as parametrized_weight_norm

LRELU_SLOPE = 0.1


def get_padding(kernel_size, dilation=1):
    return int((kernel_size * dilation - dilation) / 2)


class ResBlock(nn.Module):
    def __init__(self, channels, kernel_size=3, dilation=(1, 3)):
        super().__init__()
        self.convs = nn.ModuleList(
            [
                weight_norm(
                    nn.Conv1d(channels, channels, kernel_size, 1, dilation=d, padding=get_padding(kernel_size, d))
                )
                for d in dilation
            ]
        )

    def forward(self, x):
        for conv in self.convs:
            xt = F.leaky_relu(x, LRELU_SLOPE)
            xt = conv(xt)
            x = xt + x
        return x

    def remove_weight_norm(self):
        for conv in self.convs:
            remove_weight_norm(conv)


class Generator(nn.Module):
    def __init__(self, mels=40, channels=64, rates=(4, 4), kernels=(8, 8)):
        super().__init__()
        self.conv_pre = parametrized_weight_norm(nn.Conv1d(mels, channels, 7, 1, padding=3))
        self.ups = nn.ModuleList()
        self.resblocks = nn.ModuleList()
        for i, (u, k) in enumerate(zip(rates, kernels)):
            cin, cout = channels // 2**i, channels // 2 ** (i + 1)
            self.ups.append(parametrized_weight_norm(nn.ConvTranspose1d(cin, cout, k, u, padding=(k - u) // 2)))
            self.resblocks.append(ResBlock(cout))
        self.conv_post = weight_norm(nn.Conv1d(channels // 2 ** len(rates), 1, 7, 1, padding=3))

    def forward(self, mel):
        x = self.conv_pre(mel)
        for up, block in zip(self.ups, self.resblocks):
            x = F.leaky_relu(x, LRELU_SLOPE)
            x = up(x)
            x = block(x)
        x = self.conv_post(F.leaky_relu(x))
        return torch.tanh(x)


class Discriminator(nn.Module):
    def __init__(self, period, use_spectral_norm=False):
        super().__init__()
        self.period = period
        norm = spectral_norm if use_spectral_norm else weight_norm
        self.convs = nn.ModuleList(
            [
                norm(nn.Conv2d(1, 16, (5, 1), (3, 1), padding=(2, 0))),
                norm(nn.Conv2d(16, 32, (5, 1), (3, 1), padding=(2, 0))),
            ]
        )
        self.conv_post = norm(nn.Conv2d(32, 1, (3, 1), 1, padding=(1, 0)))

    def forward(self, x):
        fmap = []
        b, c, t = x.shape
        if t % self.period != 0:
            n_pad = self.period - (t % self.period)
            x = F.pad(x, (0, n_pad), "reflect")
            t = t + n_pad
        x = x.view(b, c, t // self.period, self.period)
        for conv in self.convs:
            x = F.leaky_relu(conv(x), LRELU_SLOPE)
            fmap.append(x)
        x = self.conv_post(x)
        fmap.append(x)
        return torch.flatten(x, 1, -1), fmap


class WithFeatures(nn.Module):
    """Collects what the named layers of a network give."""

    def __init__(self, net, names):
        super().__init__()
        self.net = net
        self.features = {}
        for name in names:
            net.get_submodule(name).register_forward_hook(self.keep(name))

    def keep(self, name):
        def hook(module, inputs, output):
            self.features[name] = output

        return hook

    def forward(self, x):
        out = self.net(x)
        return out, [self.features[name] for name in self.features]


generator = Generator()
discriminator = Discriminator(3, use_spectral_norm=True)
deployed = Generator(mels=20, channels=32)
for resblock in deployed.resblocks:
    resblock.remove_weight_norm()
watched = WithFeatures(Generator(), ["conv_pre", "resblocks.1"])

if __name__ == "__main__":
    mel = torch.randn(2, 40, 12)
    wave = generator(mel)
    score, maps = discriminator(wave)
    audio, kept = watched(mel)
