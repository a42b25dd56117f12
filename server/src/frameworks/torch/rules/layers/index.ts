/** Enters every layer of `torch.nn` into the table. Layers made of layers are Python, in `../../prelude`. */
import "./activation.ts";
import "./conv.ts";
import "./dropout.ts";
import "./embedding.ts";
import "./lazy.ts";
import "./linear.ts";
import "./loss.ts";
import "./norm.ts";
import "./padding.ts";
import "./pool.ts";
import "./recurrent.ts";
import "./shape.ts";
