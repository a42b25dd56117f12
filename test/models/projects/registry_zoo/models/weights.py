import os

import torch

_CACHE = os.path.expanduser("~/.cache/registry_zoo")


def load_weights(model, name):
    path = name if os.path.exists(name) else os.path.join(_CACHE, f"{name}.pth")
    state = torch.load(path, map_location="cpu")
    state = state.get("model", state)
    missing, unexpected = model.load_state_dict(state, strict=False)
    print(f"loaded {path}: {len(missing)} missing, {len(unexpected)} unexpected")
    return model
