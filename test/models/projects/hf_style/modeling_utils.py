import torch
from torch import nn


class ClassInstantier(dict):
    def __getitem__(self, key):
        content = super().__getitem__(key)
        cls, kwargs = content if isinstance(content, tuple) else (content, {})
        return cls(**kwargs)


ACT2FN = ClassInstantier({"gelu": nn.GELU, "gelu_new": (nn.GELU, {"approximate": "tanh"}), "relu": nn.ReLU, "silu": nn.SiLU})


class PreTrainedModel(nn.Module):
    config_class = None
    base_model_prefix = ""
    _tied_weights_keys = None

    def __init__(self, config, *inputs, **kwargs):
        super().__init__()
        if not isinstance(config, self.config_class):
            raise ValueError(f"Parameter config in `{self.__class__.__name__}(config)` should be a {self.config_class}")
        self.config = config
        self.gradient_checkpointing = False

    def post_init(self):
        self.apply(self._init_weights)
        self.tie_weights()

    def _init_weights(self, module):
        raise NotImplementedError

    @property
    def base_model(self):
        return getattr(self, self.base_model_prefix, self)

    def get_input_embeddings(self):
        base_model = getattr(self, self.base_model_prefix, self)
        if base_model is not self:
            return base_model.get_input_embeddings()
        raise NotImplementedError

    def get_output_embeddings(self):
        return None

    def tie_weights(self):
        if getattr(self.config, "tie_word_embeddings", True):
            output_embeddings = self.get_output_embeddings()
            if output_embeddings is not None:
                output_embeddings.weight = self.get_input_embeddings().weight
                if getattr(output_embeddings, "bias", None) is not None:
                    output_embeddings.bias.data = nn.functional.pad(
                        output_embeddings.bias.data,
                        (0, output_embeddings.weight.shape[0] - output_embeddings.bias.shape[0]),
                    )

    def get_extended_attention_mask(self, attention_mask, dtype=torch.float32):
        extended = attention_mask[:, None, None, :].to(dtype=dtype)
        return (1.0 - extended) * torch.finfo(dtype).min

    def num_parameters(self, only_trainable=False):
        return sum(p.numel() for p in self.parameters() if p.requires_grad or not only_trainable)

    @classmethod
    def from_config(cls, config, **kwargs):
        return cls(config, **kwargs)
