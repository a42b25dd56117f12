import torch

from models import create_model, vit_tiny_patch8_64

tiny = create_model("vit_tiny_patch8_64")
glu = create_model("vit_small_patch8_64_glu", num_classes=37)
features = vit_tiny_patch8_64(features_only=True)

tiny.eval()
with torch.inference_mode():
    images = torch.randn(2, *tiny.default_cfg["input_size"])
    output = tiny(images)
    probs, classes = output.softmax(-1).topk(5)
    embedding = features(images)
