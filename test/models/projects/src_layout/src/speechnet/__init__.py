"""Small conformer-like networks for speech."""
from speechnet import blocks
from speechnet.features import LogMel
from speechnet.model import SpeechNet, SpeechNetConfig

__version__ = "0.3.0"
__all__ = ["LogMel", "SpeechNet", "SpeechNetConfig", "blocks"]
