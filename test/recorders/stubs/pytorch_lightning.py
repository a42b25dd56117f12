"""As much of PyTorch Lightning as the recorded projects use, so that they can be recorded without it."""

import inspect

import torch
from torch import nn


class AttributeDict(dict):
    def __getattr__(self, key):
        try:
            return self[key]
        except KeyError as missing:
            raise AttributeError(key) from missing


class LightningModule(nn.Module):
    def save_hyperparameters(self, *args, ignore=()):
        """Keeps the arguments of `__init__`; those collected by `**kwargs` under their own names."""
        frame = inspect.currentframe().f_back
        names, _, keywords, values = inspect.getargvalues(frame)
        given = {name: values[name] for name in names[1:]}
        given.update(values.get(keywords, {}) if keywords else {})
        ignored = [ignore] if isinstance(ignore, str) else ignore
        self.hparams = AttributeDict({k: v for k, v in given.items() if k not in ignored and (not args or k in args)})

    def log(self, *args, **kwargs):
        pass

    log_dict = log


class LightningDataModule:
    pass


class Trainer:
    def __init__(self, **kwargs):
        self.max_epochs = kwargs.get("max_epochs")

    def fit(self, *args, **kwargs):
        pass


def seed_everything(seed):
    torch.manual_seed(seed)
