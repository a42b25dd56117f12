/** The datasets of `torch.utils.data` that are made of tensors or of other datasets, in Python. */
export const source = `
import torch
from torch.utils.data import Dataset


class TensorDataset(Dataset):
    def __init__(self, *tensors):
        assert all(tensors[0].size(0) == tensor.size(0) for tensor in tensors), "Size mismatch between tensors"
        self.tensors = tensors

    def __getitem__(self, index):
        return tuple(tensor[index] for tensor in self.tensors)

    def __len__(self):
        return self.tensors[0].size(0)


class Subset(Dataset):
    def __init__(self, dataset, indices):
        self.dataset = dataset
        self.indices = indices

    def __getitem__(self, idx):
        return self.dataset[idx]

    def __len__(self):
        return len(self.indices)


def random_split(dataset, lengths, generator=None):
    if all(isinstance(length, int) for length in lengths):
        return [Subset(dataset, range(length)) for length in lengths]
    sizes = [int(len(dataset) * length) for length in lengths]
    for i in range(len(dataset) - sum(sizes)):
        sizes[i % len(sizes)] += 1
    return [Subset(dataset, range(size)) for size in sizes]
`;
