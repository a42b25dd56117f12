"""A registry of model builders, filled by a decorator."""
import functools
import re
from collections import defaultdict
from typing import Callable, Dict, List, Optional

_BUILDERS: Dict[str, Callable] = {}
_FAMILIES = defaultdict(set)
_DEFAULTS: Dict[str, dict] = {}


def register_model(name: Optional[str] = None, *, family: str = "misc", **defaults):
    """Registers a builder under `name`, with defaults that a caller may override."""

    def decorator(fn):
        key = name or fn.__name__
        if key in _BUILDERS:
            raise ValueError(f"duplicate model: {key}")

        @functools.wraps(fn)
        def build(*args, **kwargs):
            merged = {**_DEFAULTS[key], **kwargs}
            model = fn(*args, **merged)
            model.config_name = key
            return model

        _BUILDERS[key] = build
        _FAMILIES[family].add(key)
        _DEFAULTS[key] = dict(defaults)
        return build

    return decorator


def create_model(name: str, pretrained: bool = False, checkpoint: Optional[str] = None, **kwargs):
    if name not in _BUILDERS:
        close = [each for each in _BUILDERS if each.startswith(name[:4])]
        raise KeyError(f"unknown model {name!r}; did you mean one of {close}?")
    kwargs = {k: v for k, v in kwargs.items() if v is not None}
    model = _BUILDERS[name](**kwargs)
    if pretrained or checkpoint:
        from .weights import load_weights

        load_weights(model, checkpoint or name)
    return model


def list_models(pattern: str = "", family: Optional[str] = None) -> List[str]:
    names = _FAMILIES[family] if family else _BUILDERS.keys()
    return sorted(n for n in names if re.search(pattern, n))
