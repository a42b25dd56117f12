#!/usr/bin/env python
# coding: utf-8

# # Residual networks, step by step

# In[1]:


# get_ipython().run_line_magic('matplotlib', 'inline')
import copy

import torch
from torch import nn

from blocks import Residual
from helpers import count_parameters, layer_summary, replace_head


# ## A linear warm-up

# In[2]:


net = nn.Sequential(nn.Flatten(), nn.Linear(784, 256), nn.ReLU(), nn.Linear(256, 10))
X = torch.rand(8, 1, 28, 28)
net(X).shape


# In[3]:


net[3] = nn.Linear(256, 5)
net.append(nn.LogSoftmax(dim=1))
probe = net[:3]
hidden = probe(X)
out = net(X)


# ## Building the residual network

# In[4]:


b1 = nn.Sequential(nn.Conv2d(1, 32, kernel_size=5, stride=2, padding=2), nn.BatchNorm2d(32), nn.ReLU())


# In[5]:


class SmallResNet(nn.Module):
    def __init__(self, widths=(32, 64), num_classes=10):
        super().__init__()
        self.stem = copy.deepcopy(b1)
        stages = []
        channels = 32
        for i, width in enumerate(widths):
            stages.append(self.stage(channels, width, 2, first=i == 0))
            channels = width
        self.body = nn.Sequential(*stages)
        self.pool = nn.Sequential(nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten())
        self.fc = nn.Linear(channels, num_classes)

    def stage(self, cin, cout, n, first=False):
        blk = []
        for i in range(n):
            stride = 2 if i == 0 and not first else 1
            conv = nn.Conv2d(cin if i == 0 else cout, cout, 3, stride=stride, padding=1)
            blk.append(nn.Sequential(conv, nn.BatchNorm2d(cout), nn.ReLU()))
        return nn.Sequential(*blk)

    def forward(self, x):
        x = self.body(self.stem(x))
        return self.fc(self.pool(x))


model = SmallResNet()
print(model)


# In[6]:


y = model(X)
features = nn.Sequential(*list(model.children())[:-1])
embedding = features(X)
embedding.shape


# ## Fine-tuning

# In[7]:


finetuned = replace_head(copy.deepcopy(model), 3)
for name, param in finetuned.named_parameters():
    if "fc" not in name:
        param.requires_grad = False
print(count_parameters(finetuned, trainable_only=True))


# In[8]:


extractor = copy.deepcopy(model)
extractor.fc = nn.Identity()
vector = extractor(X)


# In[9]:


lazy = Residual(16, use_1x1conv=True, strides=2)
Z = lazy(torch.rand(4, 3, 12, 12))


# In[10]:


with torch.no_grad():
    last = layer_summary(net, X)
