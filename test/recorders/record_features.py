"""Records what real PyTorch says of feature extractors made of torchvision's models, for test/zoo/features.zoo.ts.

Each is a text that binds `model`, in test/zoo/features.json with what came out: counts, output, and every entry of
`named_modules()` with its class, its parameters (shared ones once), its own ones, and the output of its first call.

    python test/recorders/record_features.py
"""

import json
import pathlib
import warnings

import torch

# torchvision's compiled operators do not fit every build of PyTorch, and importing it needs these two.
library = torch.library.Library("torchvision", "FRAGMENT")
library.define("nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
library.define("qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")

TRUTH = pathlib.Path(__file__).resolve().parent.parent / "zoo" / "features.json"

EXTRACTOR = """\
from torchvision.models import {builder}
from torchvision.models.feature_extraction import create_feature_extractor

model = create_feature_extractor({builder}(weights=None{kwargs}), {nodes}).eval()
"""

GETTER = """\
from torchvision.models import {builder}
from torchvision.models._utils import IntermediateLayerGetter

model = IntermediateLayerGetter({builder}(weights=None{kwargs}), {nodes}).eval()
"""

CASES = [
    ("resnet50", "", '{"layer1": "low", "layer4.2.relu_2": "high"}', 64),
    ("resnet18", "", '["layer2.0.add", "flatten"]', 64),
    ("vgg11_bn", "", '["features.23", "features", "flatten"]', 64),
    ("alexnet", "", '["features.7", "avgpool"]', 64),
    ("densenet121", "", '["features.denseblock1.denselayer1.relu1", "features.transition3.relu", "flatten"]', 64),
    ("googlenet", ", init_weights=False", '["inception3b", "inception4a.branch2.1.bn", "inception4e"]', 64),
    ("mobilenet_v2", "", '["features.5.conv.2", "features.12", "adaptive_avg_pool2d"]', 64),
    ("mobilenet_v3_small", "", '["features.3.block.2", "features.8.add", "classifier"]', 64),
    ("efficientnet_b0", "", '["features.1.0.block.0", "features.2", "avgpool"]', 64),
    ("convnext_tiny", "", '["features.1.0.stochastic_depth", "features.5.6.block.5", "features.7.0.add"]', 64),
    ("swin_t", "", '["features.1", "features.5.4.norm1", "flatten"]', 64),
    ("swin_v2_t", "", '["features.3", "head"]', 64),
    ("vit_b_16", "", '["encoder.layers.encoder_layer_6.dropout", "conv_proj", "getitem_5"]', 224),
    ("regnet_y_400mf", "", '["trunk_output.block2.block2-1.f.se", "trunk_output.block3", "flatten"]', 64),
    ("shufflenet_v2_x1_0", "", '["stage3.5.branch2.6", "stage4", "mean"]', 64),
    ("mnasnet0_5", "", '["layers.11.0.layers.3", "layers.14"]', 64),
]
GETTERS = [
    ("resnet34", "", '{"layer1": "0", "layer3": "1"}', 64),
    ("mobilenet_v3_large", "", '{"features": "out"}', 64),
]


def shape(value):
    if isinstance(value, torch.Tensor):
        return list(value.shape)
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [shape(item) for item in value]
    return None


def note(outputs, name, output):
    """A hook that gives nothing back: what it gave would be the output."""
    outputs.setdefault(name, shape(output))


def record(builder, kwargs, nodes, size, template):
    text = template.format(builder=builder, kwargs=kwargs, nodes=nodes)
    names = {}
    # Some models compute sizes from tensors, which have none on the meta device.
    with torch.device("cpu" if "regnet" in builder else "meta"):
        exec(text, names)
        model = names["model"]
        outputs = {}
        for name, module in model.named_modules():
            module.register_forward_hook(lambda *call, name=name: note(outputs, name, call[-1]))
        model(torch.zeros(1, 3, size, size))
    return {
        "name": f"{builder} at {nodes}",
        "text": text,
        "params": sum(p.numel() for p in model.parameters()),
        "trainable": sum(p.numel() for p in model.parameters() if p.requires_grad),
        "buffers": sum(b.numel() for b in model.buffers()),
        "input": [1, 3, size, size],
        "modules": [
            [
                name,
                type(module).__name__,
                sum(p.numel() for p in module.parameters()),
                sum(p.numel() for p in module.parameters(recurse=False)),
                outputs.get(name),
            ]
            for name, module in model.named_modules()
        ],
    }


def main():
    warnings.simplefilter("ignore")
    rows = [record(*case, EXTRACTOR) for case in CASES] + [record(*case, GETTER) for case in GETTERS]
    lines = []
    for row in rows:
        modules = ",\n".join(json.dumps(module) for module in row.pop("modules"))
        lines.append(json.dumps(row)[:-1] + f', "modules": [\n{modules}\n]}}')
    head = json.dumps({"torch": torch.__version__.split("+")[0], "torchvision": "0.28.0"})
    TRUTH.write_text(head[:-1] + ', "models": [\n' + ",\n".join(lines) + "\n]}\n", encoding="utf-8", newline="\n")
    print(f"{len(rows)} models, {TRUTH.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
