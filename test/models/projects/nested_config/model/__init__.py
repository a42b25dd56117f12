from model.network import DepthNet, build_model

__all__ = ["DepthNet", "build_model"]
