"""The heads' size is taken from another model's width."""
import torch
import torch.nn as nn


class SelfAttention(nn.Module):
    def __init__(self, hidden_size=768, num_attention_heads=12, head_size=64):
        super().__init__()
        self.num_attention_heads = num_attention_heads
        self.attention_head_size = head_size
        self.query = nn.Linear(hidden_size, hidden_size)
        self.key = nn.Linear(hidden_size, hidden_size)
        self.value = nn.Linear(hidden_size, hidden_size)

    def transpose_for_scores(self, x):
        new_shape = x.size()[:-1] + (self.num_attention_heads, self.attention_head_size)
        x = x.view(*new_shape)
        return x.permute(0, 2, 1, 3)

    def forward(self, hidden_states):
        query = self.transpose_for_scores(self.query(hidden_states))
        key = self.transpose_for_scores(self.key(hidden_states))
        value = self.transpose_for_scores(self.value(hidden_states))
        scores = torch.matmul(query, key.transpose(-1, -2)) / self.attention_head_size ** 0.5
        context = torch.matmul(scores.softmax(dim=-1), value)
        context = context.permute(0, 2, 1, 3).contiguous()
        return context.view(*context.shape[:2], -1)


bert_attention = SelfAttention()
hidden_states = torch.randn(2, 128, 768)
print(bert_attention(hidden_states).shape)
