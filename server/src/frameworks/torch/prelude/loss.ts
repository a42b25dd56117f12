/** Losses that have layers of their own, in Python, for the interpreter to read like user code. */
export const source = `
import math

import torch
import torch.nn.functional as F
from torch import nn
from torch._refusal import refuse


class TripletMarginWithDistanceLoss(nn.Module):
    def __init__(self, *, distance_function=None, margin=1.0, swap=False, reduction="mean"):
        super().__init__()
        if margin <= 0:
            refuse(
                "bad-argument", f"TripletMarginWithDistanceLoss needs a margin greater than 0, got {margin}"
            )
        self.reduction = reduction
        self.distance_function = distance_function if distance_function is not None else nn.PairwiseDistance()
        self.margin = margin
        self.swap = swap

    def forward(self, anchor, positive, negative):
        if positive.dim() != anchor.dim() or negative.dim() != anchor.dim():
            refuse(
                "rank-mismatch",
                "TripletMarginWithDistanceLoss expects anchor, positive and negative of one rank, "
                f"got {tuple(anchor.shape)}, {tuple(positive.shape)} and {tuple(negative.shape)}",
            )
        near = self.distance_function(anchor, positive)
        far = self.distance_function(anchor, negative)
        if self.swap:
            far = torch.min(far, self.distance_function(positive, negative))
        loss = torch.relu(self.margin + near - far)
        if self.reduction == "none":
            return loss
        return loss.sum() if self.reduction == "sum" else loss.mean()


class LinearCrossEntropyLoss(nn.Module):
    def __init__(self, in_features, num_classes, *, out_features=(), bias=False, device=None, dtype=None,
                 reduction="mean", weight=None, ignore_index=None, label_smoothing=0.0, options=None):
        if label_smoothing < 0 or label_smoothing > 1.0:
            refuse(
                "bad-argument",
                f"LinearCrossEntropyLoss needs a label_smoothing between 0 and 1, got {label_smoothing}",
            )
        super().__init__()
        self.register_buffer("weight", weight)
        self.reduction = reduction
        self.num_classes = num_classes
        self.out_features = out_features
        self.ignore_index = ignore_index
        self.label_smoothing = label_smoothing
        self.linear = nn.Linear(in_features, math.prod(out_features, start=num_classes), bias=bias, dtype=dtype)
        self.options = options

    def forward(self, input, target):
        if input.dim() > 2:
            return F.linear_cross_entropy(input, self.linear.weight, target)
        scores = F.linear(input, self.linear.weight, self.linear.bias)
        scores = scores.reshape(*input.shape[:-1], self.num_classes, *self.out_features)
        return F.cross_entropy(scores, target, weight=self.weight, reduction=self.reduction)
`;
