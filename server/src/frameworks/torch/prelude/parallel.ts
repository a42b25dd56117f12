/** The wrappers that spread a module over devices, in Python: on shapes they have no effect. */
const wrapper = (name: string, parameters: string): string => `
from torch import nn


class ${name}(nn.Module):
    def __init__(self, module, ${parameters}):
        super().__init__()
        self.module = module
        self.device_ids = device_ids
        self.output_device = output_device
        self.dim = dim

    def forward(self, *inputs, **kwargs):
        return self.module(*inputs, **kwargs)
`;

export const dataParallel = wrapper("DataParallel", "device_ids=None, output_device=None, dim=0");
export const distributedDataParallel = wrapper(
  "DistributedDataParallel",
  "device_ids=None, output_device=None, dim=0, **options",
);
