import logging
from copy import deepcopy

_logger = logging.getLogger(__name__)
_model_entrypoints = {}


def _cfg(url="", **kwargs):
    return {
        "url": url,
        "num_classes": 1000,
        "input_size": (3, 64, 64),
        "pool_size": None,
        "crop_pct": 0.9,
        "first_conv": "patch_embed.proj",
        "classifier": "head",
        **kwargs,
    }


def register_model(fn):
    _model_entrypoints[fn.__name__] = fn
    return fn


def create_model(model_name, pretrained=False, **kwargs):
    kwargs = {k: v for k, v in kwargs.items() if v is not None}
    return _model_entrypoints[model_name](pretrained=pretrained, **kwargs)


def named_apply(fn, module, name="", depth_first=True, include_root=False):
    if not depth_first and include_root:
        fn(module=module, name=name)
    for child_name, child_module in module.named_children():
        child_name = ".".join((name, child_name)) if name else child_name
        named_apply(fn=fn, module=child_module, name=child_name, depth_first=depth_first, include_root=True)
    if depth_first and include_root:
        fn(module=module, name=name)
    return module


def build_model_with_cfg(model_cls, variant, pretrained, default_cfg, pretrained_filter_fn=None, **kwargs):
    pretrained_cfg = deepcopy(default_cfg)
    kwargs.setdefault("num_classes", pretrained_cfg["num_classes"])
    kwargs.setdefault("img_size", pretrained_cfg["input_size"][-1])
    features = kwargs.pop("features_only", False)
    model = model_cls(**kwargs)
    model.pretrained_cfg = pretrained_cfg
    model.default_cfg = model.pretrained_cfg
    if pretrained:
        _logger.info(f"Loading pretrained weights for {variant}")
        raise RuntimeError("no weights are distributed with this fork")
    if features:
        model.reset_classifier(0)
    return model
