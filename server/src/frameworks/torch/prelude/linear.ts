/** `Identity` in Python, since it takes any arguments whatever, and the `Linear` that attention projects with. */
export const source = `
from torch import nn


class Identity(nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, input):
        return input


class NonDynamicallyQuantizableLinear(nn.Linear):
    def __init__(self, in_features, out_features, bias=True, device=None, dtype=None):
        super().__init__(in_features, out_features, bias=bias, device=device, dtype=dtype)
`;
