import torch
from torch import nn


def positional_encoding(x, n_freqs, include_input=True):
    out = [x] if include_input else []
    for i in range(n_freqs):
        for fn in (torch.sin, torch.cos):
            out.append(fn(2.0 ** i * x))
    return torch.cat(out, dim=-1)


class NeRF(nn.Module):
    """Where and from which side → colour and density."""

    def __init__(self, D=8, W=256, pos_freqs=10, dir_freqs=4, skips=[4], use_viewdirs=True):
        super().__init__()
        self.D, self.W = D, W
        self.pos_freqs, self.dir_freqs = pos_freqs, dir_freqs
        self.skips = skips
        self.use_viewdirs = use_viewdirs
        input_ch = 3 * (2 * pos_freqs + 1)
        input_ch_views = 3 + 3 * 2 * dir_freqs

        self.pts_linears = nn.ModuleList(
            [nn.Linear(input_ch, W)] +
            [nn.Linear(W, W) if i not in self.skips else nn.Linear(W + input_ch, W) for i in range(D - 1)])

        if use_viewdirs:
            self.views_linears = nn.ModuleList([nn.Linear(input_ch_views + W, W // 2)])
            self.feature_linear = nn.Linear(W, W)
            self.alpha_linear = nn.Linear(W, 1)
            self.rgb_linear = nn.Linear(W // 2, 3)
        else:
            self.output_linear = nn.Linear(W, 4)

    def forward(self, points, dirs=None):
        input_pts = positional_encoding(points, self.pos_freqs)
        h = input_pts
        for i, l in enumerate(self.pts_linears):
            h = self.pts_linears[i](h)
            h = torch.relu(h)
            if i in self.skips:
                h = torch.cat([input_pts, h], -1)

        if self.use_viewdirs:
            input_views = positional_encoding(dirs, self.dir_freqs)
            alpha = self.alpha_linear(h)
            feature = self.feature_linear(h)
            h = torch.cat([feature, input_views], -1)
            for l in self.views_linears:
                h = torch.relu(l(h))
            rgb = self.rgb_linear(h)
            outputs = torch.cat([rgb, alpha], -1)
        else:
            outputs = self.output_linear(h)
        return outputs


def render(raw, z_vals, rays_d):
    dists = z_vals[..., 1:] - z_vals[..., :-1]
    dists = torch.cat([dists, torch.full_like(dists[..., :1], 1e10)], -1)
    dists = dists * torch.norm(rays_d[..., None, :], dim=-1)
    rgb = torch.sigmoid(raw[..., :3])
    alpha = 1.0 - torch.exp(-torch.relu(raw[..., 3]) * dists)
    trans = torch.cumprod(torch.cat([torch.ones((alpha.shape[0], 1)), 1.0 - alpha + 1e-10], -1), -1)[:, :-1]
    weights = alpha * trans
    rgb_map = torch.sum(weights[..., None] * rgb, -2)
    depth_map = torch.sum(weights * z_vals, -1)
    return rgb_map, depth_map, weights


if __name__ == '__main__':
    n_rays, n_samples = 16, 32
    rays_o, rays_d = torch.zeros(n_rays, 3), torch.randn(n_rays, 3)
    z_vals = torch.linspace(2.0, 6.0, n_samples).expand(n_rays, n_samples)
    pts = rays_o[:, None, :] + rays_d[:, None, :] * z_vals[:, :, None]
    viewdirs = (rays_d / rays_d.norm(dim=-1, keepdim=True))[:, None].expand(pts.shape)
    net = NeRF()
    raw = net(pts, viewdirs)
    rgb_map, depth_map, weights = render(raw, z_vals, rays_d)
    print(rgb_map.shape, depth_map.shape, weights.shape)
