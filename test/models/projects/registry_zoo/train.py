import torch
import torch.nn as nn

from models import create_model, list_models

NUM_CLASSES = 10


def build(name, num_classes=NUM_CLASSES, **kwargs):
    model = create_model(name, num_classes=num_classes, **kwargs)
    print(f"{name}: {sum(p.numel() for p in model.parameters()):,} parameters")
    return model


def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    for images, targets in loader:
        images, targets = images.to(device), targets.to(device)
        loss = criterion(model(images), targets)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()


backbone = build("resnet18")
student = build("mobilenet_small_050", in_chans=1)

if __name__ == "__main__":
    print(list_models("resnet"))
    criterion = nn.CrossEntropyLoss(label_smoothing=0.1)
    batch = torch.randn(4, 3, 64, 64)
    logits = backbone(batch)
    loss = criterion(logits, torch.randint(0, NUM_CLASSES, (4,)))
