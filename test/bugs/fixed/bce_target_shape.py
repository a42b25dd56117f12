"""Predictions of shape (N, 1) against targets of shape (N,)."""
import torch
import torch.nn as nn


class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super(LogisticRegression, self).__init__()
        self.linear1 = nn.Linear(n_features, 16)
        self.linear2 = nn.Linear(16, 1)

    def forward(self, x):
        x = torch.relu(self.linear1(x))
        return torch.sigmoid(self.linear2(x))


X_train = torch.randn(455, 30)
y_train = torch.randint(0, 2, (455,)).float()
y_train = y_train.view(-1, 1)

model = LogisticRegression(n_features=30)
criterion = nn.BCELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.01)

num_epochs = 100
for epoch in range(num_epochs):
    y_predicted = model(X_train)
    loss = criterion(y_predicted, y_train)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad()
    if (epoch + 1) % 10 == 0:
        print(f"epoch: {epoch + 1}, loss = {loss.item():.4f}")
