"""Weights of a small PyTorch network, and what it gives for one picture: cli/src/imports/golden."""

import torch
from safetensors.torch import save_file
torch.manual_seed(0)
m=torch.nn.Sequential(torch.nn.Conv2d(1,3,3),torch.nn.ReLU(),torch.nn.Flatten(),torch.nn.Linear(3*2*2,5),torch.nn.Tanh(),torch.nn.Linear(5,2))
save_file(m.state_dict(),"cli/src/imports/golden/conv.safetensors")
x=torch.arange(16).float().reshape(1,1,4,4)/10
print(m(x).tolist())
