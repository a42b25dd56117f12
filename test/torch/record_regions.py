"""Records what torchvision's compiled ops give, for `regions.test.ts` to replay: python test/torch/record_regions.py

Writes `regions.json`, rows as `record_ops.py` writes them. The shapes come from the functions that torchvision itself
registers for tensors without data. A deformable convolution does the work of a plain one with that output. Needs PyTorch
2.13 and torchvision 0.28.
"""

import itertools
import json
from pathlib import Path

import torch
from torch.utils.flop_counter import FlopCounterMode

try:
    import torchvision._meta_registrations as registered
except RuntimeError:
    # A build whose compiled parts do not load lacks the names that the module speaks of.
    library = torch.library.Library("torchvision", "FRAGMENT")
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
    import torchvision._meta_registrations as registered


def meta(*shape):
    return torch.empty(shape, device="meta")


def encode(value):
    if isinstance(value, torch.Tensor):
        return {"tensor": list(value.shape), "dtype": str(value.dtype).removeprefix("torch.")}
    if isinstance(value, tuple):
        return [encode(item) for item in value]
    return {"float": value} if isinstance(value, float) else value


def record(run, *args):
    try:
        result = encode(run(*args))
    except (RuntimeError, IndexError, TypeError) as problem:
        # One of its checks has a message of the wrong type, which makes a TypeError of the refusal.
        result = {"error": str(problem).split("\n")[0]}
    return [[encode(arg) for arg in args], {}, result]


def regions():
    rows = {"roi_align": [], "roi_pool": [], "ps_roi_align": [], "ps_roi_pool": []}
    for channels, count, high, wide in itertools.product((1, 8, 18, 24), (0, 1, 7), (1, 2, 3), (1, 3, 4)):
        for columns in (5, 4):
            image, rois = meta(2, channels, 16, 20), meta(count, columns)
            pooled = (image, rois, 0.25, high, wide)
            rows["roi_align"].append(record(registered.meta_roi_align, *pooled, 2, True))
            rows["roi_pool"].append(record(registered.meta_roi_pool, *pooled))
            rows["ps_roi_align"].append(record(registered.meta_ps_roi_align, *pooled, 2))
            rows["ps_roi_pool"].append(record(registered.meta_ps_roi_pool, *pooled))
    return rows


def deformable():
    rows = []
    for batch, groups, kernel, size in itertools.product((1, 3), (1, 2), (1, 3), (4, 9)):
        image, weight = meta(batch, 4, size + kernel - 1, size + kernel - 1), meta(6, 4 // groups, kernel, kernel)
        offset = meta(batch, 2 * kernel * kernel, size, size)
        mask, bias = meta(batch, kernel * kernel, size, size), meta(6)
        numbers = (1, 1, 0, 0, 1, 1, groups, 1, True)
        row = record(registered.meta_deform_conv2d, image, weight, offset, mask, bias, *numbers)
        with FlopCounterMode(display=False) as counter:
            torch.nn.functional.conv2d(image, weight, bias, groups=groups)
        rows.append([*row, counter.get_total_flops() // 2])
    return rows


def main():
    rows = {**regions(), "deform_conv2d": deformable()}
    text = json.dumps({f"torch.ops.torchvision.{name}": rows[name] for name in rows}, separators=(",", ":"))
    Path(__file__).with_name("regions.json").write_text(text + "\n", encoding="utf-8")


main()
