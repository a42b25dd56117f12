import torch
import torch.nn as nn
import torch.nn.functional as F


class SiameseNetwork(nn.Module):
    """One trunk looks at both images; a small head judges whether they show the same thing."""

    def __init__(self, channels=(1, 64, 128, 128, 256), embedding=4096):
        super().__init__()
        kernels = [10, 7, 4, 4]
        for i, (c_in, c_out, k) in enumerate(zip(channels, channels[1:], kernels), start=1):
            setattr(self, f"conv{i}", nn.Conv2d(c_in, c_out, k))
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Sequential(nn.Linear(9216, embedding), nn.Sigmoid())
        self.out = nn.Linear(embedding, 1)

    def sub_forward(self, x):
        for i in range(1, 4):
            conv = getattr(self, "conv%d" % i)
            x = self.pool(F.relu(conv(x)))
        x = F.relu(self.conv4(x))
        x = x.view(x.size(0), -1)
        return self.fc(x)

    def forward(self, x1, x2):
        h1 = self.sub_forward(x1)
        h2 = self.sub_forward(x2)
        diff = torch.abs(h1 - h2)
        scores = self.out(diff)
        return scores


class TripletNet(nn.Module):
    def __init__(self, embedding_net):
        super(TripletNet, self).__init__()
        self.embedding_net = embedding_net

    def forward(self, anchor, positive, negative):
        a, p, n = (self.embedding_net(t) for t in (anchor, positive, negative))
        distance_pos = F.pairwise_distance(a, p, keepdim=True)
        distance_neg = F.pairwise_distance(a, n, keepdim=True)
        return {"pos": distance_pos, "neg": distance_neg, "sim": F.cosine_similarity(a, p)}

    def get_embedding(self, x):
        return self.embedding_net(x)


def embedding_net(dim: int = 64) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(3, 32, 5, stride=2),
        nn.PReLU(),
        nn.MaxPool2d(2, stride=2, ceil_mode=True),
        nn.Conv2d(32, 64, 5, stride=2),
        nn.PReLU(64),
        nn.AdaptiveMaxPool2d(2),
        nn.Flatten(),
        nn.Linear(64 * 2 * 2, dim),
    )


if __name__ == "__main__":
    net = SiameseNetwork()
    print(net(torch.randn(3, 1, 105, 105), torch.randn(3, 1, 105, 105)).size())
