import torch

from segmentor import FCN, PSPNet

fcn = FCN(num_classes=5, aux=True)
psp = PSPNet(num_classes=5, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225))
psp.freeze("backbone.stage0", "backbone.stage1")

images = torch.rand(2, 3, 64, 64)
maps = fcn(images)
main_map = maps["out"]
segmentation = psp(images)
labels = segmentation.argmax(dim=1)
