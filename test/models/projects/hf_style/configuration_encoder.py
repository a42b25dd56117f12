from configuration_utils import PretrainedConfig


class EncoderConfig(PretrainedConfig):
    model_type = "encoder"
    attribute_map = {"dim": "hidden_size", "n_layers": "num_hidden_layers"}

    def __init__(
        self,
        vocab_size=2000,
        hidden_size=96,
        num_hidden_layers=3,
        num_attention_heads=4,
        intermediate_size=384,
        hidden_act="gelu",
        hidden_dropout_prob=0.1,
        max_position_embeddings=128,
        type_vocab_size=2,
        layer_norm_eps=1e-12,
        classifier_dropout=None,
        **kwargs,
    ):
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.num_hidden_layers = num_hidden_layers
        self.num_attention_heads = num_attention_heads
        self.intermediate_size = intermediate_size
        self.hidden_act = hidden_act
        self.hidden_dropout_prob = hidden_dropout_prob
        self.max_position_embeddings = max_position_embeddings
        self.type_vocab_size = type_vocab_size
        self.layer_norm_eps = layer_norm_eps
        self.classifier_dropout = classifier_dropout
        super().__init__(pad_token_id=kwargs.pop("pad_token_id", 0), **kwargs)
