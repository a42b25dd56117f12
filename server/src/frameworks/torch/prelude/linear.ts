/** `Identity` in Python, since it takes any arguments whatever. */
export const source = `
from torch import nn


class Identity(nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()

    def forward(self, input):
        return input
`;
