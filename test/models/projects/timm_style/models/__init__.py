from ._builder import create_model, register_model
from .vision_transformer import *
