from .drop import DropPath
from .helpers import make_divisible, to_2tuple
from .mlp import GluMlp, Mlp
from .patch_embed import PatchEmbed
