import copy
import json
from typing import Any, Dict


class PretrainedConfig:
    """Base of all configurations: what is not named is kept as it is given."""

    model_type: str = ""
    attribute_map: Dict[str, str] = {}

    def __setattr__(self, key, value):
        if key in super().__getattribute__("attribute_map"):
            key = super().__getattribute__("attribute_map")[key]
        super().__setattr__(key, value)

    def __getattribute__(self, key):
        if key != "attribute_map" and key in super().__getattribute__("attribute_map"):
            key = super().__getattribute__("attribute_map")[key]
        return super().__getattribute__(key)

    def __init__(self, **kwargs):
        self.return_dict = kwargs.pop("return_dict", True)
        self.output_hidden_states = kwargs.pop("output_hidden_states", False)
        self.pad_token_id = kwargs.pop("pad_token_id", None)
        self.tie_word_embeddings = kwargs.pop("tie_word_embeddings", True)
        self.id2label = kwargs.pop("id2label", None)
        if self.id2label is None:
            self.num_labels = kwargs.pop("num_labels", 2)
        else:
            self.id2label = {int(key): value for key, value in self.id2label.items()}
        for key, value in kwargs.items():
            try:
                setattr(self, key, value)
            except AttributeError as err:
                print(f"Can't set {key} with value {value} for {self}")
                raise err

    @property
    def num_labels(self) -> int:
        return len(self.id2label)

    @num_labels.setter
    def num_labels(self, num_labels: int):
        if not hasattr(self, "id2label") or self.id2label is None or len(self.id2label) != num_labels:
            self.id2label = {i: f"LABEL_{i}" for i in range(num_labels)}

    @property
    def use_return_dict(self) -> bool:
        return self.return_dict

    @classmethod
    def from_dict(cls, config_dict: Dict[str, Any], **kwargs):
        config = cls(**{**config_dict, **kwargs})
        return config

    def to_dict(self) -> Dict[str, Any]:
        output = copy.deepcopy(self.__dict__)
        output["model_type"] = self.__class__.model_type
        return output

    def to_json_string(self) -> str:
        return json.dumps(self.to_dict(), indent=2, sort_keys=True) + "\n"
