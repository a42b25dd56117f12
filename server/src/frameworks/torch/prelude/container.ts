/** The deprecated container, in Python. */
export const source = `
from torch import nn


class Container(nn.Module):
    def __init__(self, **kwargs):
        super().__init__()
        for name, module in kwargs.items():
            self.add_module(name, module)
`;
