/**
 * The layers that PyTorch makes of other layers, written in Python of our own and read by the interpreter like user
 * code, so that module tree, parameter names and shapes follow. `exports` are names of `module` and of `torch.nn`.
 */
import { source as adaptive } from "./adaptive.ts";
import { source as attention } from "./attention.ts";
import { source as linear } from "./linear.ts";
import { source as loss } from "./loss.ts";
import { dataParallel, distributedDataParallel } from "./parallel.ts";
import { source as transformer } from "./transformer.ts";

export interface Prelude {
  /** The Python module that PyTorch defines the classes in. */
  readonly module: string;
  readonly exports: readonly string[];
  readonly source: string;
}

export const preludes: readonly Prelude[] = [
  { module: "torch.nn.modules.linear", exports: ["Identity"], source: linear },
  { module: "torch.nn.modules.activation", exports: ["MultiheadAttention"], source: attention },
  {
    module: "torch.nn.modules.transformer",
    exports: [
      "TransformerEncoderLayer",
      "TransformerDecoderLayer",
      "TransformerEncoder",
      "TransformerDecoder",
      "Transformer",
    ],
    source: transformer,
  },
  { module: "torch.nn.modules.adaptive", exports: ["AdaptiveLogSoftmaxWithLoss"], source: adaptive },
  {
    module: "torch.nn.modules.loss",
    exports: ["TripletMarginWithDistanceLoss", "LinearCrossEntropyLoss"],
    source: loss,
  },
  { module: "torch.nn.parallel.data_parallel", exports: ["DataParallel"], source: dataParallel },
  {
    module: "torch.nn.parallel.distributed",
    exports: ["DistributedDataParallel"],
    source: distributedDataParallel,
  },
];
