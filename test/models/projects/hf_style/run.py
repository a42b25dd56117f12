import torch

from configuration_encoder import EncoderConfig
from modeling_encoder import EncoderForMaskedLM, EncoderForSequenceClassification, EncoderModel

config = EncoderConfig()
small = EncoderConfig.from_dict({"hidden_size": 64, "n_layers": 2}, num_labels=5, intermediate_size=128)

base = EncoderModel(config)
masked_lm = EncoderForMaskedLM(config)
classifier = EncoderForSequenceClassification(small)

input_ids = torch.randint(1, config.vocab_size, (2, 16))
encoded = base(input_ids, return_dict=False)
sequence, pooled = encoded
prediction = masked_lm(input_ids, labels=input_ids)
logits = classifier(input_ids).logits
scores = prediction.logits
