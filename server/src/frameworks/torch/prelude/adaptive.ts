/**
 * The adaptive softmax in Python, for the interpreter to read like user code:
 * https://docs.pytorch.org/docs/stable/generated/torch.nn.AdaptiveLogSoftmaxWithLoss.html.
 */
export const source = `
from collections import namedtuple

import torch
from torch import nn
from torch._refusal import refuse

_ASMoutput = namedtuple("_ASMoutput", ["output", "loss"])


class AdaptiveLogSoftmaxWithLoss(nn.Module):
    def __init__(self, in_features, n_classes, cutoffs, div_value=4.0, head_bias=False, device=None, dtype=None):
        super().__init__()
        cutoffs = list(cutoffs)
        if len(cutoffs) == 0:
            refuse("bad-argument", "AdaptiveLogSoftmaxWithLoss needs at least one cutoff, got none")
        if cutoffs != sorted(set(cutoffs)) or min(cutoffs) <= 0 or max(cutoffs) > n_classes - 1:
            refuse(
                "bad-argument",
                f"AdaptiveLogSoftmaxWithLoss needs increasing cutoffs between 1 and {n_classes - 1} "
                f"(n_classes={n_classes}), got {cutoffs}",
            )
        self.in_features = in_features
        self.n_classes = n_classes
        self.cutoffs = cutoffs + [n_classes]
        self.div_value = div_value
        self.head_bias = head_bias
        self.shortlist_size = self.cutoffs[0]
        self.n_clusters = len(self.cutoffs) - 1
        self.head_size = self.shortlist_size + self.n_clusters
        self.head = nn.Linear(in_features, self.head_size, bias=head_bias, dtype=dtype)
        self.tail = nn.ModuleList()
        for i in range(self.n_clusters):
            hidden = int(in_features // (div_value ** (i + 1)))
            classes = self.cutoffs[i + 1] - self.cutoffs[i]
            self.tail.append(
                nn.Sequential(
                    nn.Linear(in_features, hidden, bias=False, dtype=dtype),
                    nn.Linear(hidden, classes, bias=False, dtype=dtype),
                )
            )

    # Which clusters run depends on the targets; the shapes of what comes out do not.
    def forward(self, input_, target_):
        if target_.dim() > 1 or input_.dim() != target_.dim() + 1:
            refuse(
                "rank-mismatch",
                "AdaptiveLogSoftmaxWithLoss expects an input (N, in_features) with a target (N), "
                f"got {tuple(input_.shape)} and {tuple(target_.shape)}",
            )
        if target_.dim() == 1 and input_.size(0) != target_.size(0):
            refuse(
                "broadcast-mismatch",
                "AdaptiveLogSoftmaxWithLoss expects input and target of the same batch size, "
                f"got {input_.size(0)} and {target_.size(0)}",
            )
        for i in range(self.n_clusters):
            if (target_ >= self.cutoffs[i]).any():
                self.tail[i](input_)
        output = self.head(input_).sum(dim=-1)
        return _ASMoutput(output, (-output).mean())

    def log_prob(self, input):
        head = self.head(input)
        parts = [head[:, : self.shortlist_size]]
        for cluster in self.tail:
            parts.append(cluster(input))
        return torch.log_softmax(torch.cat(parts, dim=1), dim=1)

    def predict(self, input):
        output = torch.argmax(self.head(input), dim=1)
        if (output >= self.shortlist_size).any():
            self.log_prob(input)
        return output
`;
