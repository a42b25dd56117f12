"""3D U-Net for volumes: group norm, trilinear upsampling, deep supervision heads."""
import torch
import torch.nn as nn
import torch.nn.functional as F


def create_conv(in_channels, out_channels, kernel_size, order, num_groups):
    """Layers in the order that a string gives: c = conv, g = group norm, b = batch norm, r = ReLU, l = leaky ReLU."""
    assert 'c' in order, 'Conv layer MUST be present'
    modules = []
    for i, char in enumerate(order):
        if char == 'r':
            modules.append(('ReLU', nn.ReLU(inplace=True)))
        elif char == 'l':
            modules.append(('LeakyReLU', nn.LeakyReLU(negative_slope=0.1, inplace=True)))
        elif char == 'c':
            # a bias is useless before a norm
            bias = not ('g' in order or 'b' in order)
            modules.append(('conv', nn.Conv3d(in_channels, out_channels, kernel_size, padding=1, bias=bias)))
        elif char == 'g':
            is_before_conv = i < order.index('c')
            channels = in_channels if is_before_conv else out_channels
            if channels < num_groups:
                num_groups = 1
            modules.append(('groupnorm', nn.GroupNorm(num_groups=num_groups, num_channels=channels)))
        elif char == 'b':
            channels = in_channels if i < order.index('c') else out_channels
            modules.append(('batchnorm', nn.BatchNorm3d(channels)))
        else:
            raise ValueError(f"Unsupported layer type '{char}'. MUST be one of ['b', 'g', 'r', 'l', 'c']")
    return modules


class SingleConv(nn.Sequential):
    def __init__(self, in_channels, out_channels, kernel_size=3, order='gcr', num_groups=8):
        super(SingleConv, self).__init__()
        for name, module in create_conv(in_channels, out_channels, kernel_size, order, num_groups):
            self.add_module(name, module)


class DoubleConv(nn.Sequential):
    def __init__(self, in_channels, out_channels, encoder, order='gcr'):
        super(DoubleConv, self).__init__()
        if encoder:
            mid = max(out_channels // 2, in_channels)
            (a_in, a_out), (b_in, b_out) = (in_channels, mid), (mid, out_channels)
        else:
            a_in, a_out = in_channels, out_channels
            b_in, b_out = out_channels, out_channels
        self.add_module('SingleConv1', SingleConv(a_in, a_out, order=order))
        self.add_module('SingleConv2', SingleConv(b_in, b_out, order=order))


class UNet3D(nn.Module):
    def __init__(self, in_channels=1, out_channels=3, f_maps=16, num_levels=4, order='gcr', testing=False):
        super(UNet3D, self).__init__()
        if isinstance(f_maps, int):
            f_maps = [f_maps * 2 ** k for k in range(num_levels)]

        encoders = []
        for i, out_feature_num in enumerate(f_maps):
            c_in = in_channels if i == 0 else f_maps[i - 1]
            encoders.append(DoubleConv(c_in, out_feature_num, encoder=True, order=order))
        self.encoders = nn.ModuleList(encoders)
        self.pooling = nn.MaxPool3d(kernel_size=(2, 2, 2))

        decoders = []
        reversed_f_maps = list(reversed(f_maps))
        for i in range(len(reversed_f_maps) - 1):
            in_feature_num = reversed_f_maps[i] + reversed_f_maps[i + 1]
            decoders.append(DoubleConv(in_feature_num, reversed_f_maps[i + 1], encoder=False, order=order))
        self.decoders = nn.ModuleList(decoders)
        self.final_conv = nn.Conv3d(f_maps[0], out_channels, 1)
        self.final_activation = nn.Softmax(dim=1)
        self.testing = testing

    def forward(self, x):
        encoders_features = []
        for level, encoder in enumerate(self.encoders):
            if level > 0:
                x = self.pooling(x)
            x = encoder(x)
            encoders_features.insert(0, x)
        # the deepest one is x itself
        encoders_features = encoders_features[1:]

        for decoder, features in zip(self.decoders, encoders_features):
            output_size = features.size()[2:]
            x = F.interpolate(x, size=output_size, mode='nearest')
            x = torch.cat((features, x), dim=1)
            x = decoder(x)

        x = self.final_conv(x)
        if self.testing:
            x = self.final_activation(x)
        return x
