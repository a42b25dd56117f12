"""Both inputs of a Bilinear have its first size."""
import torch
import torch.nn as nn


class KnowledgeScorer(nn.Module):
    def __init__(self, n_entities, n_relations, entity_dim=50, relation_dim=30):
        super().__init__()
        self.entities = nn.Embedding(n_entities, entity_dim)
        self.relations = nn.Embedding(n_relations, relation_dim)
        self.score = nn.Bilinear(entity_dim, entity_dim, 1)

    def forward(self, head, relation, tail):
        h = self.entities(head)
        r = self.relations(relation)
        t = self.entities(tail)
        combined = h * t
        return self.score(combined, r).squeeze(-1)


scorer = KnowledgeScorer(n_entities=1000, n_relations=20)
heads = torch.randint(0, 1000, (64,))
relations = torch.randint(0, 20, (64,))
tails = torch.randint(0, 1000, (64,))
scores = scorer(heads, relations, tails)
loss = -torch.log(torch.sigmoid(scores)).mean()
loss.backward()
